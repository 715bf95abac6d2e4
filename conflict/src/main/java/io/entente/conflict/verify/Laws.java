package io.entente.conflict.verify;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Judges one resolver by one history: each law as a function that tells, in a sentence, how it is broken. */
final class Laws<V> {

    private static final int REPETITIONS = 4;

    private final Subject<V> subject;

    Laws(Subject<V> subject) {
        this.subject = subject;
    }

    /** How the history breaks the law; empty when it doesn't. The history's values may be modified, by a resolver that does so. */
    Optional<String> brokenBy(History<V> history, Law law) {
        return switch (law) {
            case ANSWERS, TAKES_EQUAL_VALUES, TAKES_MANY_SIBLINGS -> noAnswer(history);
            case DETERMINISTIC -> conflictOf(history).flatMap(this::otherAnswer);
            case INDEPENDENT_OF_ARRIVAL -> differentByArrival(history);
            case LEAVES_INPUTS_ALONE -> conflictOf(history).flatMap(this::modifiedInput);
            case RESPECTS_DELETIONS -> conflictOf(history).flatMap(this::valueOutOfDeletions);
            case SURVIVES_THE_CODEC -> conflictOf(history).flatMap(this::differentWhenDecoded);
            case CONVERGES -> divergence(history);
            case COMMUTATIVE, ASSOCIATIVE, IDEMPOTENT -> new Algebra<>(this, history).brokenLaw(law);
        };
    }

    Outcome<V> resolve(Conflict<V> conflict) {
        return guarded().resolve(conflict);
    }

    private GuardedResolver<V> guarded() {
        ConflictResolver<V> made = subject.resolver().get();
        return GuardedResolver.of(made);
    }

    private Optional<Conflict<V>> conflictOf(History<V> history) {
        return Play.of(history, subject.resolver(), false).conflict();
    }

    private Optional<String> noAnswer(History<V> history) {
        for (Outcome<V> outcome :
                Play.of(history, subject.resolver(), false).outcomes().values()) {
            if (outcome instanceof Outcome.Unresolved<V> unresolved) {
                return Optional.of("it fails with " + unresolved.cause());
            }
        }
        return Optional.empty();
    }

    private Optional<String> otherAnswer(Conflict<V> conflict) {
        GuardedResolver<V> resolver = guarded();
        Outcome<V> first = resolver.resolve(conflict);
        for (int i = 0; i < REPETITIONS; i++) {
            Outcome<V> again = resolver.resolve(conflict);
            if (!same(first, again)) {
                return Optional.of("it answers " + words(first) + ", and when asked again " + words(again));
            }
            Outcome<V> other = resolve(conflict);
            if (!same(first, other)) {
                return Optional.of("it answers " + words(first) + ", and another one made alike " + words(other));
            }
        }
        return Optional.empty();
    }

    private Optional<String> differentByArrival(History<V> history) {
        Map<String, Outcome<V>> forwards =
                Play.of(history, subject.resolver(), false).outcomes();
        Map<String, Outcome<V>> backwards =
                Play.of(history, subject.resolver(), true).outcomes();
        for (Map.Entry<String, Outcome<V>> read : forwards.entrySet()) {
            Outcome<V> other = Objects.requireNonNull(backwards.get(read.getKey()));
            if (!same(read.getValue(), other)) {
                return Optional.of(read.getKey() + " reads " + words(read.getValue()) + ", and " + words(other)
                        + " when the writes arrive in another order");
            }
        }
        return Optional.empty();
    }

    private Optional<String> modifiedInput(Conflict<V> conflict) {
        List<Version<V>> handedIn = new ArrayList<>(conflict.siblings());
        conflict.ancestor().ifPresent(handedIn::add);
        List<String> before = handedIn.stream().map(Laws::fingerprint).toList();
        resolve(conflict);
        for (int i = 0; i < before.size(); i++) {
            String after = fingerprint(handedIn.get(i));
            if (!before.get(i).equals(after)) {
                return Optional.of("of the value " + before.get(i) + " it makes " + after);
            }
        }
        return Optional.empty();
    }

    private static String fingerprint(Version<?> version) {
        return version.value()
                .map(value -> value + " (" + value.hashCode() + ")")
                .orElse("deleted");
    }

    private Optional<String> valueOutOfDeletions(Conflict<V> conflict) {
        Outcome<V> outcome = resolve(conflict);
        boolean answered = !(outcome instanceof Outcome.Unresolved<V>);
        return answered && conflict.live().isEmpty() && !(outcome instanceof Outcome.Absent<V>)
                ? Optional.of("of deletions alone it makes " + words(outcome))
                : Optional.empty();
    }

    private Optional<String> differentWhenDecoded(Conflict<V> conflict) {
        if (subject.codec().isEmpty()) {
            return Optional.empty();
        }
        ValueCodec<V> codec = subject.codec().get();
        for (Version<V> sibling : conflict.live()) {
            V value = sibling.value().orElseThrow();
            V copy = codec.copy(value);
            if (!value.equals(copy)) {
                return Optional.of("the value " + value + " comes back as " + copy
                        + ", which is not equal to it; has its class an equals?");
            }
        }
        Outcome<V> outcome = resolve(conflict);
        Conflict<V> copies = new Conflict<>(
                conflict.map(),
                conflict.key(),
                conflict.siblings().stream()
                        .map(sibling -> copy(codec, sibling))
                        .toList(),
                conflict.ancestor().map(ancestor -> copy(codec, ancestor)),
                conflict.uncertainty());
        Outcome<V> ofCopies = resolve(copies);
        if (!same(outcome, ofCopies)) {
            return Optional.of("it answers " + words(outcome) + ", and " + words(ofCopies) + " for decoded values");
        }
        return outcome instanceof Outcome.Value<V> made && !made.value().equals(codec.copy(made.value()))
                ? Optional.of("what it makes, " + made.value() + ", comes back as " + codec.copy(made.value()))
                : Optional.empty();
    }

    private static <V> Version<V> copy(ValueCodec<V> codec, Version<V> version) {
        return new Version<>(
                version.dot(),
                version.timestamp(),
                version.dataCenter(),
                version.value().map(codec::copy));
    }

    private Optional<String> divergence(History<V> history) {
        Map.Entry<String, Outcome<V>> first = null;
        for (Map.Entry<String, Outcome<V>> read :
                Play.of(history, subject.resolver(), false).outcomes().entrySet()) {
            if (first == null) {
                first = read;
            } else if (!same(first.getValue(), read.getValue())) {
                return Optional.of("both have all writes, and " + first.getKey() + " reads " + words(first.getValue())
                        + ", " + read.getKey() + " reads " + words(read.getValue()));
            }
        }
        return Optional.empty();
    }

    static boolean same(Outcome<?> one, Outcome<?> other) {
        if (one instanceof Outcome.Value<?> a && other instanceof Outcome.Value<?> b) {
            return a.value().equals(b.value());
        }
        return one instanceof Outcome.Unresolved ? other instanceof Outcome.Unresolved : one.equals(other);
    }

    static String words(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Value<?> value) {
            return String.valueOf(value.value());
        }
        if (outcome instanceof Outcome.Siblings<?> siblings) {
            return "all of "
                    + siblings.versions().stream()
                            .map(version -> version.value().map(String::valueOf).orElse("deleted"))
                            .toList();
        }
        return outcome instanceof Outcome.Unresolved<?> failed ? "nothing (" + failed.cause() + ")" : "absent";
    }
}
