/**
 * A node's figures for Prometheus.
 *
 * <ul>
 *   <li><b>scrape</b>: one look at all figures. Most are read off the node at that moment, from what {@code /cluster} shows, and cost
 *       nothing between.
 *   <li><b>census</b>: a count of the keys whose conflict is unresolved.
 * </ul>
 *
 * Labels name data centers, nodes, maps, resolvers and outcomes; never keys. Maps are shown by name up to a bound.
 */
@NullMarked
package io.entente.cluster.metrics;

import org.jspecify.annotations.NullMarked;
