package io.entente.samples.demo.shell;

import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.Reading;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.conflict.Version;
import io.entente.conflict.merge.MergeableType;
import io.entente.conflict.version.CausalContext;
import io.entente.core.mode.ReadConcern;
import io.entente.core.record.RecordKey;
import io.entente.samples.demo.shell.Candidates.DataCenters;
import io.entente.samples.terminal.FailureException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** A command for one key at one data center. */
abstract class KeyCommand extends ShellCommand {

    /** What is written for a key without a value. */
    static final String ABSENT = "absent";

    @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
    private String dataCenter = "";

    @Parameters(index = "1", paramLabel = "KEY")
    private String key = "";

    KeyCommand(ShellContext context) {
        super(context);
    }

    final String place() {
        return key + " at " + dataCenter;
    }

    /** How the values of the key's map merge by themselves, if they do. */
    final Optional<MergeableType> type() {
        return map(dataCenter, KeyText.of(key).map()).type();
    }

    final Resolved read() {
        StoredMap map = map(dataCenter, KeyText.of(key).map());
        return read(map, cluster().sessions().reading(dataCenter, map.reading()));
    }

    final Resolved read(ReadConcern concern) {
        StoredMap map = map(dataCenter, KeyText.of(key).map());
        return read(map, cluster().sessions().reading(dataCenter, concern, map.reading()));
    }

    private Resolved read(StoredMap map, ReadOptions options) {
        Reading reading = answerTo(map.read(KeyText.of(key).key(), options), options.timeout());
        cluster().sessions().saw(dataCenter, reading.session());
        cluster().sessions().saw(dataCenter, record(), reading.context());
        return reading.resolved();
    }

    /** What was last read of the key there. */
    final CausalContext lastRead() {
        return cluster()
                .sessions()
                .contextOf(dataCenter, record())
                .orElseThrow(() -> new FailureException("nothing has been read of " + place()
                        + " yet, so there is nothing to replace: 'get " + dataCenter + " " + key + "' first"));
    }

    private RecordKey record() {
        KeyText typed = KeyText.of(key);
        return new RecordKey(typed.map(), typed.key());
    }

    /** Writes as {@link #write}; the writer has then seen what it wrote. */
    final void replace(Writing write) {
        Written done = write(write);
        cluster().sessions().saw(dataCenter, record(), done.context());
    }

    /** A write to a key of a map. */
    interface Writing {
        CompletionStage<Written> to(StoredMap map, String key, WriteOptions options);
    }

    final Written write(Writing write) {
        KeyText written = KeyText.of(key);
        StoredMap map = map(dataCenter, written.map());
        WriteOptions options = cluster().sessions().writing(dataCenter, map.writing());
        Written done = answerTo(write.to(map, written.key(), options), options.timeout());
        cluster().sessions().saw(dataCenter, done.session());
        styled("@|faint written as " + done.dot() + "|@");
        return done;
    }

    static String withReason(Resolved resolved) {
        return printed(resolved)
                + resolved.unresolved()
                        .map(reason -> " (unresolved: " + reason + ")")
                        .orElse("");
    }

    private static String printed(Resolved resolved) {
        if (resolved.content() instanceof Resolved.Value value) {
            return JsonText.printed(value.value());
        }
        if (resolved.content() instanceof Resolved.Siblings) {
            return resolved.versions().stream()
                    .map(KeyCommand::printed)
                    .collect(Collectors.joining(" | ", "several versions: ", ""));
        }
        return ABSENT;
    }

    static String printed(Version<StoredValue> version) {
        return version.value().map(JsonText::printed).orElse("(deleted)");
    }
}
