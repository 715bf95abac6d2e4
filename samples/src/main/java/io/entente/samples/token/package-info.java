/**
 * {@code samples/token}: makes access tokens for HTTP.
 *
 * <p>May touch: {@code cluster}'s tokens, {@code samples.terminal}, picocli.
 */
@NullMarked
package io.entente.samples.token;

import org.jspecify.annotations.NullMarked;
