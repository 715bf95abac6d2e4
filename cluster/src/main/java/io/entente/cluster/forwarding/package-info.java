/**
 * Requests that another node answers: clients' inside the data center; operators', who look at all from one place, anywhere.
 *
 * <ul>
 *   <li><b>forward</b>: a request on its way to the node that holds the partition, or leads it. It is sent once and passed on by nobody.
 *   <li><b>forward message</b>: a request, an answer or a failure, in bytes of this package's own, in the envelopes of {@code serialization}.
 * </ul>
 *
 * Only nodes of this cluster are listened to. What arrives is bounded as clients' own requests are.
 */
@NullMarked
package io.entente.cluster.forwarding;

import org.jspecify.annotations.NullMarked;
