package io.entente.core.history;

import io.entente.core.history.Linearizability.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What clients of one register asked and were told, to be put into one order when all is over: see {@link Linearizability}. No value is written twice, which makes the
 * search short: a write whose outcome nobody knows took effect before the first read that shows it had ended, and one that no read shows needs no place in
 * the order.
 *
 * <p>Times are those of one clock. Not thread-safe.
 */
public final class RegisterHistory {

    /** So many calls before the one that fits nowhere are told. */
    private static final int MOST_TOLD = 30;

    private final String name;
    private final Map<String, Write> writes = new LinkedHashMap<>();
    private final List<Call<Operation>> reads = new ArrayList<>();

    /**
     * @param name what the register is called where something is wrong with it
     */
    public RegisterHistory(String name) {
        this.name = name;
    }

    /** A write that a client asked for. */
    public static final class Write {

        private final String value;
        private final long began;
        private long ended = Long.MAX_VALUE;
        private boolean refused;

        private Write(String value, long began) {
            this.value = value;
            this.began = began;
        }

        /** Its client is told that it is written. */
        public void acknowledged(long at) {
            ended = at;
        }

        /** Its client is told that it is not written, and never will be. */
        public void refused() {
            refused = true;
        }
    }

    /** A value that is written, or read; nothing where there was none to read. */
    private record Operation(boolean isWrite, Optional<String> value) {

        @Override
        public String toString() {
            return (isWrite ? "write " : "read ") + value.orElse("nothing");
        }
    }

    private static final class Register implements Linearizability.Model<Optional<String>, Operation> {

        @Override
        public Optional<String> initial() {
            return Optional.empty();
        }

        @Override
        public Optional<Optional<String>> after(Optional<String> state, Operation call) {
            return call.isWrite || call.value.equals(state) ? Optional.of(call.value) : Optional.empty();
        }
    }

    /**
     * A client asks for a write.
     *
     * @throws IllegalArgumentException when the value was written before
     */
    public Write asked(String value, long began) {
        Write write = new Write(value, began);
        if (writes.putIfAbsent(value, write) != null) {
            throw new IllegalArgumentException(value + " was written before: each value is written once");
        }
        return write;
    }

    /** A client is shown a value, or that there is none. */
    public void read(Optional<String> value, long began, long ended) {
        reads.add(new Call<>(new Operation(false, value), began, ended));
    }

    /** How many calls there are. */
    public int size() {
        return writes.size() + reads.size();
    }

    /** What is wrong with what clients were told, with the calls that show it; empty when nothing is. */
    public Optional<String> fault() {
        for (Call<Operation> read : reads) {
            Optional<String> impossible = read.what().value.flatMap(this::impossible);
            if (impossible.isPresent()) {
                return impossible.map(why -> name + " is read as " + why);
            }
        }
        if (holdsUntil(Long.MAX_VALUE)) {
            return Optional.empty();
        }
        return Optional.of("no order fits what clients of " + name + " were told:" + inWords(firstEndThatFails()));
    }

    private Optional<String> impossible(String value) {
        @Nullable Write write = writes.get(value);
        if (write == null) {
            return Optional.of(value + ", which nobody wrote");
        }
        return write.refused ? Optional.of(value + ", whose writer was told that it is not written") : Optional.empty();
    }

    /** What went well until then goes well for all time before. */
    private long firstEndThatFails() {
        List<Long> ends =
                new ArrayList<>(reads.stream().map(Call::ended).sorted().toList());
        int well = -1;
        int failed = ends.size() - 1;
        while (failed - well > 1) {
            int middle = (well + failed) / 2;
            if (holdsUntil(ends.get(middle))) {
                well = middle;
            } else {
                failed = middle;
            }
        }
        return ends.get(failed);
    }

    private boolean holdsUntil(long time) {
        return Linearizability.holds(new Register(), callsUntil(time));
    }

    private List<Call<Operation>> callsUntil(long time) {
        List<Call<Operation>> calls = new ArrayList<>();
        Map<String, Long> shown = new LinkedHashMap<>();
        for (Call<Operation> read : reads) {
            if (read.ended() <= time) {
                calls.add(read);
                read.what().value.ifPresent(value -> shown.merge(value, read.ended(), Math::min));
            }
        }
        for (Write write : writes.values()) {
            long ended = Math.min(
                    write.ended <= time ? write.ended : Long.MAX_VALUE,
                    shown.getOrDefault(write.value, Long.MAX_VALUE));
            if (ended != Long.MAX_VALUE) {
                calls.add(new Call<>(new Operation(true, Optional.of(write.value)), write.began, ended));
            }
        }
        return calls;
    }

    private String inWords(long time) {
        List<Call<Operation>> calls = callsUntil(time);
        long origin = calls.stream().mapToLong(Call::began).min().orElse(0);
        calls.sort(Comparator.comparingLong(Call::ended));
        StringBuilder words = new StringBuilder();
        for (Call<Operation> call : calls.subList(Math.max(0, calls.size() - MOST_TOLD), calls.size())) {
            words.append("\n  %10.3f to %10.3f ms: %s"
                    .formatted((call.began() - origin) / 1e6, (call.ended() - origin) / 1e6, call.what()));
        }
        return words.toString();
    }
}
