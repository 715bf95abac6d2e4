package io.entente.cluster.tls;

import io.entente.cluster.settings.SettingsException;
import io.entente.cluster.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials that follow their files: a certificate is replaced without a restart, for the connections that are made from then on. Files that can't be
 * used, as when one of them is new and the other isn't yet, leave those in force that were, and are logged once.
 *
 * <p>Thread-safe. Whoever makes a connection looks at the files, every five seconds at most; they should lie on a local disk.
 */
public final class LiveCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCredentials.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration WARNING = Duration.ofDays(14);

    private final String section;
    private final TlsSettings files;
    private final LongSupplier nanos;
    private final AtomicLong lookedNanos;
    private volatile Credentials inForce;
    private volatile List<Object> version;
    private volatile String trouble = "";

    private LiveCredentials(String section, TlsSettings files, LongSupplier nanos) {
        this.section = section;
        this.files = files;
        this.nanos = nanos;
        this.lookedNanos = new AtomicLong(nanos.getAsLong());
        this.version = versionOf(files);
        this.inForce = Credentials.read(files);
        told();
    }

    /**
     * Reads the files.
     *
     * @param section the section of the configuration that names them
     * @throws SettingsException when they can't be used
     */
    public static LiveCredentials open(String section, TlsSettings files) {
        return open(section, files, System::nanoTime);
    }

    static LiveCredentials open(String section, TlsSettings files, LongSupplier nanos) {
        try {
            return new LiveCredentials(section, files, nanos);
        } catch (IllegalArgumentException unusable) {
            throw new SettingsException(List.of(section + ": " + unusable.getMessage()));
        }
    }

    /** An engine for a client that connects, which shows no certificate of its own. It has still to be started. */
    public SSLEngine serverEngine() {
        SSLEngine engine = current().context().createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    /** Those in force now. */
    Credentials current() {
        long now = nanos.getAsLong();
        long looked = lookedNanos.get();
        if (now - looked >= LOOK_NANOS && lookedNanos.compareAndSet(looked, now)) {
            look();
        }
        return inForce;
    }

    /** The section of the configuration that names the files. */
    String section() {
        return section;
    }

    private void look() {
        List<Object> now = versionOf(files);
        if (now.equals(version)) {
            return;
        }
        try {
            inForce = Credentials.read(files);
            version = now;
            trouble = "";
            told();
        } catch (IllegalArgumentException unusable) {
            String why = String.valueOf(unusable.getMessage());
            if (!why.equals(trouble)) {
                trouble = why;
                LOG.error(
                        "{} has changed and can't be used ({}): what was read before stays in force; mend it",
                        section,
                        why);
            }
        }
    }

    private void told() {
        X509Certificate own = inForce.own();
        Instant end = own.getNotAfter().toInstant();
        LOG.info("{}: {} until {}", section, own.getSubjectX500Principal(), end);
        if (Instant.now().plus(WARNING).isAfter(end)) {
            LOG.warn(
                    "the certificate in {} ends at {}: replace the file, and connections use the new one",
                    files.certificate(),
                    end);
        }
        if (isReadableByOthers(files.key())) {
            LOG.warn("everybody on this machine can read the private key in {}: chmod o-r it", files.key());
        }
    }

    private static boolean isReadableByOthers(Path key) {
        try {
            return Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** Times and sizes, which tell one content of the files from the next; a file that isn't there is different from one that is. */
    private static List<Object> versionOf(TlsSettings files) {
        List<Path> all = new ArrayList<>(List.of(files.certificate(), files.key()));
        files.trust().ifPresent(all::add);
        List<Object> version = new ArrayList<>();
        for (Path file : all) {
            try {
                version.add(Files.getLastModifiedTime(file));
                version.add(Files.size(file));
            } catch (IOException missing) {
                version.add("missing");
            }
        }
        return version;
    }
}
