package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether this replica knows every epoch that it once knew. One that began without its memory, or without some of it, doesn't: and the change of
 * voters may rest on its having known. So it promises nothing on the basis of older rules until it heeds an epoch (its admission has shown it the
 * latest ballot that any member had promised), or every other member, and voter of that basis, that isn't retired has told it since what is in force.
 * Among the voters somebody knows whatever it has forgotten, unless more than half have forgotten it, too, or were retired since; and who brought the
 * change to its end is a member.
 *
 * <p>Rests on no message being older than a loss, for what is said of epochs names no lives. Durable, so that a crash doesn't make it forget that it has forgotten.
 */
final class EpochMemory {

    private final Bytes key;
    private final ReplicaSettings settings;
    private final Epochs epochs;
    private final Admission admission;
    private final Retirements retirements;
    private final Draft draft;
    private final TreeSet<String> told = new TreeSet<>();
    private boolean isWhole;

    EpochMemory(
            ReplicaSettings settings,
            StoreReader store,
            StoreKeys keys,
            Epochs epochs,
            Admission admission,
            Retirements retirements,
            Draft draft) {
        this.key = keys.forgetful();
        this.settings = settings;
        this.epochs = epochs;
        this.admission = admission;
        this.retirements = retirements;
        this.draft = draft;
        this.isWhole = store.get(Table.META, key).isEmpty();
    }

    /** Some of the memory may be missing from now on. */
    static void lose(StoreKeys keys, WriteBatch batch) {
        batch.put(Table.META, keys.forgetful(), Bytes.empty());
    }

    /** The replica begins: with its memory, without, or with some of it missing. */
    void begin(Standing standing) {
        if (standing.isInDoubt()) {
            isWhole = false;
            draft.batch().put(Table.META, key, Bytes.empty());
        } else if (standing == Standing.FOUNDED) {
            recollect();
        }
    }

    private void recollect() {
        if (!isWhole) {
            isWhole = true;
            draft.batch().delete(Table.META, key);
        }
    }

    /** A node has told which epoch is in force, and this replica has learned it. */
    void heard(NodeId from) {
        if (!isWhole && admission.isAdmitted()) {
            told.add(from.node());
        }
    }

    /** Whether this replica may promise something on that basis. */
    boolean suffices(Epoch basis) {
        if (isWhole) {
            return true;
        }
        Set<String> others = settings.otherMembers();
        basis.electorates().forEach(others::addAll);
        others.remove(settings.self().node());
        others.removeAll(retirements.gone());
        boolean knows = epochs.isInitial() || epochs.isHeeded() || told.containsAll(others);
        if (admission.isAdmitted() && knows) {
            recollect();
        }
        return isWhole;
    }
}
