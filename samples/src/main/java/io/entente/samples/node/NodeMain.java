package io.entente.samples.node;

import io.entente.samples.terminal.Program;

/** One node as its own process. */
public final class NodeMain {

    private NodeMain() {}

    /** Runs the node; {@code --help} explains the arguments. */
    public static void main(String[] arguments) {
        System.exit(Program.run(new NodeCommand(), arguments));
    }
}
