package dev.gatehouse.server.tls;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The TLS of one listener: what is shown now, and whether the files say something else. Files that cannot be
/// used never take the place of what is shown.
public final class ListenerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerTls.class);

    private final String listener;
    private final TlsFiles files;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile TlsMaterial shown;
    private volatile boolean broken;
    private String shownFingerprint;
    private String seen;
    private String refused = "";

    private ListenerTls(String listener, TlsFiles files, InstantSource clock, SecureRandom random, TlsContent content) {
        this.listener = listener;
        this.files = files;
        this.clock = clock;
        this.random = random;
        this.shown = TlsMaterial.of(files, content, random);
        this.shownFingerprint = content.fingerprint();
        this.seen = content.fingerprint();
    }

    /// Reads the files for the first time. A certificate that is out of time is shown nevertheless, as there is
    /// no other, and reported.
    ///
    /// @throws TlsException when they cannot be used
    public static ListenerTls open(String listener, TlsFiles files, InstantSource clock, SecureRandom random) {
        try {
            ListenerTls tls = new ListenerTls(listener, files, clock, random, TlsContent.read(files));
            tls.reportOutOfTime();
            return tls;
        } catch (TlsException e) {
            throw new TlsException("listener '" + listener + "': " + e.getMessage(), e);
        }
    }

    private void reportOutOfTime() {
        try {
            shown.refuseOutOfTime(clock.instant());
        } catch (TlsException e) {
            LOG.error("listener '{}': {}; it is shown nevertheless", listener, e.getMessage());
        }
    }

    /// Looks at the files. New content counts once it has been the same at two looks, so that a pair that is just
    /// being written is not taken for a broken one.
    ///
    /// @return whether [#context] is another one now
    public synchronized boolean look() {
        TlsContent content = TlsContent.read(files);
        String fingerprint = content.fingerprint();
        boolean settled = fingerprint.equals(seen);
        seen = fingerprint;
        if (!settled || fingerprint.equals(refused)) {
            return false;
        }
        if (fingerprint.equals(shownFingerprint)) {
            refused = "";
            broken = false;
            return false;
        }
        try {
            TlsMaterial next = TlsMaterial.of(files, content, random);
            next.refuseOutOfTime(clock.instant());
            shown = next;
            shownFingerprint = fingerprint;
            refused = "";
            broken = false;
            LOG.info("listener '{}' shows the certificates that are in its files now", listener);
            return true;
        } catch (TlsException e) {
            refused = fingerprint;
            broken = true;
            LOG.error("listener '{}' keeps its certificates: {}", listener, e.getMessage());
            return false;
        }
    }

    /// What handshakes begin with from now on.
    public SSLContext context() {
        return shown.context();
    }

    /// The name of the listener.
    public String listener() {
        return listener;
    }

    /// Whether callers show a certificate.
    public TlsFiles.ClientCertificates clients() {
        return files.clients();
    }

    /// Whether HTTP/2 is offered.
    public boolean http2() {
        return files.http2();
    }

    /// Whether the files cannot be used, so that earlier ones are shown.
    public boolean broken() {
        return broken;
    }

    /// The files of the certificates, in the order of the configuration.
    public List<String> certificateFiles() {
        return files.certificates().stream().map(Object::toString).toList();
    }

    /// When the certificate of this file, as it is shown, ends.
    public Instant notAfter(int file) {
        return shown.keys().get(file).notAfter();
    }
}
