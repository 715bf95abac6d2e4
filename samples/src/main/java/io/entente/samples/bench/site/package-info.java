/**
 * The system under test: three data centers of one node each, in this process or each in one of its own.
 *
 * <ul>
 *   <li><b>site</b>: a data center's node together with the load generator beside it. Requests never cross a process.
 *   <li><b>terms</b>: what all sites of a measurement share.
 *   <li><b>orders</b>: the lines by which the benchmark drives a site in another process.
 * </ul>
 *
 * <p>May touch: the public entry point and the router of {@code cluster}, {@code core}'s replica to make a directory with a past,
 * {@code bench.load}, one class of Akka's remoting (see {@code WireCount}).
 */
@NullMarked
package io.entente.samples.bench.site;

import org.jspecify.annotations.NullMarked;
