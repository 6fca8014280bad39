package dev.gatehouse.cli.demo;

import dev.gatehouse.server.http.SampleUpstream;
import java.io.IOException;
import java.time.Instant;

/// What stands around the node of a demo: the provider's own API, and somebody else's CRM. Both start while the node
/// does.
final class Around implements AutoCloseable {
    private final Crm crm;
    private final Beside<CrmCertificate> certificate;
    private final Beside<SampleUpstream> upstream;
    private final Beside<FakeCrm> platform;

    /// Begins to start them.
    ///
    /// @param crm as it will be told
    Around(Ports ports, Crm crm) {
        this.crm = crm;
        this.certificate = Beside.start(() -> CrmFiles.certificate(crm, Instant.now()));
        this.upstream = Beside.start(() -> upstream(ports.of(Ports.UPSTREAM)));
        this.platform = Beside.start(() -> platform(crm, certificate.join()));
    }

    /// Writes down what a node has to know of the CRM before it starts.
    void introduce() {
        CrmFiles.write(crm, certificate.join());
    }

    Crm crm() {
        return crm;
    }

    /// Waits until both listen.
    ///
    /// @throws DemoException when one of them cannot
    void join() {
        upstream.join();
        platform.join();
    }

    private static SampleUpstream upstream(int port) {
        SampleUpstream upstream = new SampleUpstream(port, Provider.TOLD);
        try {
            upstream.start();
            return upstream;
        } catch (IOException e) {
            upstream.close();
            throw new DemoException("cannot start: " + e.getMessage());
        }
    }

    private static FakeCrm platform(Crm crm, CrmCertificate certificate) {
        try {
            return FakeCrm.start(crm, certificate);
        } catch (IOException e) {
            throw new DemoException("cannot start: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (platform.ended()) {
            platform.join().close();
        }
        if (upstream.ended()) {
            upstream.join().close();
        }
    }
}
