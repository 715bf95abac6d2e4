package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.Entry;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Watches every commit of every node, and compares what is on the disks with what the ledger says must be there. */
final class Judge {

    private final World world;
    private final Ledger ledger = new Ledger();
    private final Map<NodeId, Copy> copies = new LinkedHashMap<>();
    private final Map<NodeId, Origin> incarnations = new LinkedHashMap<>();

    /** The nodes that are down and will know, when they come back, that they may have lost data. */
    private final Set<NodeId> unsure = new LinkedHashSet<>();

    private final JudgeOfAncestors ancestors;
    private final StoredForm form = new StoredForm();
    private final StoreKeys keys = new StoreKeys(0);
    private final PartJudge parts;
    private final Journals journals;
    private final JudgeOfSeals seals;
    private final LogJudge logs;
    private final Unacquainted unacquainted;

    Judge(World world) {
        this.world = world;
        this.parts = new PartJudge(world);
        this.ancestors = new JudgeOfAncestors(world, ledger);
        this.journals = new Journals(world, ledger);
        this.logs = new LogJudge(world, ledger);
        this.seals = new JudgeOfSeals(world, ledger);
        this.unacquainted = new Unacquainted(world);
    }

    JudgeOfSeals seals() {
        return seals;
    }

    Ledger ledger() {
        return ledger;
    }

    Copy copy(NodeId node) {
        Copy copy = copies.get(node);
        if (copy == null) {
            throw new IllegalArgumentException("no copy at " + node);
        }
        return copy;
    }

    void knows(NodeId node) {
        copies.put(node, new Copy(node));
    }

    void started(NodeId node, Standing standing, Origin incarnation) {
        incarnations.put(node, incarnation);
        unsure.remove(node);
        unacquainted.started(node, standing);
        Copy copy = copy(node);
        if (!world.surgery().isAdmissionJudged()
                || standing == Standing.INTACT
                || standing == Standing.FOUNDED
                || !world.scenario().membersNamed()) {
            return;
        }
        copy.toCatchUp().clear();
        copies.forEach((other, its) -> {
            if (!other.equals(node)) {
                // What it merges lies on its disk, and will be its own.
                copy.toCatchUp().put(other, its.seen());
            }
        });
    }

    /** A message has reached a node. */
    void heard(NodeId node) {
        unacquainted.heard(node);
    }

    /** A disk lost all commits but the first so many. */
    void lost(NodeId node, int kept) {
        lost(node, copy -> copy.loseAllBut(kept));
    }

    private void lost(NodeId node, Consumer<Copy> loss) {
        Copy copy = copy(node);
        loss.accept(copy);
        copy.merges(mergedAt(node));
        journals.lost(node, key -> known(node, keys.record(key)));
        unsure.add(node);
        copies.values()
                .forEach(other -> other.toCatchUp().computeIfPresent(node, (id, had) -> {
                    had.and(copy.seen());
                    return had;
                }));
    }

    /** A disk was put aside for an empty one. */
    void putAside(NodeId node, Disk aside) {
        seals.putAside(aside, copy(node).applied());
        lost(node, Copy::putAside);
    }

    void told(NodeId node, Effect.Tell tell) {
        if (tell.severity() == Severity.WARNING && tell.text().contains("corrupt")) {
            world.tally().count(Path.DAMAGE_NOTICED);
        }
        boolean found = tell.text().startsWith("a verification found");
        unless(!found || world.rot().hasBegun(), Law.VERIFICATION, () -> node + " tells: " + tell.text());
        unless(found || tell.severity() != Severity.ALARM, Law.ALARM, () -> node + " tells: " + tell.text());
    }

    /** A replica asks for a commit: its new writes enter the ledger. */
    void wants(NodeId node, WriteBatch batch) {
        copy(node).steps();
        BitSet applied = copy(node).seen();
        for (StoredForm.Logged logged : form.logged(batch)) {
            Write write = writeOf(node, logged.entry(), applied);
            seals.checkApplied(node, write);
            Dot dot = write.dot;
            boolean next =
                    dot.sequence() == 1 || ledger.hasAll(List.of(new Dot(dot.origin(), dot.sequence() - 1)), applied);
            unless(next, Law.CAUSAL_ORDER, () -> node + " applies " + write + " without the one before");
            BitSet missing = (BitSet) write.past.clone();
            missing.andNot(applied);
            unless(
                    missing.isEmpty(),
                    Law.CAUSAL_ORDER,
                    () -> node + " applies " + write + " without " + ledger.get(missing.nextSetBit(0)));
            applied.set(write.number);
        }
    }

