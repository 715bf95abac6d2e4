package io.entente.cluster.serialization;

/** Marks control messages between nodes: small, rare, and serialized by Jackson CBOR. */
public interface CborMessage {}
