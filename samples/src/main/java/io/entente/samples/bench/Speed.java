package io.entente.samples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How fast something went, and how much processor time it took: the latter says more on a machine that others use too.
 *
 * @param perSecond writes a second
 * @param cpuMicros microseconds of processor time a write, of this whole process
 */
record Speed(double perSecond, double cpuMicros) {

    static Watch start() {
        return new Watch(System.nanoTime(), cpuNanos());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** A running measurement. */
    record Watch(long startNanos, long startCpuNanos) {

        Speed stop(long writes) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            return new Speed(writes / seconds, (cpuNanos() - startCpuNanos) / 1e3 / writes);
        }
    }
}
