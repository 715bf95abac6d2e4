package io.entente.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of the tokens that clients carry about. */
class TokenCodecsTest {

    private static final RecordKey KEY = new RecordKey("users", "alice");
    private static final ContextCodec CONTEXTS = new ContextCodec(ContextCodec.MOST_LENGTH);
    private static final SessionTokenCodec SESSIONS = new SessionTokenCodec(SessionTokenCodec.MOST_LENGTH);

    @RepeatedTest(50)
    void aContextIsReadAsItWasWritten(RepetitionInfo seed) {
        CausalContext context = context(new Random(seed.getCurrentRepetition()));
        String text = CONTEXTS.encode(KEY, context);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(CONTEXTS.decode(KEY, text)).isEqualTo(context);
    }

    @RepeatedTest(50)
    void aSessionIsReadAsItWasWritten(RepetitionInfo seed) {
        SortedMap<Integer, VersionVector> session = session(new Random(seed.getCurrentRepetition()));
        String text = SESSIONS.encode(session);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(SESSIONS.decode(text)).isEqualTo(session);
    }

    @Test
    void whoHasSeenNothingHasTokensToo() {
        assertThat(CONTEXTS.decode(KEY, CONTEXTS.encode(KEY, CausalContext.empty())))
                .isEqualTo(CausalContext.empty());
        assertThat(SESSIONS.decode(SESSIONS.encode(new TreeMap<>()))).isEmpty();
    }

    @Test
    void anEmptyVectorIsLeftOut() {
        SortedMap<Integer, VersionVector> session = new TreeMap<>();
        session.put(3, VersionVector.empty());
        assertThat(SESSIONS.decode(SESSIONS.encode(session))).isEmpty();
    }

    @Test
    void equalTokensHaveEqualTexts() {
        Origin a = origin("eu", 1);
        Origin b = origin("us", 2);
        CausalContext one = CausalContext.of(List.of(new Dot(a, 1), new Dot(b, 7)), false);
        CausalContext same = CausalContext.of(List.of(new Dot(b, 7), new Dot(a, 1)), false);
        assertThat(CONTEXTS.encode(KEY, one)).isEqualTo(CONTEXTS.encode(KEY, same));
    }

    @Test
    void aContextOfAnotherKeyIsRefused() {
        String text = CONTEXTS.encode(KEY, context(new Random(1)));
        for (RecordKey other : List.of(
                new RecordKey("users", "bob"), new RecordKey("user", "salice"), new RecordKey("carts", "alice"))) {
            assertThatExceptionOfType(MalformedTokenException.class)
                    .isThrownBy(() -> CONTEXTS.decode(other, text))
                    .withMessageContaining("belongs to another key than " + other);
        }
    }

