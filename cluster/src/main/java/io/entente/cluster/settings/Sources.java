package io.entente.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where settings come from, the strongest first: system properties, environment variables, the file that {@code ENTENTE_CONFIG}
 * names, the application's configuration, Entente's wishes for Akka, and every library's {@code reference.conf}.
 */
final class Sources {

    private static final String FILE_VARIABLE = "ENTENTE_CONFIG";

    private Sources() {}

    /** All layers, with what the application configured in the middle. */
    static Config layered(Supplier<Config> application, Map<String, String> environment) {
        return readable(() -> ConfigFactory.defaultOverrides()
                .withFallback(environment(environment))
                .withFallback(file(environment).orElseGet(ConfigFactory::empty))
                .withFallback(application.get())
                .withFallback(akka())
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve());
    }

    /** A configuration that is complete but for references. */
    static Config completed(Config config) {
        return readable(() -> config.withFallback(akka())
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve());
    }

    /** What environment variables set; resolved by itself, so that what is not set is not there. */
    static Config environment(Map<String, String> environment) {
        Config names = ConfigFactory.parseResources(Sources.class, "environment.conf");
        Config variables = ConfigFactory.parseMap(environment, "environment variable");
        return names.resolveWith(variables, ConfigResolveOptions.noSystem());
    }

    private static Config akka() {
        return ConfigFactory.parseResources(Sources.class, "akka.conf");
    }

    private static Optional<Config> file(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(FILE_VARIABLE))
                .map(name -> ConfigFactory.parseFile(
                        new File(name), ConfigParseOptions.defaults().setAllowMissing(false)));
    }

    private static Config readable(Supplier<Config> source) {
        try {
            return source.get();
        } catch (ConfigException unreadable) {
            throw new SettingsException(List.of("the configuration can't be read: "
                    + Secrets.hiddenIn(String.valueOf(unreadable.getMessage())) + ": correct or remove it"));
        }
    }
}
