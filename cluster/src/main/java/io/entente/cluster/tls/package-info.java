/**
 * Certificates, and the connections that are made with them.
 *
 * <ul>
 *   <li><b>certificate</b>: says whose a public key is, signed by an authority that others believe.
 *   <li><b>credentials</b>: a node's own certificate with those that issued it, and its private key.
 *   <li><b>name of a node in a certificate</b>: a subject alternative name, the URI {@code urn:entente:node:<name>}.
 *   <li><b>peer certificates</b>: which node a certificate has named at which address, so that a node is believed to be at an address only when what
 *       listens there could prove it.
 * </ul>
 *
 * <p>May touch: {@code settings}, the JDK's TLS, Akka where it hands out engines. {@link PemFiles} and {@link NodeCertificates} know no Akka.
 */
@NullMarked
package io.entente.cluster.tls;

import org.jspecify.annotations.NullMarked;
