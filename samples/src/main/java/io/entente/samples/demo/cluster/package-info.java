/**
 * Three data centers in this process: real nodes on real sockets and real stores, which can be cut off, killed and started again.
 *
 * <ul>
 *   <li><b>demo node</b>: a node's name, address and directory, and the node itself while it runs.
 *   <li><b>cut</b>: the link between two data centers drops Entente's messages both ways until it is healed.
 *   <li><b>lag</b>: the entries that some node has and another lacks, by their version vectors.
 * </ul>
 *
 * <p>May touch: the public entry point of {@code cluster}.
 */
@NullMarked
package io.entente.samples.demo.cluster;

import org.jspecify.annotations.NullMarked;
