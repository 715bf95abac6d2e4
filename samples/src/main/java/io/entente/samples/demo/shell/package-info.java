/**
 * The shell of the demo, and the same commands in scripts.
 *
 * <ul>
 *   <li><b>registry</b>: the commands as picocli knows them: names, arguments, help, completion.
 *   <li><b>line</b>: one command as it is typed or stands in a script; blank ones and those that begin with {@code #} mean nothing.
 *   <li><b>place</b>: file and line of a script's command, named when it fails.
 * </ul>
 *
 * <p>May touch: {@code samples.demo.cluster}, {@code cluster.map}, {@code samples.terminal}, picocli, JLine, Jackson.
 */
@NullMarked
package io.entente.samples.demo.shell;

import org.jspecify.annotations.NullMarked;
