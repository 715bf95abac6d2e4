package io.entente.cluster;

import akka.actor.typed.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.jackson.JacksonCborSerializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import io.entente.cluster.membership.WireMessages;
import io.entente.cluster.serialization.CborMessage;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.cluster.serialization.PeerEnvelopeSerializer;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes sure that bytes from the network become nothing but what is listed: our own messages by our serializers, Akka's by Akka's, an application's own
 * if it binds their classes. What would make anything of them is found by trying: classes that nobody has bound must have no serializer, whatever
 * interfaces they have.
 *
 * @param system the actor system as it runs
 */
record ClosedSerialization(ActorSystem<?> system) {

    private static final String JACKSON = "akka.serialization.jackson";
    private static final String BINDINGS = "akka.actor.serialization-bindings";

    /** Java's serializer, which refuses everything where it isn't allowed, and none. */
    private static final Set<String> CLOSED = Set.of("java", "none");

    private static final String PREFIXES = "allowed-class-prefix";

    /** What is open, a sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Config config = system.settings().config();
        for (String path : List.of(JACKSON, JACKSON + ".jackson-cbor", JACKSON + ".jackson-json")) {
            String key = path + "." + PREFIXES;
            if (config.hasPath(key) && !config.getStringList(key).isEmpty()) {
                problems.add(key + " = " + config.getStringList(key)
                        + " lets whoever reaches the port make objects of any class with such a name: bind the classes of your messages"
                        + " in " + BINDINGS + ", and leave it empty");
            }
        }
        for (Class<? extends CborMessage> message : WireMessages.all()) {
            requireSerializer(message, JacksonCborSerializer.class, problems);
        }
        requireSerializer(PeerEnvelope.class, PeerEnvelopeSerializer.class, problems);
        requireNone(Plain.class, "java.lang.Object or java.lang.Record", problems);
        requireNone(Ordered.class, "java.lang.Comparable", problems);
        requireNoneOfSerializable(config, problems);
        return problems;
    }

    /** What Java's own form would be for. It is read and not tried, for Akka warns whoever asks. */
    private static void requireNoneOfSerializable(Config config, List<String> problems) {
        ConfigValue bound = config.getObject(BINDINGS).get(Serializable.class.getName());
        if (bound != null && !CLOSED.contains(String.valueOf(bound.unwrapped()))) {
            problems.add(BINDINGS + " binds java.io.Serializable to " + bound.unwrapped()
                    + ": bind the classes of your messages, or an interface of theirs alone");
        }
    }

    private void requireSerializer(Class<?> message, Class<? extends Serializer> expected, List<String> problems) {
        Optional<Serializer> bound = serializer(message);
        if (bound.filter(expected::isInstance).isEmpty()) {
            problems.add(message.getName() + " is serialized by "
                    + bound.map(other -> other.getClass().getName()).orElse("nothing") + " and not by "
                    + expected.getName()
                    + ", as other nodes do: leave it out of " + BINDINGS);
        }
    }

    private void requireNone(Class<?> unbound, String by, List<String> problems) {
        serializer(unbound)
                .ifPresent(bound -> problems.add(BINDINGS + " binds classes that nobody named to "
                        + bound.getClass().getName() + ", by " + by
                        + ": bind the classes of your messages, or an interface of theirs alone"));
    }

    private Optional<Serializer> serializer(Class<?> message) {
        Serialization serialization = SerializationExtension.get(system);
        try {
            return Optional.of(serialization.serializerFor(message));
        } catch (NotSerializableException none) {
            return Optional.empty();
        }
    }

    private record Plain(String text) {}

    private record Ordered(String text) implements Comparable<Ordered> {

        @Override
        public int compareTo(Ordered other) {
            return text.compareTo(other.text);
        }
    }
}