    @Test
    void aSessionTokenIsNoContext() {
        String session = SESSIONS.encode(session(new Random(1)));
        assertThatExceptionOfType(MalformedTokenException.class)
                .isThrownBy(() -> CONTEXTS.decode(KEY, session))
                .withMessageContaining("is of another kind");
        assertThatExceptionOfType(MalformedTokenException.class)
                .isThrownBy(() -> SESSIONS.decode(CONTEXTS.encode(KEY, CausalContext.empty())))
                .withMessageContaining("is of another kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "abc", "*", "häßlich", "a b", "\u0000", "AAAAAAAAAAAAAAAA", "ESIzRFVmd4g"})
    void garbageIsRefusedWithASentence(String garbage) {
        assertThatExceptionOfType(MalformedTokenException.class)
                .isThrownBy(() -> CONTEXTS.decode(KEY, garbage))
                .withMessageStartingWith("the context '")
                .withMessageEndingWith("send it exactly as it was received, or read again");
        assertThatExceptionOfType(MalformedTokenException.class).isThrownBy(() -> SESSIONS.decode(garbage));
    }

    @Test
    void anyFlippedBitIsFound() {
        byte[] token = Base64.getUrlDecoder().decode(SESSIONS.encode(session(new Random(2))));
        for (int bit = 0; bit < 8 * token.length; bit++) {
            byte[] damaged = token.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(damaged);
            assertThatExceptionOfType(MalformedTokenException.class)
                    .isThrownBy(() -> SESSIONS.decode(text))
                    .withMessageContaining("is damaged");
        }
    }

    @RepeatedTest(300)
    void contentThatNobodyWroteIsRefusedThoughItsChecksumFits(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        byte[] content = new byte[random.nextInt(40)];
        random.nextBytes(content);
        refusedOrWhole(new TokenText("context", 0x11, 4_096, "").write(out -> out.raw(content)), CONTEXTS);
        refusedOrWhole(new TokenText("session token", 0x21, 4_096, "").write(out -> out.raw(content)));
    }

    @Test
    void aTextBeyondTheLimitIsNeitherWrittenNorRead() {
        CausalContext context = context(new Random(3));
        String text = CONTEXTS.encode(KEY, context);
        ContextCodec narrow = new ContextCodec(text.length() - 1);
        assertThatExceptionOfType(TokenTooLongException.class)
                .isThrownBy(() -> narrow.encode(KEY, context))
                .withMessageContaining("the limit is " + (text.length() - 1));
        assertThatExceptionOfType(MalformedTokenException.class)
                .isThrownBy(() -> narrow.decode(KEY, text))
                .withMessageContaining("the limit is " + (text.length() - 1));
        assertThat(new ContextCodec(text.length()).decode(KEY, text)).isEqualTo(context);
    }

    @Test
    void theDefaultLimitsFitIntoToken() {
        List<Dot> siblings = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            siblings.add(new Dot(origin("data-center-" + i % 8, i), Long.MAX_VALUE - i));
        }
        assertThat(CONTEXTS.encode(KEY, CausalContext.of(siblings, false))).hasSizeLessThan(4_096);
        SortedMap<Integer, VersionVector> session = new TreeMap<>();
        VersionVector.Builder vector = new VersionVector.Builder();
        for (int i = 0; i < 30; i++) {
            vector.raise(origin("data-center-" + i % 3, i), 1_000_000 + i);
        }
        for (int partition = 0; partition < 8; partition++) {
            session.put(partition, vector.build());
        }
        assertThat(SESSIONS.encode(session)).hasSizeLessThan(4_096);
    }

    private static void refusedOrWhole(String text, ContextCodec codec) {
        try {
            codec.decode(KEY, text);
        } catch (MalformedTokenException refused) {
            assertThat(refused).hasMessageContaining("the context");
        }
    }

    private static void refusedOrWhole(String text) {
        try {
            SortedMap<Integer, VersionVector> session = SESSIONS.decode(text);
            assertThat(SESSIONS.decode(SESSIONS.encode(session))).isEqualTo(session);
        } catch (MalformedTokenException refused) {
            assertThat(refused).hasMessageContaining("the session token");
        }
    }

    private static CausalContext context(Random random) {
        List<Dot> dots = new ArrayList<>();
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            dots.add(new Dot(origin(random), 1 + random.nextInt(1_000_000)));
        }
        return CausalContext.of(dots, random.nextBoolean());
    }

    private static SortedMap<Integer, VersionVector> session(Random random) {
        SortedMap<Integer, VersionVector> session = new TreeMap<>();
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            VersionVector.Builder vector = new VersionVector.Builder();
            for (int components = 1 + random.nextInt(4); components > 0; components--) {
                vector.raise(origin(random), 1 + random.nextInt(1_000_000));
            }
            session.put(random.nextInt(1_024), vector.build());
        }
        return session;
    }

    private static Origin origin(Random random) {
        return origin(random.nextBoolean() ? "eu" : "us", random.nextInt(4));
    }

    private static Origin origin(String dataCenter, long number) {
        return new Origin(dataCenter, dataCenter + "-1", 1_000 + number, number);
    }
}
