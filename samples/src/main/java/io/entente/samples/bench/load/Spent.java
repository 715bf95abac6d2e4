package io.entente.samples.bench.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a process has spent since it began, or between two moments.
 *
 * @param nanos time; of a process since an arbitrary moment
 * @param cpuNanos processor time, of all its threads, the JVM's own among them
 * @param allocatedBytes what was allocated on the heap by the threads that live at the end
 */
public record Spent(long nanos, long cpuNanos, long allocatedBytes) {

    /** What this process has spent so far. */
    public static Spent soFar() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new Spent(
                System.nanoTime(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
                allocated);
    }

    /** What was spent since an earlier moment. */
    public Spent since(Spent earlier) {
        return new Spent(
                nanos - earlier.nanos,
                cpuNanos - earlier.cpuNanos,
                Math.max(0, allocatedBytes - earlier.allocatedBytes));
    }

    /** What was spent by two processes in the same time. */
    public Spent and(Spent other) {
        return new Spent(
                Math.max(nanos, other.nanos), cpuNanos + other.cpuNanos, allocatedBytes + other.allocatedBytes);
    }

    /** Writes a second. */
    public double perSecond(long writes) {
        return writes * 1e9 / nanos;
    }

    /** Microseconds of processor time a write. */
    public double cpuMicros(long writes) {
        return cpuNanos / 1e3 / writes;
    }

    /** Bytes allocated a write. */
    public double allocated(long writes) {
        return (double) allocatedBytes / writes;
    }
}
