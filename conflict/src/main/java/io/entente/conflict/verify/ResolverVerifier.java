package io.entente.conflict.verify;

import io.entente.conflict.ConflictResolver;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Verifies a resolver, in a test of its author's: plays random histories on replicas that resolve with it, looks for laws it breaks,
 * and shows the smallest history that does.
 *
 * <pre>{@code
 * ResolverVerifier.of(CartMerge::new)
 *         .values(draws -> new Cart(draws.oneOf(ITEMS), draws.between(1, 3)))
 *         .codec(Cart::toBytes, Cart::fromBytes)
 *         .demanding(Law.COMMUTATIVE)
 *         .verify();
 * }</pre>
 *
 * <p>Values are compared by {@code equals}. A resolver that never returns is not noticed: give the test a time limit. Nor is one that
 * depends on the time, as long as the time makes no difference while it is watched. Immutable; thread-safe if resolver, values and codec are.
 *
 * @param <V> the type of values
 */
public final class ResolverVerifier<V> {

    private static final int HISTORIES = 300;
    private static final int HISTORIES_OF_MANY = 20;
    private static final int TRIES = 3;

    private final Subject<V> subject;
    private final Set<Law> demanded;
    private final long seed;

    private ResolverVerifier(Subject<V> subject, Set<Law> demanded, long seed) {
        this.subject = subject;
        this.demanded = Set.copyOf(demanded);
        this.seed = seed;
    }

    /** A resolver to verify, of which every replica gets one of its own; say next what {@linkplain Unvalued#values values} it is to see. */
    public static <V> Unvalued<V> of(Supplier<? extends ConflictResolver<V>> resolver) {
        Objects.requireNonNull(resolver, "resolver");
        return new Unvalued<>(resolver);
    }

    /**
     * A resolver whose values aren't known yet.
     *
     * @param resolver makes the resolver
     * @param <V> the type of values
     */
    public record Unvalued<V>(Supplier<? extends ConflictResolver<V>> resolver) {

        /**
         * With these values; at least one. Draw them anew with {@link #values(Function)} where they can be modified.
         *
         * @throws IllegalArgumentException when there is none
         */
        public ResolverVerifier<V> values(List<? extends V> samples) {
            if (samples.isEmpty()) {
                throw new IllegalArgumentException("There is no value to write: give at least one.");
            }
            return values(draws -> draws.oneOf(List.copyOf(samples)));
        }

        /** With values made of what is drawn: new objects every time, equal ones now and then. */
        public ResolverVerifier<V> values(Function<Draws, ? extends V> values) {
            Objects.requireNonNull(values, "values");
            Subject<V> subject = new Subject<>(resolver, values, Optional.empty(), JavaSource::of);
            return new ResolverVerifier<>(subject, Set.of(), 1);
        }
    }

    /** Verifies too that values survive their way through the store and over the network. */
    public ResolverVerifier<V> codec(Function<? super V, byte[]> encode, Function<byte[], ? extends V> decode) {
        ValueCodec<V> codec = new ValueCodec<>(encode, decode);
        return new ResolverVerifier<>(
                new Subject<>(subject.resolver(), subject.values(), Optional.of(codec), subject.source()),
                demanded,
                seed);
    }

    /** Writes values down as this Java source; without it texts, numbers, collections, enums and records are. */
    public ResolverVerifier<V> writtenAs(Function<? super V, String> source) {
        Objects.requireNonNull(source, "source");
        return new ResolverVerifier<>(
                new Subject<>(subject.resolver(), subject.values(), subject.codec(), source), demanded, seed);
    }

    /** Demands optional laws too. */
    public ResolverVerifier<V> demanding(Law... laws) {
        Set<Law> more = EnumSet.noneOf(Law.class);
        more.addAll(demanded);
        more.addAll(List.of(laws));
        return new ResolverVerifier<>(subject, more, seed);
    }

    /** Draws other histories than those of seed 1. */
    public ResolverVerifier<V> seed(long other) {
        return new ResolverVerifier<>(subject, demanded, other);
    }

    /** Looks for broken laws: one finding for each law that is broken, none for a resolver that obeys. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Law law : Law.values()) {
            if (!law.isOptional() || demanded.contains(law)) {
                finding(law).ifPresent(findings::add);
            }
        }
        return List.copyOf(findings);
    }

    /**
     * Demands that no law is broken.
     *
     * @throws AssertionError that shows the findings, and the seed by which they come again
     */
    public void verify() {
        failOn(findings(), " (seed " + seed + ")");
    }

    /**
     * Demands that one history breaks no law: what a finding gives as a test.
     *
     * @param steps adds what happened to a history in which nothing has
     * @throws AssertionError that shows the findings
     */
    public void replay(UnaryOperator<History<V>> steps) {
        List<Finding> findings = new ArrayList<>();
        for (Law law : Law.values()) {
            if (!law.isOptional() || demanded.contains(law)) {
                History<V> history = steps.apply(History.empty());
                new Laws<>(subject)
                        .brokenBy(history, law)
                        .ifPresent(how -> findings.add(describe(law, how, steps.apply(History.empty()))));
            }
        }
        failOn(findings, "");
    }

    private void failOn(List<Finding> findings, String suffix) {
        if (!findings.isEmpty()) {
            StringBuilder text = new StringBuilder("The resolver "
                    + subject.resolver().get().name()
                    + (findings.size() == 1 ? " breaks a law" : " breaks " + findings.size() + " laws") + suffix + ".");
            findings.forEach(finding -> text.append("\n\n").append(finding));
            throw new AssertionError(text.toString());
        }
    }

    private Optional<Finding> finding(Law law) {
        int histories = law == Law.TAKES_MANY_SIBLINGS ? HISTORIES_OF_MANY : HISTORIES;
        for (int i = 0; i < histories; i++) {
            History<Long> history = Histories.forLaw(law, new Draws(seed * 31 + i));
            if (brokenBy(history, law, 1).isPresent()) {
                return Optional.of(smallest(history, law));
            }
        }
        return Optional.empty();
    }

    private Finding smallest(History<Long> failing, Law law) {
        History<Long> smallest =
                new Shrinking(candidate -> brokenBy(candidate, law, TRIES).isPresent()).shrink(failing);
        // One that answers by chance may obey the one time it is looked at again.
        String how = brokenBy(smallest, law, TRIES).orElse("it was seen once, and depends on chance");
        return describe(law, how, valued(smallest));
    }

    private Finding describe(Law law, String how, History<V> history) {
        String code = "verifier.replay(history -> history" + history.calls(subject.source()) + ");";
        return new Finding(law, how, history, history.story(), code);
    }

    /** How the history breaks the law, looked at several times for the sake of resolvers that depend on chance. */
    private Optional<String> brokenBy(History<Long> history, Law law, int tries) {
        Laws<V> laws = new Laws<>(subject);
        for (int i = 0; i < tries; i++) {
            Optional<String> how = laws.brokenBy(valued(history), law);
            if (how.isPresent()) {
                return how;
            }
        }
        return Optional.empty();
    }

    private History<V> valued(History<Long> history) {
        return Histories.map(history, value -> subject.values().apply(new Draws(value)));
    }
}
