package io.entente.samples.terminal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the file that {@code --config} names. */
public final class ConfigurationFile {

    /** What Akka prints by itself before and after it logs; problems at start reach the user as exceptions. */
    private static final Config QUIET = ConfigFactory.parseString("akka.stdout-loglevel = off");

    private ConfigurationFile() {}

    /**
     * What the file says, before {@code application.conf} where there is one, before what suits a program with a terminal.
     *
     * @throws MisuseException when the file is missing or malformed
     */
    public static Config read(Optional<Path> file) {
        return file.map(ConfigurationFile::parse)
                .orElseGet(ConfigFactory::empty)
                .withFallback(ConfigFactory.defaultApplication())
                .withFallback(QUIET);
    }

    private static Config parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MisuseException("--config " + file + ": there is no such file");
        }
        try {
            return ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException malformed) {
            throw new MisuseException("--config " + file + " can't be read: " + malformed.getMessage(), malformed);
        }
    }
}
