package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Life;
import io.entente.core.message.Report;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which dots are causally stable: every write this replica will still receive has seen them.
 *
 * <p>The proof are the members' reports. One from member <i>m</i> counts only once this replica has applied everything
 * <i>m</i> had originated when it reported, for a write of <i>m</i>'s still on its way may not have seen what the report names.
 * Reports of a life of <i>m</i>'s memory that is over don't count: <i>m</i> no longer knows what it said. Nor do those of an <i>m</i>
 * that is not admitted: of what it once wrote, others may have more than it has itself.
 */
final class Stability {

    private final boolean membersNamed;
    private final Set<String> named;
    private final Set<String> others;
    private final AppliedState applied;
    private final Map<String, Evidence> evidence = new TreeMap<>();

    /** Evidence of the members but this one; where members aren't named, nothing is ever stable. */
    Stability(Set<String> members, String self, AppliedState applied) {
        this.membersNamed = !members.isEmpty();
        this.named = new TreeSet<>(members);
        this.named.remove(self);
        this.others = new TreeSet<>(named);
        this.applied = applied;
    }

    /** From now on only reports of that life are the member's; what it reported before is forgotten. */
    void begin(String member, Life life) {
        evidence.put(member, new Evidence(life));
        if (named.contains(member)) {
            others.add(member);
        }
    }

    /** The member is retired: what may still be received of it is here. It counts again from its next life on. */
    void uncount(String member) {
        others.remove(member);
        evidence.remove(member);
    }

    /** Takes in a report, direct or relayed; only whole ones of an admitted member are evidence. */
    void learn(Report report) {
        Evidence of = evidence.get(report.node().node());
        if (report.isOfAdmitted() && of != null && of.life.equals(report.life())) {
            of.add(report);
        }
    }

    /** Counts the reports whose reporters' own writes have all arrived by now. */
    void count() {
        evidence.values().forEach(of -> of.count(applied.vector()));
    }

    /** The highest sequence of the origin up to which everything is stable. */
    long stableUpTo(Origin origin) {
        long stable = membersNamed ? applied.vector().sequenceOf(origin) : 0;
        for (String member : others) {
            Evidence of = evidence.get(member);
            stable = of == null ? 0 : Math.min(stable, of.counted.sequenceOf(origin));
        }
        return stable;
    }

    boolean isStable(Dot dot) {
        return dot.sequence() <= stableUpTo(dot.origin());
    }

    /** The members whose evidence lacks something this replica has: they hold purging back. */
    Set<String> holdingBack() {
        Set<String> names = new TreeSet<>();
        for (String member : others) {
            Evidence of = evidence.get(member);
            if (of == null || !of.counted.dominates(applied.vector())) {
                names.add(member);
            }
        }
        return names;
    }

    private static final class Evidence {

        private final Life life;
        private VersionVector counted = VersionVector.empty();
        private Optional<Report> waiting = Optional.empty();
        private Optional<Report> newest = Optional.empty();

        Evidence(Life life) {
            this.life = life;
        }

        /** Keeps the report that waits for its turn, and the newest behind it: under load the newest is never covered. */
        void add(Report report) {
            if (waiting.isEmpty()) {
                waiting = Optional.of(report);
            } else {
                newest = Optional.of(newest.map(known -> known.join(report)).orElse(report));
            }
        }

        void count(VersionVector applied) {
            while (waiting.isPresent() && hasAllOf(waiting.get(), applied)) {
                counted = counted.join(waiting.get().applied());
                waiting = newest;
                newest = Optional.empty();
            }
        }

        private static boolean hasAllOf(Report report, VersionVector applied) {
            VersionVector reported = report.applied();
            for (int i = 0; i < reported.size(); i++) {
                Origin origin = reported.originAt(i);
                if (report.node().isHomeOf(origin) && applied.sequenceOf(origin) < reported.sequenceAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
