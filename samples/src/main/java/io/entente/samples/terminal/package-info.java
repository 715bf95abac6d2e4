/**
 * What the programs of this module have in common on the command line: how options are read, what errors look like, where logs go.
 *
 * <ul>
 *   <li><b>misuse</b>: what was asked can't be right whatever the state of the cluster; exit code 2.
 *   <li><b>failure</b>: what was asked was understood and did not succeed; exit code 1.
 * </ul>
 *
 * <p>May touch: picocli, logback's configuration by name, {@code cluster.settings}.
 */
@NullMarked
package io.entente.samples.terminal;

import org.jspecify.annotations.NullMarked;
