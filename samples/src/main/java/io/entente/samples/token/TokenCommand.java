package io.entente.samples.token;

import io.entente.cluster.http.auth.AccessToken;
import io.entente.cluster.http.auth.Role;
import io.entente.cluster.http.auth.TokenGrant;
import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code samples/token}. */
@Command(
        name = "token",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "%nMakes an access token for a node's HTTP interface, and the line by which nodes know it. The token is shown this once: nodes"
                        + " keep its hash alone.%n",
        footer = {
            "%nreader reads values, conflicts, the cluster's state and its figures; writer writes values, too; operator does everything.",
            "Clients show it as 'Authorization: Bearer TOKEN'; a browser that asks for name and password gets it as the password."
        })
final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Who bears it; the audit log says it.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ROLE", description = "reader, writer or operator.")
    private String role = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Append the line to this file, the one of entente.http.tokens, and print the token alone.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Override
    public Integer call() {
        AccessToken token = AccessToken.make();
        String line = grant(token).line();
        PrintWriter out = spec.commandLine().getOut();
        if (file.isPresent()) {
            append(file.get(), line);
            out.println(token.secret());
        } else {
            out.println("token, for " + name + " alone:                " + token.secret());
            out.println("line, for the file entente.http.tokens: " + line);
        }
        out.flush();
        return ExitCode.OK;
    }

    private TokenGrant grant(AccessToken token) {
        Role may = Role.of(role)
                .orElseThrow(() -> new MisuseException(
                        "'" + role + "' is no role: use one of " + String.join(", ", Role.words())));
        try {
            return new TokenGrant(name, may, token.hash());
        } catch (IllegalArgumentException malformed) {
            throw new MisuseException("'" + name + "' is no name: " + malformed.getMessage(), malformed);
        }
    }

    private static void append(Path file, String line) {
        try {
            boolean endsInLine = !Files.exists(file)
                    || Files.size(file) == 0
                    || Files.readString(file).endsWith("\n");
            Files.writeString(
                    file, (endsInLine ? "" : "\n") + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new FailureException(
                    file + " can't be written (" + unwritable + "): name a file that this process may write",
                    unwritable);
        }
    }
}
