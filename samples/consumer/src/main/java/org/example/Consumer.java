package org.example;

import io.entente.cluster.Entente;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.Resolvers;

/** A program of another project: starts a node, writes and reads. */
public final class Consumer {

    private Consumer() {}

    /** What it keeps. */
    public record Greeting(String text) {}

    public static void main(String[] arguments) {
        try (Entente entente = Entente.start(EntenteSettings.load())) {
            ReplicatedMap<Greeting> greetings =
                    entente.map("greetings", Codec.json(Greeting.class), Resolvers.lastWriterWins());
            greetings.put("world", new Greeting("hello")).toCompletableFuture().join();
            System.out.println(greetings
                    .get("world")
                    .toCompletableFuture()
                    .join()
                    .asOptional()
                    .orElseThrow());
        }
    }
}