    private Write writeOf(NodeId node, Entry entry, BitSet applied) {
        Write.Content content = new Write.Content(entry.key(), entry.payload(), entry.timestamp());
        Write known = ledger.find(entry.dot());
        if (known != null) {
            unless(
                    known.content().equals(content),
                    Law.DOT_UNIQUE,
                    () -> node + " has " + content + " under the dot of " + known);
            unless(!applied.get(known.number), Law.CAUSAL_ORDER, () -> node + " applies " + known + " a second time");
            return known;
        }
        unless(
                entry.dot().origin().equals(incarnations.get(node)),
                Law.DOT_UNIQUE,
                () -> node + " has " + entry + ", which nobody wrote");
        WriteRequested request = world.clients().requestFor(node, entry.key(), entry.payload());
        checkCondition(node, request, applied);
        unacquainted.checkMayWrite(node);
        checkCaughtUp(node, applied);
        Write write = ledger.enter(
                entry.dot(), content, applied, new Write.Origination(seenBy(request.condition()), entry.isKept()));
        unless(
                entry.isKept() == request.isKept() || (entry.isKept() && !write.replaced.isEmpty()),
                Law.ANCESTOR,
                () -> node + " made " + entry + " of " + request);
        world.clients().became(request.id(), write);
        return write;
    }

    private static Optional<CausalContext> seenBy(WriteCondition condition) {
        return condition instanceof WriteCondition.Seen seen ? Optional.of(seen.context()) : Optional.empty();
    }

    private void checkCondition(NodeId node, WriteRequested request, BitSet applied) {
        List<Write> present = ledger.record(request.key(), applied);
        boolean absent = present.stream().allMatch(write -> write.payload.isDeletion());
        boolean holds = true;
        if (request.condition() instanceof WriteCondition.Seen seen) {
            holds = ledger.hasAll(seen.context().dots(), applied);
        } else if (request.condition() instanceof WriteCondition.IfCurrent current) {
            List<Dot> dots = present.stream().map(write -> write.dot).toList();
            holds = ledger.hasAll(current.context().dots(), applied)
                    && (absent
                            ? current.context().absent()
                            : current.context().dots().equals(dots));
        } else if (request.condition() instanceof WriteCondition.IfAbsent) {
            holds = absent;
        }
        unless(holds, Law.CONDITION, () -> node + " accepted " + request + " where the key holds " + present);
    }

    private void checkCaughtUp(NodeId node, BitSet applied) {
        copy(node).toCatchUp().keySet().removeIf(other -> seals.isSealed(node, other));
        copy(node).toCatchUp().forEach((other, had) -> {
            BitSet missing = (BitSet) had.clone();
            missing.andNot(applied);
            unless(
                    missing.isEmpty(),
                    Law.ADMISSION,
                    () -> node + " may have lost data and writes without " + ledger.get(missing.nextSetBit(0))
                            + ", which " + other + " had when " + node + " started");
        });
        if (!copy(node).toCatchUp().isEmpty()) {
            world.tally().count(Path.CAUGHT_UP_AFTER_LOSS);
        }
        copy(node).toCatchUp().clear();
    }

    /** A commit is on the disk. */
    void committed(NodeId node, WriteBatch batch) {
        Copy copy = copy(node);
        List<Write> writes = new ArrayList<>();
        Set<RecordKey> touched = new LinkedHashSet<>();
        for (StoredForm.Logged logged : form.logged(batch)) {
            Write write = ledger.find(logged.entry().dot());
            if (write == null) {
                throw new IllegalStateException("unknown: " + logged);
            }
            writes.add(write);
            touched.add(write.key);
        }
        copy.committed(writes);
        if (copy.merges(mergedAt(node))) {
            world.tally().count(Path.SNAPSHOT_MERGED);
            touched.addAll(ledger.keys());
        }
        checkVector(node, batch);
        seals.committed(node, batch);
        logs.committed(node, batch, copies.values());
        if (world.rot().hasTouched(node)) {
            return;
        }
        form.recordsTouched(batch).forEach((key, deleted) -> {
            touched.add(key);
            if (deleted) {
                checkPurge(node, key);
            }
        });
        touched.forEach(key -> checkRecord(node, key));
        parts.checkPurges(node, batch);
        journals.committed(node, batch, touched, key -> known(node, keys.record(key)));
    }

    /** The writes of the snapshot that the node merges, as its disk has it. */
    BitSet mergedAt(NodeId node) {
        StoreReader disk = world.node(node).disk();
        return Joined.isMerging(disk) ? ledger.named(Joined.vector(disk)) : new BitSet();
    }

    /** What the row under that key of the store must know of: while a snapshot is merged, its writes too if the row is merged. */
    BitSet known(NodeId node, Bytes recordKey) {
        Copy copy = copy(node);
        boolean merged = copy.isMerging() && Joined.isMerged(world.node(node).disk(), recordKey);
        return merged ? copy.seen() : copy.applied();
    }

    private void checkVector(NodeId node, WriteBatch batch) {
        form.vectorPuts(batch)
                .forEach((origin, sequence) -> unless(
                        ledger.hasAll(
                                List.of(new Dot(origin, sequence)), copy(node).applied()),
                        Law.CAUSAL_ORDER,
                        () -> node + " claims " + origin + "#" + sequence + ", which is not in its log"));
    }

