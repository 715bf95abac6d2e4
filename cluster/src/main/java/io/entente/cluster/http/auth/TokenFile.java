package io.entente.cluster.http.auth;

import io.entente.cluster.settings.Secrets;
import io.entente.cluster.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that a node takes, from a file with one grant a line; {@code #} begins a comment. Of tokens it has the hashes alone.
 *
 * <p>Once a second at most it looks whether the file has changed, and reads it again: tokens are given and withdrawn without a restart. A file that
 * can't be read, or has a line that can't, leaves those in force that were, and is logged once: a half-written file locks nobody out.
 *
 * <p>Thread-safe. Whoever asks first in a second looks at the file, so it should lie on a local disk.
 */
public final class TokenFile {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final int MOST_TOKENS = 1_000;
    private static final long MOST_BYTES = 1 << 20;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final LongSupplier nanos;
    private final AtomicLong lookedNanos;
    private volatile Read inForce;

    private TokenFile(Path file, LongSupplier nanos, Read first) {
        this.file = file;
        this.nanos = nanos;
        this.lookedNanos = new AtomicLong(nanos.getAsLong());
        this.inForce = first;
    }

    /**
     * Reads the file.
     *
     * @throws SettingsException when it can't be used, or has no tokens
     */
    public static TokenFile open(Path file) {
        return open(file, System::nanoTime);
    }

    static TokenFile open(Path file, LongSupplier nanos) {
        try {
            return new TokenFile(file, nanos, Read.of(file));
        } catch (UnusableException unusable) {
            // Somebody may have put a token there in the place of a file.
            throw new SettingsException(
                    List.of(Secrets.hiddenIn("entente.http.tokens = " + file + ": " + unusable.getMessage())));
        }
    }

    /** Whose token it is; empty where nobody's. Each token there is is compared with, whether or not one before it was the one. */
    public Optional<Caller> callerWith(AccessToken token) {
        TokenHash shown = token.hash();
        Optional<Caller> caller = Optional.empty();
        for (TokenGrant grant : grants()) {
            if (grant.hash().equals(shown)) {
                caller = Optional.of(new Caller(grant.name(), grant.role()));
            }
        }
        return caller;
    }

    private List<TokenGrant> grants() {
        long now = nanos.getAsLong();
        long looked = lookedNanos.get();
        if (now - looked >= LOOK_NANOS && lookedNanos.compareAndSet(looked, now)) {
            look();
        }
        return inForce.grants;
    }

    private void look() {
        Read before = inForce;
        try {
            Version version = Version.of(file);
            if (!version.equals(before.version)) {
                inForce = Read.of(file);
                LOG.info("the tokens of {} were read again: {} of them", file, inForce.grants.size());
            }
        } catch (IOException | UnusableException unusable) {
            String why = unusable instanceof IOException ? unusable.toString() : String.valueOf(unusable.getMessage());
            if (!why.equals(before.trouble)) {
                LOG.error("{} can't be used ({}): the tokens read before stay in force; mend it", file, why);
                inForce = before.with(why);
            }
        }
    }

    /** What tells one content of the file from the next. */
    private record Version(FileTime modified, long bytes) {

        private static Version of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size());
        }
    }

    /**
     * The file as it was read last.
     *
     * @param trouble why a later content couldn't be read; empty when there is none
     */
    private record Read(Version version, List<TokenGrant> grants, String trouble) {

        private static Read of(Path file) throws UnusableException {
            try {
                // The version first: what is written meanwhile is read again.
                Version version = Version.of(file);
                if (version.bytes > MOST_BYTES) {
                    throw new UnusableException("the file of tokens has " + version.bytes + " bytes, and " + MOST_BYTES
                            + " at most are read: name another file");
                }
                return new Read(version, grants(Files.readAllLines(file)), "");
            } catch (MalformedInputException noText) {
                throw new UnusableException("the file is no text in UTF-8: write one grant a line");
            } catch (IOException unreadable) {
                throw new UnusableException(
                        "the file can't be read (" + unreadable + "): make it, with a line that samples/token prints");
            }
        }

        private static List<TokenGrant> grants(List<String> lines) throws UnusableException {
            List<TokenGrant> grants = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    TokenGrant grant = grant(i + 1, line);
                    if (!names.add(grant.name())) {
                        throw new UnusableException("line " + (i + 1) + " has the name " + grant.name()
                                + ", as one before it has: give each token a name of its own");
                    }
                    grants.add(grant);
                }
            }
            if (grants.isEmpty() || grants.size() > MOST_TOKENS) {
                throw new UnusableException("the file has " + grants.size() + " tokens, and should have 1 to "
                        + MOST_TOKENS + ": samples/token makes a line");
            }
            return List.copyOf(grants);
        }

        private static TokenGrant grant(int number, String line) throws UnusableException {
            try {
                return TokenGrant.parse(line);
            } catch (IllegalArgumentException malformed) {
                throw new UnusableException("line " + number + ": " + malformed.getMessage());
            }
        }

        private Read with(String newTrouble) {
            return new Read(version, grants, newTrouble);
        }
    }

    private static final class UnusableException extends Exception {

        private UnusableException(String message) {
            super(message);
        }
    }
}
