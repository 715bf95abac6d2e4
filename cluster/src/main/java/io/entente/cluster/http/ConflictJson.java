package io.entente.cluster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.conflict.SeenConflict;
import io.entente.cluster.conflict.SeenConflict.SeenVersion;
import io.entente.cluster.conflict.SeenConflict.Verdict;
import io.entente.cluster.map.Resolved;
import io.entente.conflict.Version;

/**
 * A conflict as JSON. {@code outcome} has a {@code kind}: {@code value}, {@code absent}, {@code siblings} (all are kept), or
 * {@code unknown} where the journal hasn't all that the resolver would see. A version whose value it hasn't is {@code omitted}, with its
 * {@code size}. Where lines crossed, {@code ancestor} is null and {@code crossedAncestors} lists them.
 */
final class ConflictJson {

    private final Tokens tokens;

    ConflictJson(Tokens tokens) {
        this.tokens = tokens;
    }

    void put(ObjectNode target, SeenConflict conflict) {
        target.put("id", conflict.id().toString());
        target.put("map", conflict.key().map());
        target.put("key", conflict.key().key());
        ArrayNode siblings = target.putArray("siblings");
        conflict.siblings().forEach(version -> put(siblings.addObject(), version));
        conflict.ancestor()
                .ifPresentOrElse(
                        version -> put(target.putObject("ancestor"), version), () -> target.putNull("ancestor"));
        if (conflict.isCrossed()) {
            ArrayNode crossed = target.putArray("crossedAncestors");
            conflict.ancestors().forEach(version -> put(crossed.addObject(), version));
        }
        conflict.extended()
                .ifPresentOrElse(id -> target.put("extends", id.toString()), () -> target.putNull("extends"));
        put(target, conflict.outcome());
        conflict.whatIf().ifPresent(verdict -> put(target.putObject("whatIf"), verdict));
        target.put("open", conflict.open());
        tokens.text(conflict.key(), conflict.context()).ifPresent(context -> target.put("context", context));
        target.put("at", conflict.at().toString());
        target.put("node", conflict.node().node());
    }

    private static void put(ObjectNode target, SeenVersion version) {
        SiblingsJson.put(
                target,
                new Version<>(
                        version.dot(),
                        version.timestamp(),
                        version.dot().origin().dataCenter(),
                        version.value()));
        target.put("deleted", version.deleted());
        if (version.isOmitted()) {
            target.put("omitted", true);
            target.put("size", version.length());
        }
    }

    private static void put(ObjectNode target, Verdict verdict) {
        target.put("resolver", verdict.resolver().name());
        target.put("resolverVersion", verdict.resolver().version());
        ObjectNode outcome = target.putObject("outcome");
        verdict.resolved().ifPresentOrElse(resolved -> put(outcome, resolved), () -> outcome.put("kind", "unknown"));
        verdict.resolved().flatMap(Resolved::unresolved).ifPresent(reason -> target.put("unresolved", reason));
    }

    private static void put(ObjectNode outcome, Resolved resolved) {
        if (resolved.content() instanceof Resolved.Value value) {
            outcome.put("kind", "value");
            ValueJson.put(outcome, value.value());
        } else {
            outcome.put("kind", resolved.content() instanceof Resolved.Absent ? "absent" : "siblings");
        }
    }
}
