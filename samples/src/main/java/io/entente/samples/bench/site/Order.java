package io.entente.samples.bench.site;

import io.entente.samples.bench.load.Spent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The lines between a benchmark and a site in another process: an order with its numbers down, one answer up. They come in the order
 * of the orders.
 */
enum Order {
    WRITE {
        @Override
        CompletableFuture<String> follow(Site site, List<Long> numbers) {
            return site.write(number(numbers, 0), number(numbers, 1)).thenApply(nothing -> "");
        }
    },
    FILL {
        @Override
        CompletableFuture<String> follow(Site site, List<Long> numbers) {
            return site.fill(number(numbers, 0), number(numbers, 1), number(numbers, 2))
                    .thenApply(nothing -> "");
        }
    },
    AWAIT {
        @Override
        CompletableFuture<String> follow(Site site, List<Long> numbers) {
            return site.awaitTotal(numbers.get(0));
        }
    },
    TOTAL {
        @Override
        CompletableFuture<String> follow(Site site, List<Long> numbers) {
            return site.total().thenApply(String::valueOf);
        }
    },
    USAGE {
        @Override
        CompletableFuture<String> follow(Site site, List<Long> numbers) {
            return site.usage().thenApply(Order::text);
        }
    },
    HEAP {
        @Override
        CompletableFuture<String> follow(Site site, List<Long> numbers) {
            return site.heapAfterCollection().thenApply(String::valueOf);
        }
    },
    LARGEST_HEAP {
        @Override
        CompletableFuture<String> follow(Site site, List<Long> numbers) {
            return site.largestHeap().thenApply(String::valueOf);
        }
    };

    private static final String DONE = "done ";
    private static final String FAILED = "failed ";

    abstract CompletableFuture<String> follow(Site site, List<Long> numbers);

    String line(long... numbers) {
        return Stream.concat(Stream.of(name()), LongStream.of(numbers).mapToObj(Long::toString))
                .collect(Collectors.joining(" "));
    }

    /** Follows the order in a line, and gives the line to answer with. */
    static String follow(Site site, String line) {
        String[] words = line.split(" ");
        List<Long> numbers = Stream.of(words).skip(1).map(Long::valueOf).toList();
        try {
            return DONE + valueOf(words[0]).follow(site, numbers).join();
        } catch (RuntimeException failed) {
            return FAILED + String.valueOf(failed.getMessage()).replaceAll("\\s+", " ");
        }
    }

    /** What a line of answer says. */
    static String answer(String line) {
        if (line.startsWith(DONE)) {
            return line.substring(DONE.length());
        }
        throw new IllegalStateException("a site failed: " + line);
    }

    static Usage usage(String answer) {
        List<Long> numbers = Stream.of(answer.split(" ")).map(Long::valueOf).toList();
        return new Usage(new Spent(numbers.get(0), numbers.get(1), numbers.get(2)), numbers.get(3));
    }

    private static String text(Usage usage) {
        Spent spent = usage.spent();
        return spent.nanos() + " " + spent.cpuNanos() + " " + spent.allocatedBytes() + " " + usage.wireBytes();
    }

    private static int number(List<Long> numbers, int index) {
        return Math.toIntExact(numbers.get(index));
    }
}
