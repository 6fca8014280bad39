package dev.gatehouse.server.tls;

import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.oauth.mtls.Authorities;
import dev.gatehouse.oauth.mtls.Vouching;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who sign the certificates by which clients prove themselves, as their file says now. Whoever is taken out
/// of it vouches for nobody any more, on connections that are open too. A file that cannot be used never takes the
/// place of what counts.
public final class ClientAuthorities implements Vouching, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAuthorities.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 1024 * 1024;

    private final Path file;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Authorities counting;
    private volatile boolean broken;
    private byte[] taken;
    private byte[] seen;

    /// Reads a file of certificates in PEM for the first time.
    ///
    /// @throws TlsException when it cannot be used
    public ClientAuthorities(Path file) {
        this.file = file;
        this.taken = content(file);
        this.seen = taken;
        this.counting = read(file, taken);
    }

    /// Looks at the file every two seconds from now on.
    public ClientAuthorities watching() {
        Thread.ofVirtual().name("client-authorities").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// New content counts once it has been the same at two looks, so that a file that is just being written is not
    /// taken for a broken one, nor for all that there is.
    synchronized void look() {
        try {
            byte[] now = content(file);
            boolean settled = Arrays.equals(now, seen);
            seen = now;
            if (!settled) {
                return;
            }
            if (!Arrays.equals(now, taken)) {
                counting = read(file, now);
                taken = now;
                LOG.info("the authorities of clients are those that are in {} now", file);
            }
            broken = false;
        } catch (RuntimeException e) {
            if (!broken) {
                LOG.error("the authorities of clients stay: {}", e.toString());
            }
            broken = true;
        }
    }

    @Override
    public boolean vouch(CallerCertificate certificate, Instant now) {
        return counting.vouch(certificate, now);
    }

    /// A sentence while the file cannot be used; the log says why.
    public List<String> warnings() {
        return broken
                ? List.of("The file of client-authorities cannot be used; those that were in it before count.")
                : List.of();
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private static Authorities read(Path file, byte[] content) {
        try {
            return new Authorities(CertifiedKey.certificates(file.toString(), content));
        } catch (IllegalArgumentException e) {
            throw new TlsException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new TlsException(file + ": the file is larger than " + MAX_BYTES + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw new TlsException(
                    file + ": the file cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
