package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.cluster.UniqueAddress;
import akka.cluster.ddata.Flag;
import akka.cluster.ddata.ORSet;
import akka.cluster.ddata.PNCounter;
import akka.cluster.ddata.SelfUniqueAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.merge.MergeableType;
import io.entente.core.replica.Start.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories at three data centers, of which any two talk at times, compared at every step with what the types of Akka Distributed
 * Data make of the same: states that are merged there, entries that are applied here. Akka has no register that keeps several
 * values; a set that is cleared before each addition is one. And a map of sets has a set a field here: an ORMultiMap begins a field's set anew,
 * without what it had seen, after its last element was removed.
 */
class DistributedDataOracleTest {

    private static final int HISTORIES = 40;
    private static final int STEPS = 40;
    private static final List<String> NAMES = List.of("eu", "us", "ap");
    private static final List<String> ELEMENTS = List.of("x", "y", "z");
    private static final String KEY = "k";

    @Test
    void valuesAreWhatDistributedDataMakesOfTheSameHistory() {
        for (int seed = 1; seed <= HISTORIES; seed++) {
            run(new Random(seed), "seed " + seed);
        }
    }

    private static void run(Random random, String name) {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            sites.add(new Site(i));
        }
        ReplicaRouter.exchange(sites.get(0).router, sites.get(1).router);
        ReplicaRouter.exchange(sites.get(1).router, sites.get(2).router);
        for (int step = 0; step < STEPS; step++) {
            Site site = sites.get(random.nextInt(sites.size()));
            Site other = sites.get(random.nextInt(sites.size()));
            if (random.nextInt(5) == 0 && site != other) {
                site.meet(other);
                other.check(name);
            } else {
                site.operate(random, step);
            }
            site.check(name);
        }
    }

    /** A data center, here and as Distributed Data has it. */
    private static final class Site {

        private final ReplicaRouter router;
        private final SelfUniqueAddress self;
        private final MergeableMap.Sets<String> sets;
        private final MergeableMap.Counters counters;
        private final MergeableMap.Flags flags;
        private final MergeableMap.Registers<String> registers;
        private final MergeableMap.Documents documents;

        private ORSet<String> set = ORSet.create();
        private PNCounter counter = PNCounter.create();
        private Flag flag = Flag.create();
        private ORSet<String> register = ORSet.create();
        private final TreeMap<String, ORSet<String>> document = new TreeMap<>();

        private Site(int number) {
            String name = NAMES.get(number);
            router = new ReplicaRouter(name, number == 0 ? Standing.FOUNDED : Standing.NEW, number + 1);
            self = new SelfUniqueAddress(new UniqueAddress(Address.apply("akka", "oracle", name, 1), number + 1L));
            Maps maps = new Maps(
                    new MapAccess(router, DataLimits.defaults(), Runnable::run),
                    new MapCatalog(EntenteSettings.from(ConfigFactory.empty())));
            sets = maps.set("sets", Codec.utf8(), MergeableType.ADD_WINS_SET);
            counters = maps.counter("counters");
            flags = maps.flag("flags", MergeableType.FLAG);
            registers = maps.multiValueRegister("registers", Codec.utf8());
            documents = maps.fields("documents");
        }

        private void operate(Random random, int step) {
            String element = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
            String field = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    done(sets.add(KEY, element));
                    set = set.add(self, element);
                }
                case 2 -> {
                    done(sets.remove(KEY, element));
                    set = set.remove(self, element);
                }
                case 3 -> {
                    done(sets.delete(KEY));
                    set = set.clear(self);
                }
                case 4 -> count(random.nextInt(20) - 8);
                case 5 -> {
                    done(flags.set(KEY, true));
                    flag = flag.switchOn();
                }
                case 6 -> {
                    String value = element + step;
                    done(registers.set(KEY, value));
                    register = register.clear(self).add(self, value);
                }
                case 7, 8 -> {
                    done(documents.update(KEY, new FieldUpdate().add(field, TextNode.valueOf(element))));
                    document.compute(field, (name, before) -> orEmpty(before).add(self, element));
                }
                default -> {
                    done(documents.update(KEY, new FieldUpdate().removeElement(field, TextNode.valueOf(element))));
                    document.compute(field, (name, before) -> orEmpty(before).remove(self, element));
                }
            }
        }

        private void count(int by) {
            done(counters.increment(KEY, by));
            counter = by < 0 ? counter.decrement(self, -by) : counter.increment(self, by);
        }

        private void meet(Site other) {
            ReplicaRouter.exchange(router, other.router);
            set = set.merge(other.set);
            other.set = set;
            counter = counter.merge(other.counter);
            other.counter = counter;
            flag = flag.merge(other.flag);
            other.flag = flag;
            register = register.merge(other.register);
            other.register = register;
            other.document.forEach((field, theirs) -> document.merge(field, theirs, ORSet::merge));
            other.document.putAll(document);
        }

        private void check(String name) {
            assertThat(value(sets).orElse(Set.of())).as(name).isEqualTo(set.getElements());
            assertThat(value(counters).orElse(0L))
                    .as(name)
                    .isEqualTo(counter.getValue().longValueExact());
            assertThat(value(flags).orElse(false)).as(name).isEqualTo(flag.enabled());
            assertThat(value(registers).map(Set::copyOf).orElse(Set.of()))
                    .as(name)
                    .isEqualTo(register.getElements());
            assertThat(value(documents).map(Site::bindings).orElse(new TreeMap<>()))
                    .as(name)
                    .isEqualTo(document.entrySet().stream()
                            .filter(field -> !field.getValue().isEmpty())
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    field -> field.getValue().getElements(),
                                    (one, same) -> one,
                                    TreeMap::new)));
        }

        private static ORSet<String> orEmpty(@Nullable ORSet<String> set) {
            return set == null ? ORSet.create() : set;
        }

        /** The fields that have elements. */
        private static TreeMap<String, Set<String>> bindings(JsonNode fields) {
            TreeMap<String, Set<String>> bindings = new TreeMap<>();
            fields.properties().forEach(field -> {
                Set<String> elements = new TreeSet<>();
                field.getValue().forEach(element -> elements.add(element.textValue()));
                if (!elements.isEmpty()) {
                    bindings.put(field.getKey(), elements);
                }
            });
            return bindings;
        }

        private static <V> Optional<V> value(MergeableMap<V> map) {
            return done(map.get(KEY)).asOptional();
        }

        private static <T> T done(CompletionStage<T> stage) {
            return stage.toCompletableFuture().join();
        }
    }
}