    /** The record on the disk is what the ledger says; or it is purged. */
    void checkRecord(NodeId node, RecordKey key) {
        if (isRotten(node)) {
            return;
        }
        Optional<Bytes> stored = world.node(node).disk().get(Table.RECORD, keys.record(key));
        Siblings siblings = stored.map(form::siblings).orElse(Siblings.none());
        BitSet known = known(node, keys.record(key));
        checkSiblings(node, key, siblings, known);
        if (!copy(node).isMerging()) {
            parts.check(node, key);
        }
        if (!world.rot().hasTouched(node)) {
            // What is kept beside a single version isn't compared: it goes when a replica finds it stable.
            ancestors.checkKept(node, key, siblings, known);
        }
    }

    /** What its disk shows is the disk's doing until it is repaired. */
    private boolean isRotten(NodeId node) {
        return world.rot().isAt(world.node(node));
    }

    /** Whether siblings are what a replica with these writes must hold or, where it holds deletions alone, none at all. */
    void checkSiblings(NodeId node, RecordKey key, Siblings siblings, BitSet applied) {
        if (isRotten(node)) {
            return;
        }
        checkCausality(node, siblings, applied);
        List<Write> expected = ledger.record(key, applied);
        boolean purged = siblings.isEmpty()
                && world.scenario().membersNamed()
                && expected.stream().allMatch(write -> write.payload.isDeletion());
        unless(
                purged || expected.stream().map(Write::version).toList().equals(siblings.versions()),
                Law.RECORD,
                () -> node + " has for " + key + " " + siblings.dots() + " instead of " + expected);
        ancestors.check(node, key, siblings, applied);
    }

    /** No clock brings back what a later write has replaced. */
    private void checkCausality(NodeId node, Siblings siblings, BitSet applied) {
        for (Dot dot : siblings.dots()) {
            Write present = ledger.find(dot);
            unless(
                    present == null || !present.supersededBy.intersects(applied),
                    Law.CAUSALITY_FIRST,
                    () -> node + " still has " + present + ", although it has a write that replaced it");
        }
    }

    /** A purge is right when nobody can write any more, and no write is under way, that has not seen the deletions. */
    private void checkPurge(NodeId node, RecordKey key) {
        if (world.schedule().nowNanos() < world.scenario().trouble().nanos()) {
            world.tally().count(Path.PURGE_IN_TROUBLE);
        }
        List<Write> tombstones = ledger.record(key, known(node, keys.record(key)));
        for (Write tombstone : tombstones) {
            unless(
                    tombstone.payload.isDeletion(),
                    Law.RECORD,
                    () -> node + " dropped " + tombstone + " as if it were a deletion");
        }
        checkStable(node, tombstones);
    }

    /** Whether nobody can write any more, and no write is under way, that has not seen these. */
    void checkStable(NodeId node, List<Write> tombstones) {
        for (Write tombstone : tombstones) {
            for (Copy other : copies.values()) {
                if (seals.isSealed(node, other.node())) {
                    continue;
                }
                BitSet there = other.node().equals(node) ? other.seen() : other.applied();
                unless(
                        there.get(tombstone.number) || !isAdmitted(other.node()),
                        Law.PURGE,
                        () -> node + " purged " + tombstone + ", which " + other.node() + " doesn't have");
                unseen(
                                tombstone,
                                seals.mayArrive(node, other.applied()),
                                copy(node).seen())
                        .ifPresent(write -> {
                            throw new Violation(
                                    Law.PURGE,
                                    node + " purged " + tombstone + ", which " + write + " at " + other.node()
                                            + " had not seen");
                        });
            }
        }
    }

    private Optional<Write> unseen(Write tombstone, BitSet there, BitSet here) {
        BitSet toCome = (BitSet) there.clone();
        toCome.andNot(here);
        return toCome.stream()
                .mapToObj(ledger::get)
                .filter(write -> !write.past.get(tombstone.number))
                .findFirst();
    }

    /** Whether deletions, and nothing else, are on the disk for that key, or a single version with superseded ones. */
    boolean isPurgeable(NodeId node, RecordKey key) {
        Optional<Bytes> stored = world.node(node).disk().get(Table.RECORD, keys.record(key));
        return parts.hasPurgeable(node, key)
                || stored.map(form::siblings)
                        .filter(siblings -> siblings.isAbsent() || (siblings.size() == 1 && siblings.keeps()))
                        .isPresent();
    }

    /** The write of that dot, which a client was told of. */
    Write written(Dot dot) {
        Write write = ledger.find(dot);
        if (write == null) {
            throw new Violation(Law.DOT_UNIQUE, "a client was told of " + dot + ", which nobody wrote");
        }
        return write;
    }

    /** Whether some disk that had the write when its client was told has had it ever since. */
    boolean survives(Write write) {
        return write.holdersWhenAcknowledged.orElse(Set.of()).stream()
                .anyMatch(holder -> !copy(holder).lost().get(write.number));
    }

    /** Whether that disk is one of a node that is up. */
    boolean survivesWhereItRuns(Write write) {
        return write.holdersWhenAcknowledged.orElse(Set.of()).stream()
                .anyMatch(holder ->
                        world.node(holder).isUp() && !copy(holder).lost().get(write.number));
    }

    boolean isAdmitted(NodeId node) {
        return !unsure.contains(node)
                && world.node(node).disk().get(Table.META, keys.admission()).isPresent();
    }
}
