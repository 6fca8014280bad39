package dev.gatehouse.server.http;

import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;

/// A TLS listener and an attacker who speaks HTTP/2 frame by frame.
abstract class Http2HostileFixture {
    static final TestAuthority CA = new TestAuthority("ca");
    static final SSLContext TRUSTING = CA.client(Optional.empty());
    static final byte[] CANCEL = {0, 0, 0, 8};

    @TempDir
    Path folder;

    TestBench bench(HttpLimits limits) throws IOException {
        return new TestBench(TestBench::ok, limits, Tls.localhost(CA, folder));
    }
}
