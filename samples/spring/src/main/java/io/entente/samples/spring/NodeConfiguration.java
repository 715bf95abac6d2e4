package io.entente.samples.spring;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.Embedding;
import io.entente.cluster.Entente;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.Resolvers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The node and its maps as beans. What stands under {@code entente} in Spring's configuration are the node's settings; its figures are in Spring's registry. */
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {

    /** Spring closes it with the application: the node then leaves its cluster in good order. */
    @Bean(destroyMethod = "close")
    Entente entente(ConfigurableEnvironment environment, MeterRegistry figures) {
        EntenteSettings settings =
                EntenteSettings.load(ConfigFactory.parseMap(configured(environment), "Spring's configuration"));
        return Entente.start(settings, Embedding.standard().withMetrics(figures));
    }

    /** What Spring has under {@code entente}, but for environment variables: these Entente reads itself, under the names that reference.conf gives. */
    private static SortedMap<String, Object> configured(ConfigurableEnvironment environment) {
        SortedMap<String, Object> configured = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            boolean variables = source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
            if (!variables && source instanceof EnumerablePropertySource<?> listed) {
                Stream.of(listed.getPropertyNames())
                        .filter(name -> name.startsWith("entente."))
                        .forEach(name -> configured.computeIfAbsent(name, environment::getRequiredProperty));
            }
        }
        return configured;
    }

    @Bean
    ReplicatedMap<Cart> carts(Entente entente) {
        return entente.map("carts", Codec.json(Cart.class), Resolvers.merging(Cart::mergedWith));
    }
}
