package io.entente.samples.demo.shell;

import io.entente.samples.demo.cluster.DemoCluster;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * What commands act on and write to.
 *
 * @param cluster the cluster, once it runs
 * @param out where results go
 * @param ansi whether they may be coloured
 */
public record ShellContext(Supplier<DemoCluster> cluster, PrintWriter out, Ansi ansi) {}
