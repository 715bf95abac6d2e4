package io.entente.cluster.membership;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.serialization.CborMessage;
import io.entente.core.message.NodeId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import scala.Option;

/**
 * What a node tells every other one of itself, again and again: by it nodes find each other, and make sure that they belong
 * together. It needs no Akka membership, so that it also reaches nodes that wait for a cluster.
 *
 * @param format the version of this message and of the peer protocol
 * @param node the sender's name
 * @param dataCenter the sender's data center
 * @param address the sender's Akka address
 * @param cluster the cluster's identifier; empty while the sender doesn't know it
 * @param partitions the sender's number of partitions
 * @param member whether the sender is a member of a running Akka cluster
 * @param joined whether the sender's directory has been a member's before
 * @param founder whether the sender would found a cluster if it found none
 * @param addressee whom the sender remembers at the address it writes to, as {@code data-center/node}: a node that has lost its
 *     directory learns by it whose it was
 * @param holds the partitions the sender holds, as {@link Partitions#bits} writes them; empty when it doesn't say
 * @param leads those of them that it leads, likewise
 * @param http where the sender serves HTTP, as {@code http://host:port}, or the same encrypted; empty when it doesn't, or doesn't say
 * @param behind those of the partitions it holds in which its replica is behind the others, likewise; empty when it doesn't say
 * @param mode the mode that the sender is configured with, as people write it; empty when it doesn't say
 */
public record Hello(
        int format,
        String node,
        String dataCenter,
        String address,
        Optional<String> cluster,
        int partitions,
        boolean member,
        boolean joined,
        boolean founder,
        Optional<String> addressee,
        Optional<String> holds,
        Optional<String> leads,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> http,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> behind,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> mode)
        implements CborMessage {

    /** The format this version speaks. */
    public static final int FORMAT = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern CLUSTER = Pattern.compile("\\P{Cntrl}{1,256}");
    private static final Pattern HTTP = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]_-]{1,300}");
    private static final int MOST_ADDRESS_LENGTH = 512;

    /** Throws {@link IllegalArgumentException} for what no node would say: hellos come from the network. */
    public Hello {
        requireMatch(NAME, node);
        requireMatch(NAME, dataCenter);
        requireAddress(address);
        Objects.requireNonNull(cluster, "cluster").ifPresent(id -> requireMatch(CLUSTER, id));
        Objects.requireNonNull(addressee, "addressee");
        Objects.requireNonNull(holds, "holds").ifPresent(Partitions::ofBits);
        Objects.requireNonNull(leads, "leads").ifPresent(Partitions::ofBits);
        Objects.requireNonNull(http, "http").ifPresent(url -> requireMatch(HTTP, url));
        Objects.requireNonNull(behind, "behind").ifPresent(Partitions::ofBits);
        Objects.requireNonNull(mode, "mode").ifPresent(name -> requireMatch(NAME, name));
    }

    /** A hello of a node that serves no HTTP, and says nothing of how far its replicas are or how it is configured. */
    public Hello(
            int format,
            String node,
            String dataCenter,
            String address,
            Optional<String> cluster,
            int partitions,
            boolean member,
            boolean joined,
            boolean founder,
            Optional<String> addressee,
            Optional<String> holds,
            Optional<String> leads) {
        this(
                format,
                node,
                dataCenter,
                address,
                cluster,
                partitions,
                member,
                joined,
                founder,
                addressee,
                holds,
                leads,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    NodeId sender() {
        return new NodeId(dataCenter, node);
    }

    /** Whether the sender remembers that node at the address it writes to. */
    boolean isTo(NodeId node) {
        return addressee.equals(Optional.of(node.toString()));
    }

    private static void requireMatch(Pattern pattern, String text) {
        if (!pattern.matcher(Objects.requireNonNull(text, "text")).matches()) {
            throw new IllegalArgumentException("a hello with a malformed name");
        }
    }

    private static void requireAddress(String text) {
        if (Objects.requireNonNull(text, "address").length() > MOST_ADDRESS_LENGTH) {
            throw new IllegalArgumentException("a hello with an address of " + text.length() + " characters");
        }
        Option<Address> address = AddressFromURIString.unapply(text);
        if (address.isEmpty()
                || !address.get().hasGlobalScope()
                || !address.get().toString().equals(text)) {
            throw new IllegalArgumentException("a hello without the address of an actor system");
        }
    }
}
