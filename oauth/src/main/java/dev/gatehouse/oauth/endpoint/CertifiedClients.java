package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Named;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.oauth.mtls.ClientCertificates;
import java.time.Instant;
import java.time.InstantSource;

/// Clients whose connection proves them (`tls_client_auth`, `self_signed_tls_client_auth`: RFC 8705 section 2):
/// the request names the client, the handshake has shown that whoever sends it has the key of a certificate,
/// and that has to be the client's. What comes after that goes by the client as if it had shown a secret.
/// Nothing is used up. Blocks.
///
/// Many a connection has a certificate that means nothing here, so who is registered in another way is left as
/// it is.
public final class CertifiedClients {
    private final Verifier verifier;
    private final ClientCertificates certificates;
    private final InstantSource clock;

    /// @param certificates tells whose one is
    public CertifiedClients(Verifier verifier, ClientCertificates certificates, InstantSource clock) {
        this.verifier = verifier;
        this.certificates = certificates;
        this.clock = clock;
    }

    /// What naming a client comes to, over a connection with this certificate.
    ClientAuthentication.Read proven(
            ClientAuthentication.Read.Named named, CallerCertificate shown, HttpFacts http, Api api) {
        return switch (verifier.named(named.clientId(), api, ask(http), http.arrivedNanos())) {
            case Named.Refused(Refusal refusal) -> failed(refusal);
            case Named.Known(Actor actor) -> {
                ClientMethod method = actor.application().terms().method();
                yield method.certified() ? proven(named.clientId(), method, shown, http, api) : named;
            }
        };
    }

    private ClientAuthentication.Read proven(
            String clientId, ClientMethod method, CallerCertificate shown, HttpFacts http, Api api) {
        Instant now = clock.instant();
        Presented presented =
                new Presented.Connected(clientId, method, kept -> certificates.matches(shown, method, kept, now), now);
        return switch (verifier.verifyAtOnce(presented, api, ask(http), http.arrivedNanos())) {
            case Checked.Refused(Refusal refusal) -> failed(refusal);
            case Checked.Allowed(var allowed) ->
                new ClientAuthentication.Read.Shown(
                        new Presented.Vouched(
                                clientId, allowed.members().credential().id(), method),
                        false);
        };
    }

    private static Ask ask(HttpFacts http) {
        return new Ask.Authenticate(http.from());
    }

    private static ClientAuthentication.Read failed(Refusal refusal) {
        return new ClientAuthentication.Read.Failed(OAuthError.of(refusal, false), refusal);
    }
}
