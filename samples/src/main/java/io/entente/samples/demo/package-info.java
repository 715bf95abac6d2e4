/**
 * {@code samples/demo}: three data centers in one process, and a shell to break them and watch.
 *
 * <p>May touch: {@code samples.demo.*}, {@code samples.terminal}, picocli.
 */
@NullMarked
package io.entente.samples.demo;

import org.jspecify.annotations.NullMarked;
