package io.entente.samples.demo;

import io.entente.samples.terminal.Program;

/** Three data centers in one process, and a shell. */
public final class DemoMain {

    private DemoMain() {}

    /** Runs the demo; {@code --help} explains the arguments. */
    public static void main(String[] arguments) {
        System.exit(Program.run(new DemoCommand(), arguments));
    }
}
