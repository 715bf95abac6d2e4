package io.entente.samples.peers;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Another system with three sites in this process, each of which takes writes. Thread-safe. */
interface Peer extends AutoCloseable {

    int SITES = 3;

    /** Writes at a site; completes when that site has taken the write, as durably as the system does. */
    CompletionStage<?> put(int site, String key, byte[] value);

    /** What a site itself holds at a key. */
    CompletionStage<byte @Nullable []> get(int site, String key);

    @Override
    void close();
}
