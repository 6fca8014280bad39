package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestAuthority.Issued;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Tokens that are bound to the certificate of a connection (RFC 8705 sections 3 and 4).
class CertificateBoundTest extends MutualTlsFixture {
    private static final String BOUND = ",\"tls_client_certificate_bound_access_tokens\":true";

    private final Issued mine = STRANGERS.issue("whatever.example");
    private final Issued other = STRANGERS.issue("whatever.example");

    private Client bound() {
        return client("self_signed_tls_client_auth", BOUND, "\"jwks\":" + SigningClient.jwks("one", mine.keys()));
    }

    private void notHolder(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate")).startsWith("Bearer ").contains("error=\"invalid_token\"");
    }

    @Test
    void aBoundTokenOpensOverConnectionsOfItsCertificateOnly() {
        HttpClient over = connection(mine);
        String token = token(over, bound());
        assertThat(payload(token).get("cnf").get("x5t#S256").asString()).isEqualTo(thumbprint(mine));
        assertThat(get(over, "/things", "Bearer " + token).status()).isEqualTo(200);
        assertThat(get(connection(Optional.of(mine), Version.HTTP_1_1), "/things", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        for (Version version : Version.values()) {
            notHolder(get(connection(Optional.of(other), version), "/things", "Bearer " + token));
            notHolder(get(connection(Optional.empty(), version), "/things", "Bearer " + token));
        }
        assertThat(get(over, "/things", "DPoP " + token).status()).isEqualTo(401);
        assertThat(get(over, "/things", "Bearer " + token).status())
                .as("the connection is kept")
                .isEqualTo(200);
    }

    @Test
    void whoAsksAboutATokenIsToldOfItsCertificate() {
        Client client = bound();
        HttpClient over = connection(mine);
        Got about =
                post(over, "/oauth2/introspect", "token=" + token(over, client) + "&client_id=" + client.clientId());
        assertThat(about.json().get("cnf").get("x5t#S256").asString()).isEqualTo(thumbprint(mine));
        assertThat(about.json().get("token_type").asString()).isEqualTo("Bearer");
    }

    /// Many a connection has a certificate: nothing is bound that nobody wants bound, and nothing is kept from
    /// anybody.
    @Test
    void aTokenIsBoundOnlyWhereThatIsWanted() {
        Client client = client("self_signed_tls_client_auth", "", "\"jwks\":" + SigningClient.jwks("one", mine.keys()));
        String token = token(connection(mine), client);
        assertThat(payload(token).has("cnf")).isFalse();
        assertThat(get(connection(other), "/things", "Bearer " + token).status())
                .isEqualTo(200);
        assertThat(get(connection(Optional.empty(), Version.HTTP_2), "/things", "Bearer " + token)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whereItIsWantedNothingIsIssuedWithoutACertificate() {
        Customer customer = Customer.create(server, "one", role);
        server.admin(
                "PATCH",
                "/v1/applications/" + customer.application(),
                "{\"tls_client_certificate_bound_access_tokens\":true}");
        String basic = RunningServer.basic(customer.clientId(), customer.secret());
        Got without = through("behind", "secure", "POST /oauth2/token", GRANT, "Authorization: " + basic);
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().get("error").asString()).isEqualTo("invalid_request");
        Got with = through("behind", "secure", "POST /oauth2/token", GRANT, "Authorization: " + basic, header(mine));
        assertThat(with.status()).as(with.text()).isEqualTo(200);
        assertThat(payload(with.json().get("access_token").asString())
                        .get("cnf")
                        .get("x5t#S256")
                        .asString())
                .isEqualTo(thumbprint(mine));
    }

    /// Through a proxy, and where a proxy asks (`/verify`).
    @Test
    void proxiesTellOfTheCertificate() {
        String token = token(connection(mine), bound());
        String bearer = "Authorization: Bearer " + token;
        assertThat(through("behind", "secure", "GET /things", "", bearer, header(mine))
                        .status())
                .isEqualTo(200);
        assertThat(through("behind", "secure", "GET /things", "", bearer, header(other))
                        .status())
                .isEqualTo(401);
        assertThat(through("behind", "secure", "GET /things", "", bearer).status())
                .isEqualTo(401);
        assertThat(through("elsewhere", "secure", "GET /things", "", bearer, header(mine))
                        .status())
                .isEqualTo(401);
        for (Map.Entry<String, Integer> asked :
                Map.of(header(mine), 200, header(other), 401, "X-None: 1", 401).entrySet()) {
            assertThat(through(
                                    "verify",
                                    "verify",
                                    "GET /verify",
                                    "",
                                    bearer,
                                    asked.getKey(),
                                    "X-Forwarded-Method: GET",
                                    "X-Forwarded-Uri: /things",
                                    "X-Forwarded-Host: secure.example",
                                    "X-Forwarded-Proto: https",
                                    "X-Forwarded-For: 192.0.2.9")
                            .status())
                    .isEqualTo(asked.getValue());
        }
    }

    /// RFC 8705 section 4: what a public client refreshes with is bound from the first answer on.
    @Test
    void aPublicClientRefreshesOverItsCertificateOnly() {
        String scoped = Setup.role(server, "reader", List.of("openid", "offline_access", "things:read"), "orders");
        CodeFlow flow = CodeFlow.at(server, Setup.root(server), scoped, "none");
        String application = "";
        for (JsonNode one : server.admin("GET", "/v1/organizations/" + Setup.root(server) + "/applications", "")
                .json()
                .get("items")) {
            application = one.get("client_id").asString().equals(flow.clientId())
                    ? one.get("id").asString()
                    : application;
        }
        Got changed = server.admin(
                "PATCH", "/v1/applications/" + application, "{\"tls_client_certificate_bound_access_tokens\":true}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        String code = flow.allowed("/oauth2/authorize?response_type=code&client_id=" + flow.clientId()
                        + "&redirect_uri=https%3A%2F%2Fapp.example%2Fback&scope=openid%20offline_access&code_challenge_method=S256"
                        + "&code_challenge=" + CodeFlow.CHALLENGE)
                .get("code");
        String redeem = "grant_type=authorization_code&client_id=" + flow.clientId()
                + "&redirect_uri=https%3A%2F%2Fapp.example%2Fback&code_verifier=" + CodeFlow.VERIFIER + "&code=" + code;
        assertThat(through("behind", "orders", "POST /oauth2/token", redeem).status())
                .isEqualTo(400);
        Got first = through("behind", "orders", "POST /oauth2/token", redeem, header(mine));
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        String refresh = "grant_type=refresh_token&client_id=" + flow.clientId() + "&refresh_token="
                + first.json().get("refresh_token").asString();
        assertThat(through("behind", "orders", "POST /oauth2/token", refresh).status())
                .isEqualTo(400);
        Got foreign = through("behind", "orders", "POST /oauth2/token", refresh, header(other));
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.json().get("error").asString()).isEqualTo("invalid_grant");
        Got next = through("behind", "orders", "POST /oauth2/token", refresh, header(mine));
        assertThat(next.status()).as(next.text()).isEqualTo(200);
        String bearer =
                "Authorization: Bearer " + next.json().get("access_token").asString();
        assertThat(through("behind", "orders", "GET /oauth2/userinfo", "", bearer, header(mine))
                        .status())
                .isEqualTo(200);
        assertThat(through("behind", "orders", "GET /oauth2/userinfo", "", bearer, header(other))
                        .status())
                .isEqualTo(401);
        assertThat(through("behind", "orders", "GET /oauth2/userinfo", "", bearer)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aClientIsBoundToOneOfTheTwo() {
        Got both = server.admin(
                "POST",
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"both\",\"role\":\"" + role + "\",\"dpop_bound_access_tokens\":true" + BOUND + "}");
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.text()).contains("dpop_bound_access_tokens");
    }

    /// Whoever signs proofs at every server that takes them is bound to its certificate all the same; what is
    /// no proof is refused, and each counts once.
    @Test
    void aProofBesideTheCertificateIsLookedAtAndDoesNotBind() {
        Client client = bound();
        HttpClient over = connection(mine);
        ProofKey key = ProofKey.draw();
        String proof = key.proof("POST", secure() + "/oauth2/token", clock.instant());
        Got got = proving(over, client, proof);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("Bearer");
        JsonNode confirmed = payload(got.json().get("access_token").asString()).get("cnf");
        assertThat(confirmed.get("x5t#S256").asString()).isEqualTo(thumbprint(mine));
        assertThat(confirmed.has("jkt")).isFalse();
        for (String wrong : List.of(proof, "nonsense")) {
            Got refused = proving(over, client, wrong);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().get("error").asString()).isEqualTo("invalid_dpop_proof");
        }
    }

    private Got proving(HttpClient over, Client client, String proof) {
        return send(
                over,
                HttpRequest.newBuilder(URI.create(secure() + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("DPoP", proof)
                        .POST(BodyPublishers.ofString(GRANT + "&client_id=" + client.clientId())));
    }

    @Test
    void anApiWantsOneOfTheTwo() {
        Got both = server.admin(
                "POST",
                "/v1/apis",
                "{\"name\":\"both\",\"issuer\":\"https://both.example\",\"dpop_bound_access_tokens\":true" + BOUND
                        + "}");
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.text()).contains("dpop_bound_access_tokens");
    }

    /// What is published has to be served.
    @Test
    void certificatesAreAskedForAtAHostOfTheApi() {
        for (String wrong : List.of("https://elsewhere.example", "https://own.example/gw", "https://own.example/")) {
            Got got = server.admin(
                    "POST",
                    "/v1/apis",
                    "{\"name\":\"own\",\"issuer\":\"https://own.example\",\"hosts\":[\"own.example\"],\"mtls_base\":\""
                            + wrong + "\"}");
            assertThat(got.status()).as(wrong).isEqualTo(400);
            assertThat(got.text()).contains("mtls_base");
        }
    }

    /// FAPI 2.0 Security Profile section 5.3.2.1: one of the two is needed, and the answer names both.
    @Test
    void aProfileWithoutEitherIsToldOfBoth() {
        Client client = client(
                "private_key_jwt", ",\"profile\":\"fapi2\"", "\"jwks\":" + SigningClient.jwks("one", mine.keys()));
        SigningClient signing = new SigningClient(
                Setup.root(server), client.application(), client.clientId(), client.credential(), mine.keys(), "one");
        Got got = post(
                connection(Optional.empty(), Version.HTTP_2),
                "/oauth2/token",
                SigningClient.form(signing.assertion(secure(), clock.instant()), GRANT));
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_request");
        assertThat(got.json().get("error_description").asString()).contains("DPoP", "certificate");
    }

    /// What is exchanged has to be shown by its certificate, and stays bound to it, whatever proof comes beside.
    @Test
    void aBoundTokenIsExchangedOverItsCertificateOnly() {
        Customer customer = Customer.create(server, "one", role);
        server.admin("PATCH", "/v1/applications/" + customer.application(), "{" + BOUND.substring(1) + "}");
        String basic = "Authorization: " + RunningServer.basic(customer.clientId(), customer.secret());
        Got first = through("behind", "secure", "POST /oauth2/token", GRANT, basic, header(mine));
        server.admin(
                "PATCH",
                "/v1/applications/" + customer.application(),
                "{\"tls_client_certificate_bound_access_tokens\":false}");
        String exchange = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token="
                + first.json().get("access_token").asString()
                + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";
        String proof = "DPoP: " + ProofKey.draw().proof("POST", secure() + "/oauth2/token", clock.instant());
        assertThat(through("behind", "secure", "POST /oauth2/token", exchange, basic)
                        .status())
                .isEqualTo(400);
        assertThat(through("behind", "secure", "POST /oauth2/token", exchange, basic, proof)
                        .status())
                .isEqualTo(400);
        assertThat(through("behind", "secure", "POST /oauth2/token", exchange, basic, header(other))
                        .status())
                .isEqualTo(400);
        Got got = through("behind", "secure", "POST /oauth2/token", exchange, basic, header(mine), proof);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(payload(got.json().get("access_token").asString())
                        .get("cnf")
                        .get("x5t#S256")
                        .asString())
                .isEqualTo(thumbprint(mine));
    }

    /// FAPI 2.0 Security Profile section 5.3.2.1: either binds.
    @Test
    void aProfileTakesCertificates() {
        Client client = client(
                "self_signed_tls_client_auth",
                ",\"profile\":\"fapi2\"",
                "\"jwks\":" + SigningClient.jwks("one", mine.keys()));
        String token = token(connection(mine), client);
        assertThat(payload(token).get("cnf").get("x5t#S256").asString()).isEqualTo(thumbprint(mine));
        notHolder(get(connection(other), "/things", "Bearer " + token));
    }
}
