package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.routing.Router;
import io.entente.cluster.settings.DataLimits;
import io.entente.conflict.merge.Operation;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import java.util.List;
import java.util.regex.Pattern;

/** What clients may ask for; each violation is a {@link NotAppliedException} with value, limit and remedy. */
final class RequestRules {

    private static final Pattern MAP_NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final int SHOWN_CHARACTERS = 64;

    private final DataLimits limits;

    RequestRules(DataLimits limits) {
        this.limits = limits;
    }

    String map(String name) {
        if (name.length() > limits.mapNameLength() || !MAP_NAME.matcher(name).matches()) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the map name '" + excerpt(name) + "' must be 1 to " + limits.mapNameLength()
                            + " of the characters A-Z a-z 0-9 . _ -: rename the map");
        }
        return name;
    }

    String key(String key) {
        int length = utf8Length("key", key);
        if (length < 1 || length > limits.keyBytes()) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the key '" + excerpt(key) + "' has " + length + " bytes of UTF-8: use a key of 1 to "
                            + limits.keyBytes());
        }
        return key;
    }

    PageRequest page(PageRequest request) {
        if (!request.prefix().isEmpty()) {
            key(request.prefix());
        }
        request.after().ifPresent(this::key);
        return request;
    }

    ChangesRequest changes(ChangesRequest request) {
        if (!request.prefix().isEmpty()) {
            key(request.prefix());
        }
        return request;
    }

    StoredValue value(StoredValue value) {
        int length = value.content().length();
        if (length > limits.valueBytes()) {
            throw new NotAppliedException(
                    Reason.VALUE_TOO_LARGE,
                    "the value has " + length + " bytes, and the limit is " + limits.valueBytes()
                            + ": divide it over several keys");
        }
        return value;
    }

    int mergeableBytes() {
        return limits.mergeableBytes();
    }

    /** An element of a set, or the name of a field: as long as a key may be. */
    String element(String element) {
        int length = utf8Length("element", element);
        if (length > limits.keyBytes()) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the element or field '" + excerpt(element) + "' has " + length + " bytes of UTF-8: use at most "
                            + limits.keyBytes() + ", as for keys");
        }
        return element;
    }

    /** Every element, field and value of some operations. */
    void operations(List<Operation<StoredValue>> operations) {
        operations.forEach(this::operation);
    }

    private void operation(Operation<StoredValue> operation) {
        if (operation instanceof Operation.Add<StoredValue> add) {
            element(add.element());
        } else if (operation instanceof Operation.Remove<StoredValue> remove) {
            element(remove.element());
        } else if (operation instanceof Operation.Assign<StoredValue> assign) {
            value(assign.value());
        } else if (operation instanceof Operation.InField<StoredValue> in) {
            element(in.field());
            operation(in.operation());
        }
    }

    /** What the replica of a key must have reached for a session. */
    VersionVector atLeast(SessionToken session, Router router, String key) {
        if (!session.vectors().isEmpty() && session.vectors().lastKey() >= router.partitions()) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the session has seen partition " + session.vectors().lastKey() + ", and this cluster has "
                            + router.partitions() + " partitions: begin a new session");
        }
        return session.vector(router.partitionOf(key));
    }

    /** What the replica of a key must have reached before it answers a read. */
    Router.ReadTerms terms(ReadOptions options, Router router, String key) {
        return new Router.ReadTerms(options.concern(), atLeast(options.session(), router, key), options.timeout());
    }

    private static int utf8Length(String what, String text) {
        try {
            return Bytes.utf8(text).length();
        } catch (IllegalArgumentException halfACharacter) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the " + what + " '" + excerpt(text)
                            + "' holds half a surrogate pair: use text that is valid Unicode");
        }
    }

    /** The beginning of what somebody sent, to be shown to them. */
    static String excerpt(String text) {
        String shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}|\\p{Cs}", "?");
    }
}
