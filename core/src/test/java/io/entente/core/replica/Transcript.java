package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.PeerMessage.SnapshotCredit;
import io.entente.core.message.PeerMessage.SnapshotRefused;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.message.PeerMessage.Truncated;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.PeerMessage.Verify;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.PeerMessage.WantVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What went over the wire, in words: {@code us asks ap for eu after 0}, {@code ap sends us eu 1-3}. The first incarnation of a node
 * that appears is called by its data center, the next ones {@code eu'}, {@code eu''}.
 */
final class Transcript {

    private final List<String> lines = new ArrayList<>();
    private final Map<Origin, String> names = new LinkedHashMap<>();
    private final Function<NodeId, String> nameOf;

    Transcript(Function<NodeId, String> nameOf) {
        this.nameOf = nameOf;
    }

    void clear() {
        lines.clear();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void write(NodeId from, NodeId to, PeerMessage message) {
        message.dispatch(new PeerMessage.Handler() {
            @Override
            public void onSubscribe(Subscribe subscribe) {
                subscribe
                        .from()
                        .forEach((origin, after) -> lines.add(nameOf.apply(from) + " asks " + nameOf.apply(to) + " for "
                                + name(origin) + " after " + after));
            }

            @Override
            public void onEntries(Entries entries) {
                entries.runs()
                        .forEach(run -> lines.add(nameOf.apply(from) + " sends " + nameOf.apply(to) + " "
                                + name(run.origin()) + " "
                                + range(run.firstSequence(), run.encoded().size())));
            }

            @Override
            public void onWantVector(WantVector question) {
                // Whoever reads by quorum asks it, and the answer is all there is to it.
            }

            @Override
            public void onVectorIs(VectorIs answer) {
                // Likewise.
            }

            @Override
            public void onTruncated(Truncated truncated) {
                lines.add(nameOf.apply(from) + " tells " + nameOf.apply(to) + " that its log of "
                        + name(truncated.origin()) + " begins at " + truncated.firstKept());
            }

            @Override
            public void onWantSnapshot(WantSnapshot wanted) {
                lines.add(nameOf.apply(from) + " asks " + nameOf.apply(to) + " for a snapshot");
            }

            @Override
            public void onSnapshotChunk(SnapshotChunk chunk) {
                lines.add(nameOf.apply(from) + " sends " + nameOf.apply(to) + " a snapshot's "
                        + (chunk.last() ? "last" : "next") + " rows");
            }

            @Override
            public void onSnapshotCredit(SnapshotCredit credit) {}

            @Override
            public void onSnapshotRefused(SnapshotRefused refused) {
                lines.add(nameOf.apply(from) + " refuses " + nameOf.apply(to) + " a snapshot");
            }

            @Override
            public void onVerify(Verify verify) {
                lines.add(nameOf.apply(from) + " says to " + nameOf.apply(to) + " "
                        + verify.message().getClass().getSimpleName());
            }

            @Override
            public void onWantPromise(WantPromise want) {
                if (want.stage() == WantPromise.Stage.ASK) {
                    lines.add(nameOf.apply(from) + " asks " + nameOf.apply(to) + " to promise "
                            + want.proposed().ballot());
                }
            }

            @Override
            public void onPromised(Promised promise) {
                if (promise.stage() == WantPromise.Stage.ASK) {
                    lines.add(nameOf.apply(from) + " promises " + nameOf.apply(to) + " " + promise.ballot());
                }
            }

            @Override
            public void onEpochIs(EpochIs news) {
                // What it says shows elsewhere.
            }

            @Override
            public void onProgress(Progress progress) {}
        });
    }

    private static String range(long first, int count) {
        return count == 1 ? "" + first : first + "-" + (first + count - 1);
    }

    private String name(Origin origin) {
        return names.computeIfAbsent(origin, unnamed -> {
            long earlier = names.keySet().stream()
                    .filter(known -> known.node().equals(origin.node()))
                    .count();
            return nameOf.apply(NodeId.of(origin)) + "'".repeat((int) earlier);
        });
    }
}
