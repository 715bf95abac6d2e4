package io.entente.cluster.http;

import akka.Done;
import io.entente.cluster.map.Maps;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** The rest of a cluster as a test told it to be; remembers which links were set where. */
final class ScriptedElsewhere implements Elsewhere {

    static final NodeId US = new NodeId("us", "us-1");
    static final NodeId SILENT = new NodeId("ap", "ap-1");

    /** The links set so far, such as {@code us-1: eu->us cut}. */
    final List<String> links = new CopyOnWriteArrayList<>();

    final Collection<NodeId> nodes = new CopyOnWriteArraySet<>();

    @Override
    public SortedSet<NodeId> nodes() {
        return new TreeSet<>(nodes);
    }

    @Override
    public CompletionStage<Bytes> view(NodeId node) {
        return node.equals(SILENT)
                ? CompletableFuture.failedFuture(silence())
                : CompletableFuture.completedFuture(Bytes.utf8("{\"node\":\"" + node.node() + "\"}"));
    }

    @Override
    public CompletionStage<Done> link(NodeId node, String from, String to, boolean cut) {
        if (node.equals(SILENT)) {
            return CompletableFuture.failedFuture(silence());
        }
        links.add(node.node() + ": " + from + "->" + to + (cut ? " cut" : " up"));
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private static RequestFailedException silence() {
        return new RequestFailedException(
                Outcome.UNKNOWN, RequestFailedException.Cause.UNREACHABLE, "node ap/ap-1 gave no answer in time");
    }

    @Override
    public Optional<String> leaderOf(RecordKey key) {
        return key.key().startsWith("led") ? Optional.of("http://us.example:8081") : Optional.empty();
    }

    @Override
    public Optional<Maps> maps(String dataCenter) {
        return Optional.empty();
    }
}
