package dev.gatehouse.server.connect;

import dev.gatehouse.connect.authorize.Redeeming;
import dev.gatehouse.connect.call.PlatformProxy;
import dev.gatehouse.connect.call.Verification;
import dev.gatehouse.connect.key.Assertions;
import dev.gatehouse.connect.platform.Catalogue;
import dev.gatehouse.connect.refresh.Milestones;
import dev.gatehouse.connect.refresh.Pause;
import dev.gatehouse.connect.refresh.PlatformClients;
import dev.gatehouse.connect.refresh.Refresher;
import dev.gatehouse.connect.refresh.TokenEndpoint;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Vault;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressListener;
import dev.gatehouse.egress.Limits;
import dev.gatehouse.egress.Opening;
import dev.gatehouse.egress.Resolver;
import dev.gatehouse.oauth.client.KeyFetch;
import dev.gatehouse.oauth.client.RequestObject;
import dev.gatehouse.oauth.client.RequestReferences;
import dev.gatehouse.oauth.client.Sectors;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyVault;
import dev.gatehouse.oauth.registration.DocumentFetch;
import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Everything of a node that has to do with platforms.
///
/// @param platforms those that connections may be made to
/// @param vault encrypts the credentials of connections
/// @param verification tries credentials out
/// @param proxy makes calls through connections
/// @param refresher renews credentials
/// @param clients who the operator is at platforms
/// @param sessions encrypts what connect sessions hold
/// @param redeeming makes credentials of codes
/// @param egress the client that all of them use
/// @param documents one for what is fetched while somebody waits, which takes seconds at most
/// @param requested one for what anybody can have fetched, so that nobody's keys wait for that
/// @param strangers one for what anybody may name: it goes to no place that was opened for others
/// @param anybody one for what documents of others name: it goes to no place that was opened at all
public record Outbound(
        Catalogue platforms,
        Vault vault,
        Verification verification,
        PlatformProxy proxy,
        Refresher refresher,
        PlatformClients clients,
        SessionVault sessions,
        Redeeming redeeming,
        Egress egress,
        Egress documents,
        Egress requested,
        Egress strangers,
        Egress anybody)
        implements AutoCloseable {
    /// The most bytes of a platform's answer.
    private static final int MOST = 2 * 1024 * 1024;

    /// RFC 9101 section 5.2.3, and what was in use before it.
    private static final Set<String> REQUESTS =
            Set.of("application/oauth-authz-req+jwt", "application/jwt", "application/jose");

    private static final Limits DOCUMENTS =
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5), 16 * 1024, 4, 32);

    /// Puts the parts together.
    ///
    /// @param nanos monotonic time
    /// @param listeners hear of requests, by what they are for
    /// @throws ConnectException when one of the operator's files cannot be used
    public static Outbound open(
            NodeConfig.Outbound config,
            ConnectionStore store,
            InstantSource clock,
            Custody custody,
            Resolver resolver,
            LongSupplier nanos,
            RandomGenerator random,
            Function<String, EgressListener> listeners) {
        Catalogue platforms = OwnFiles.catalogue(config.platforms());
        var clients = OwnFiles.clients(config.clients(), platforms);
        Egress egress = egress(config, Limits.DEFAULT, resolver, nanos, listeners.apply("platforms"));
        Egress documents = egress(config, DOCUMENTS, resolver, nanos, listeners.apply("documents"));
        Egress requested = egress(config, DOCUMENTS, resolver, nanos, listeners.apply("requests"));
        Egress strangers = egress(config.documents(), DOCUMENTS, resolver, nanos, listeners.apply("client_documents"));
        Egress anybody = egress(List.of(), DOCUMENTS, resolver, nanos, listeners.apply("provider_documents"));
        Vault vault = new CustodyVault(custody);
        TokenEndpoint tokens = new TokenEndpoint(egress, clients, new Assertions(clock, random));
        Refresher refresher =
                new Refresher(store, clock, nanos, platforms, vault, tokens, Pause.REAL, random, Milestones.NONE);
        Verification verification = new Verification(egress, tokens, clock);
        return new Outbound(
                platforms,
                vault,
                verification,
                new PlatformProxy(refresher, egress, MOST),
                refresher,
                clients,
                new SessionVault(custody),
                new Redeeming(tokens, verification, clock),
                egress,
                documents,
                requested,
                strangers,
                anybody);
    }

    /// Gets key sets that clients keep themselves.
    public KeyFetch keys() {
        return new FetchedKeys(documents);
    }

    /// Gets signed requests that clients keep themselves.
    public RequestReferences requests(InstantSource clock) {
        return new RequestReferences(new FetchedTexts(requested, REQUESTS, RequestObject.MAX_LENGTH)::request, clock);
    }

    /// Gets the lists of sectors.
    public Sectors sectors() {
        return sectors(documents);
    }

    /// The same for clients that nobody registered.
    public Sectors sectorsOfStrangers() {
        return sectors(strangers);
    }

    private static Sectors sectors(Egress egress) {
        return new Sectors(new FetchedTexts(egress, Set.of("application/json"), Sectors.MAX_LENGTH));
    }

    /// Gets metadata of clients that nobody registered.
    public DocumentFetch metadata() {
        return new FetchedDocuments(strangers);
    }

    /// A client to all that the operator opened, for whoever has to be bounded apart from calls of platforms.
    ///
    /// @throws ConnectException when one of the operator's files cannot be used
    public static Egress egress(
            NodeConfig.Outbound config, Limits limits, Resolver resolver, LongSupplier nanos, EgressListener listener) {
        return egress(config.allow(), limits, resolver, nanos, listener);
    }

    private static Egress egress(
            List<NodeConfig.Allowed> open,
            Limits limits,
            Resolver resolver,
            LongSupplier nanos,
            EgressListener listener) {
        return new Egress(open.stream().map(Outbound::opening).toList(), limits, resolver, nanos, listener);
    }

    private static Opening opening(NodeConfig.Allowed allowed) {
        return allowed.certificate()
                .map(file -> allowed.opening().trusting(certificate(file)))
                .orElse(allowed.opening());
    }

    private static X509Certificate certificate(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new ConnectException("egress.allow: " + file + " is not one certificate in PEM.", e);
        }
    }

    @Override
    public void close() {
        refresher.close();
        egress.close();
        documents.close();
        requested.close();
        strangers.close();
        anybody.close();
    }
}
