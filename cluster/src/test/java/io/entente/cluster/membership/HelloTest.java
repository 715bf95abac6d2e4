package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import com.typesafe.config.ConfigFactory;
import io.entente.core.message.NodeId;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A hello crosses the wire unchanged, and what nobody would say doesn't. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelloTest {

    private static final String ADDRESS = "akka://entente@10.0.0.1:25520";

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = OFF")
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve());
    private final Serialization serialization =
            SerializationExtension.get(kit.system().classicSystem());

    @AfterAll
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void itComesBackAsItWas() throws Exception {
        List<Hello> hellos = List.of(
                new Hello(
                        1,
                        "us-1",
                        "us",
                        ADDRESS,
                        Optional.of("x"),
                        8,
                        true,
                        true,
                        false,
                        Optional.of("eu/eu-1"),
                        Optional.of("ff"),
                        Optional.of("01")),
                new Hello(
                        1,
                        "us-1",
                        "us",
                        ADDRESS,
                        Optional.empty(),
                        8,
                        false,
                        false,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        for (Hello hello : hellos) {
            Serializer serializer = serialization.findSerializerFor(hello);
            assertThat(serializer.getClass().getSimpleName()).contains("JacksonCbor");
            assertThat(serialization
                            .deserialize(serializer.toBinary(hello), Hello.class)
                            .get())
                    .isEqualTo(hello);
        }
    }

    @Test
    void whatIsNotBoundCrossesNoWire() {
        assertThatThrownBy(() -> serialization.findSerializerFor(new Unbound("x")))
                .isInstanceOfAny(NotSerializableException.class, RuntimeException.class);
    }

    @Test
    void aMalformedOneIsRefused() {
        for (String address : List.of("", "garbage", "akka://entente", "akka://entente@h", "akka://e@h:1/user/x")) {
            assertThatThrownBy(() -> new Hello(
                            1,
                            "us-1",
                            "us",
                            address,
                            Optional.empty(),
                            8,
                            false,
                            false,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("", "a/b", "x".repeat(65), "a b")) {
            assertThatThrownBy(() -> new Hello(
                            1,
                            name,
                            "us",
                            ADDRESS,
                            Optional.empty(),
                            8,
                            false,
                            false,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Hello(
                            1,
                            "us-1",
                            name,
                            ADDRESS,
                            Optional.empty(),
                            8,
                            false,
                            false,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void itIsToTheNodeThatItNames() {
        Hello hello = new Hello(
                1,
                "us-1",
                "us",
                ADDRESS,
                Optional.of("x"),
                8,
                true,
                true,
                false,
                Optional.of("eu/eu-1"),
                Optional.of("ff"),
                Optional.of("01"));
        assertThat(hello.isTo(new NodeId("eu", "eu-1"))).isTrue();
        assertThat(hello.isTo(new NodeId("eu", "eu-2"))).isFalse();
    }

    private record Unbound(String text) {}
}
