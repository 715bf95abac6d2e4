package io.entente.samples.token;

import io.entente.samples.terminal.Program;

/** Makes an access token. */
public final class TokenMain {

    private TokenMain() {}

    /** Runs the command; {@code --help} explains the arguments. */
    public static void main(String[] arguments) {
        System.exit(Program.run(new TokenCommand(), arguments));
    }
}
