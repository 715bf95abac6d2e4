package io.entente.samples.node;

import io.entente.cluster.Entente;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.samples.terminal.AddressOption;
import io.entente.samples.terminal.ConfigurationFile;
import io.entente.samples.terminal.LogForm;
import io.entente.samples.terminal.Logging;
import io.entente.samples.terminal.MisuseException;
import io.entente.samples.terminal.ModeOption;
import io.entente.samples.terminal.PortOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code samples/node}. An option that isn't given leaves its key to environment and configuration. */
@Command(
        name = "node",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "%nOne node of Entente as its own process. Start the first one with its own address as the first seed: it founds "
                        + "the cluster. Start the others with the same seeds.%n",
        footer =
                "%nEach option wins over its environment variable, that over the file of --config (or ENTENTE_CONFIG), that over the "
                        + "default; reference.conf explains all keys.")
final class NodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--name", paramLabel = "NAME", description = "The node's name, kept for life. ENTENTE_NAME")
    private Optional<String> name = Optional.empty();

    @Option(names = "--dc", paramLabel = "DC", description = "The data center it is in. ENTENTE_DC")
    private Optional<String> dataCenter = Optional.empty();

    @Option(names = "--host", paramLabel = "H", description = "The host by which others reach it. ENTENTE_HOST")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "P",
            converter = PortOption.class,
            description = "The port by which others reach it. ENTENTE_PORT")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "H",
            description = "The host to listen on, where that is another. ENTENTE_BIND")
    private Optional<String> bind = Optional.empty();

    @Option(
            names = "--http-port",
            paramLabel = "P",
            converter = PortOption.class,
            description = "The port of its HTTP interface. ENTENTE_HTTP_PORT")
    private Optional<Integer> httpPort = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "HOST:PORT",
            converter = AddressOption.class,
            description = "A node to join the cluster by; may be given several times. ENTENTE_SEEDS, with commas")
    private List<Address> seeds = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "The directory for its data. ENTENTE_DATA")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "How a new cluster replicates: multi-leader, single-leader or leaderless. ENTENTE_MODE")
    private Optional<String> mode = Optional.empty();

    @Option(
            names = "--restored",
            description = "The directory was restored from a backup: catch up before writing. ENTENTE_RESTORED")
    private boolean restored;

    @Option(
            names = "--log",
            paramLabel = "FORM",
            description = "What is logged to standard error: text, or json for an object a line. ENTENTE_LOG")
    private Optional<LogForm> log = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A configuration file. ENTENTE_CONFIG")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Override
    public Integer call() {
        Logging.toConsole(LogForm.chosen(log));
        EntenteSettings settings = settings();
        Logging.of(settings.node().name(), settings.node().dataCenter());
        return new NodeProcess(settings, Entente.launch(settings))
                .run(spec.commandLine().getOut());
    }

    private EntenteSettings settings() {
        EntenteSettings settings = EntenteSettings.load(ConfigurationFile.read(config));
        settings = with(settings, name, EntenteSettings::withName);
        settings = with(settings, dataCenter, EntenteSettings::withDataCenter);
        settings = with(settings, host, EntenteSettings::withHost);
        settings = with(settings, port, EntenteSettings::withPort);
        settings = with(settings, bind, EntenteSettings::withBindHost);
        settings = with(settings, httpPort, EntenteSettings::withHttpPort);
        settings = with(settings, data, EntenteSettings::withData);
        settings = seeds.isEmpty() ? settings : with(settings, Optional.of(seeds), EntenteSettings::withSeeds);
        settings = mode.isEmpty()
                ? settings
                : settings.withMode(
                        ModeOption.of(mode.get(), settings.replication().mode()));
        return restored ? settings.withRestored(true) : settings;
    }

    private static <T> EntenteSettings with(
            EntenteSettings settings, Optional<T> option, BiFunction<EntenteSettings, T, EntenteSettings> setting) {
        try {
            return option.map(value -> setting.apply(settings, value)).orElse(settings);
        } catch (IllegalArgumentException refused) {
            throw new MisuseException(String.valueOf(refused.getMessage()), refused);
        }
    }
}
