package io.entente.core.simulation;

import java.util.PriorityQueue;

/** What is to happen when, in simulated time; of two things at the same time the one planned first happens first. */
final class Schedule {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nowNanos;
    private long planned;

    long nowNanos() {
        return nowNanos;
    }

    void after(long delayNanos, Runnable action) {
        tasks.add(new Task(nowNanos + Math.max(0, delayNanos), planned++, action));
    }

    /** Lets everything happen that is due until then. */
    void runUntil(long endNanos) {
        while (!tasks.isEmpty() && tasks.peek().atNanos <= endNanos) {
            Task task = tasks.remove();
            nowNanos = task.atNanos;
            task.action.run();
        }
        nowNanos = endNanos;
    }

    private record Task(long atNanos, long number, Runnable action) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
