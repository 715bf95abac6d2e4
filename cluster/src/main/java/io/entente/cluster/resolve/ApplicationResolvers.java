package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.ConflictResolver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The resolvers of an application as configuration names them: services by their {@linkplain ConflictResolver#name() name}, else classes by theirs.
 *
 * <p>A service is a class that a file {@code META-INF/services/io.entente.conflict.ConflictResolver} on the class path lists, with a public
 * constructor without arguments; it resolves {@link JsonNode}. Two that have the same name can't be used, since which one came first would differ
 * between nodes. Immutable; thread-safe.
 */
public final class ApplicationResolvers {

    /** More broken services than this are not looked at: the file that lists them is no such file. */
    private static final int MOST_FAILURES = 100;

    private final Map<String, ConflictResolver<JsonNode>> services = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private ApplicationResolvers() {}

    /** Those that the class loader of the calling thread finds now. */
    public static ApplicationResolvers onClassPath() {
        ApplicationResolvers found = new ApplicationResolvers();
        found.load(ServiceLoader.load(ConflictResolver.class, ResolverClass.classLoader()));
        return found;
    }

    /** The names of the services. */
    public SortedSet<String> names() {
        return new TreeSet<>(services.keySet());
    }

    /** Why services that are listed can't be used: a clause each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * The resolver of that name: a service, else an object of that class.
     *
     * @throws IllegalArgumentException with name and reason when there is none
     */
    public ConflictResolver<JsonNode> resolver(String name) {
        ConflictResolver<JsonNode> service = services.get(name);
        if (service != null) {
            return service;
        }
        try {
            return ResolverClass.instantiate(name);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(unusable.getMessage() + others(), unusable);
        }
    }

    /** The services there are, and those there would be, for somebody who meant one. */
    private String others() {
        String found = services.isEmpty() ? "" : "; the services found are " + String.join(", ", services.keySet());
        return problems.isEmpty() ? found : found + "; " + String.join("; ", problems);
    }

    @SuppressWarnings("rawtypes") // a service has no type arguments: what its class says of them is checked
    private void load(ServiceLoader<ConflictResolver> loader) {
        Set<String> twice = new HashSet<>();
        Iterator<ServiceLoader.Provider<ConflictResolver>> providers =
                loader.stream().iterator();
        while (problems.size() < MOST_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                add(providers.next(), twice);
            } catch (ServiceConfigurationError broken) {
                problems.add("a service can't be loaded: " + broken.getMessage()
                        + Optional.ofNullable(broken.getCause())
                                .map(cause -> " (" + cause + ")")
                                .orElse(""));
            }
        }
        twice.forEach(services::remove);
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private void add(ServiceLoader.Provider<ConflictResolver> provider, Set<String> twice) {
        try {
            ResolverClass.requireResolverOfJson(provider.type());
            ConflictResolver<JsonNode> service = provider.get();
            ConflictResolver<JsonNode> earlier = services.putIfAbsent(service.name(), service);
            if (earlier != null && twice.add(service.name())) {
                problems.add("the services " + earlier.getClass().getName() + " and "
                        + service.getClass().getName() + " are both named " + service.name() + ": rename one of them");
            }
        } catch (IllegalArgumentException unusable) {
            problems.add("a service can't be used: " + unusable.getMessage());
        }
    }
}
