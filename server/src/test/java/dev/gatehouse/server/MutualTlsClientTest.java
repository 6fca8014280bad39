package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Clients whose connection proves them (RFC 8705 section 2), over TLS and through proxies (GAUNTLET C04).
class MutualTlsClientTest extends MutualTlsFixture {
    private final Instant later = Instant.now().plus(10, ChronoUnit.DAYS);

    private Client named() {
        return client("tls_client_auth", "", "\"tls_client_auth_san_dns\":\"reports.example\"");
    }

    private void refused(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void aNameThatAnAuthoritySignedProvesAClient() {
        Client client = named();
        for (Version version : Version.values()) {
            HttpClient over = connection(Optional.of(CLIENTS.issue("reports.example")), version);
            token(over, client);
            token(over, client);
        }
        token(connection(CLIENTS.issue("EC", later, "other.example", "reports.example")), client);
        for (Issued wrong : List.of(
                CLIENTS.issue("other.example"),
                STRANGERS.issue("reports.example"),
                SERVERS.issue("reports.example"),
                new TestAuthority("clients").issue("reports.example"),
                CLIENTS.issue("EC", Instant.now().minusSeconds(60), "reports.example"))) {
            refused(ask(connection(wrong), client));
        }
        refused(ask(connection(Optional.empty(), Version.HTTP_2), client));
    }

    @Test
    void eachKindOfNameIsTaken() {
        Issued shown = CLIENTS.issue("192.0.2.7");
        token(connection(shown), client("tls_client_auth", "", "\"tls_client_auth_san_ip\":\"192.0.2.7\""));
        token(connection(shown), client("tls_client_auth", "", "\"tls_client_auth_subject_dn\":\"cn=Leaf\""));
        refused(ask(
                connection(shown), client("tls_client_auth", "", "\"tls_client_auth_subject_dn\":\"CN=leaf,O=x\"")));
        refused(ask(connection(shown), client("tls_client_auth", "", "\"tls_client_auth_san_uri\":\"https://leaf/\"")));
        refused(ask(
                connection(shown), client("tls_client_auth", "", "\"tls_client_auth_san_email\":\"a@leaf.example\"")));
    }

    /// Whoever signed it, the key is the client's; another key replaces it, as the set says.
    @Test
    void aKeyOfItsOwnProvesAClientWhoeverSignedForIt() {
        Issued first = STRANGERS.issue("whatever.example");
        Client client =
                client("self_signed_tls_client_auth", "", "\"jwks\":" + SigningClient.jwks("one", first.keys()));
        token(connection(first), client);
        Issued next = CLIENTS.issue("whatever.example");
        refused(ask(connection(next), client));
        Got rotated = server.admin(
                "POST",
                "/v1/credentials/" + client.credential() + "/rotate",
                "{\"jwks\":" + SigningClient.jwks("two", next.keys()) + ",\"overlap_seconds\":0}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        token(connection(next), client);
        refused(ask(connection(first), client));
    }

    @Test
    void anExpiredCertificateOfItsOwnKeyDoesNotCount() {
        Issued over = STRANGERS.issue("EC", Instant.now().minusSeconds(60), "whatever.example");
        refused(ask(
                connection(over),
                client("self_signed_tls_client_auth", "", "\"jwks\":" + SigningClient.jwks("one", over.keys()))));
    }

    /// The method is pinned: neither a key in place of a name nor the other way round, nor an assertion.
    @Test
    void oneMethodIsNoOther() {
        Issued shown = CLIENTS.issue("reports.example");
        String jwks = "\"jwks\":" + SigningClient.jwks("one", shown.keys());
        String name = "\"tls_client_auth_san_dns\":\"reports.example\"";
        HttpClient over = connection(shown);
        refused(ask(over, client("tls_client_auth", "", jwks)));
        refused(ask(over, client("self_signed_tls_client_auth", "", name)));
        refused(ask(over, client("private_key_jwt", "", jwks)));
        refused(ask(over, client("client_secret_basic", "", name)));
        Client client = named();
        SigningClient signing = new SigningClient(
                Setup.root(server), client.application(), client.clientId(), client.credential(), shown.keys(), "one");
        refused(post(over, "/oauth2/token", SigningClient.form(signing.assertion(secure(), clock.instant()), GRANT)));
    }

    /// What stands above the name stops the client, whatever it shows.
    @Test
    void theNameIsACredentialThatCanBeHeld() {
        Client client = named();
        HttpClient over = connection(CLIENTS.issue("reports.example"));
        String token = token(over, client);
        assertThat(get(over, "/things", "Bearer " + token).status()).isEqualTo(200);
        server.admin("POST", "/v1/credentials/" + client.credential() + "/suspend", "");
        refused(ask(over, client));
        assertThat(get(over, "/things", "Bearer " + token).status()).isEqualTo(401);
    }

    /// The same at the endpoints that ask about tokens and end them.
    @Test
    void aCertificateProvesAClientAtOtherEndpoints() {
        Client client = named();
        HttpClient over = connection(CLIENTS.issue("reports.example"));
        String about = "token=" + token(over, client) + "&client_id=" + client.clientId();
        HttpClient stranger = connection(STRANGERS.issue("reports.example"));
        refused(post(stranger, "/oauth2/introspect", about));
        refused(post(stranger, "/oauth2/revoke", about));
        assertThat(post(over, "/oauth2/introspect", about).json().get("active").asBoolean())
                .isTrue();
        assertThat(post(over, "/oauth2/revoke", about).status()).isEqualTo(200);
        assertThat(post(over, "/oauth2/introspect", about).json().get("active").asBoolean())
                .isFalse();
    }

    /// Only whoever is named may say what certificate a client has shown.
    @Test
    void aHeaderCountsFromTrustedProxiesOnly() {
        Client client = named();
        String form = GRANT + "&client_id=" + client.clientId();
        Issued shown = CLIENTS.issue("reports.example");
        assertThat(through("behind", "secure", "POST /oauth2/token", form, header(shown))
                        .status())
                .isEqualTo(200);
        assertThat(through("behind", "secure", "POST /oauth2/token", form).status())
                .isEqualTo(401);
        assertThat(through("elsewhere", "secure", "POST /oauth2/token", form, header(shown))
                        .status())
                .isEqualTo(401);
        assertThat(through("behind", "secure", "POST /oauth2/token", form, header(shown), header(shown))
                        .status())
                .isEqualTo(400);
        assertThat(through("behind", "secure", "POST /oauth2/token", form, "Client-Cert: :AAAA:")
                        .status())
                .isEqualTo(400);
        assertThat(through(
                                "behind",
                                "secure",
                                "POST /oauth2/token",
                                form,
                                header(shown),
                                "X-Forwarded-For: 192.0.2.1",
                                "X-Forwarded-Proto: https")
                        .status())
                .as("what real proxies send")
                .isEqualTo(200);
        assertThat(through(
                                "behind",
                                "secure",
                                "POST /oauth2/token",
                                form,
                                header(shown),
                                "X-Forwarded-For: 192.0.2.1",
                                "X-Forwarded-Proto: http")
                        .status())
                .as("nobody shows a certificate without TLS")
                .isEqualTo(400);
    }

    /// As nginx writes `$ssl_client_escaped_cert`: a plus sign of base64 may come as it is.
    @Test
    void aHeaderMayBeEscaped() {
        Client client = named();
        String form = GRANT + "&client_id=" + client.clientId();
        Issued shown = CLIENTS.issue("reports.example");
        String escaped =
                URLEncoder.encode(shown.pem(), StandardCharsets.US_ASCII).replace("+", "%20");
        for (String value : List.of(escaped, escaped.replace("%2B", "+"))) {
            assertThat(through("partner", "secure", "POST /oauth2/token", form, "X-Partner-Cert: " + value)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(through("partner", "secure", "POST /oauth2/token", form, header(shown))
                        .status())
                .as("the header of another listener")
                .isEqualTo(401);
    }

    /// Whoever sends it, in whatever spelling (GAUNTLET C04, K02).
    @Test
    void theHeaderGoesToNoUpstream() {
        String value = header(CLIENTS.issue("reports.example")).substring("Client-Cert: ".length());
        for (String listener : List.of("partner", "stranger")) {
            for (String name : List.of("X-Partner-Cert", "x-partner-cert", "X_Partner_Cert", "ssl-client-verify")) {
                Got seen = through(
                        listener,
                        "secure",
                        "GET /open/x",
                        "",
                        name + ": " + value,
                        "X-Forwarded-For: 192.0.2.1",
                        "X-Kept: kept");
                assertThat(seen.status()).isEqualTo(200);
                assertThat(seen.text().toLowerCase(Locale.ROOT))
                        .as("%s at %s", name, listener)
                        .contains("x-kept")
                        .doesNotContain(name.toLowerCase(Locale.ROOT));
            }
        }
    }

    @Test
    void theDocumentNamesTheMethodsAndWhereTheyAre() {
        var document = send(
                        connection(Optional.empty(), Version.HTTP_2),
                        java.net.http.HttpRequest.newBuilder(
                                java.net.URI.create(secure() + "/.well-known/oauth-authorization-server")))
                .json();
        assertThat(document.get("token_endpoint_auth_methods_supported").toString())
                .contains("\"tls_client_auth\"", "\"self_signed_tls_client_auth\"");
        assertThat(document.get("tls_client_certificate_bound_access_tokens").asBoolean())
                .isTrue();
        var aliases = document.get("mtls_endpoint_aliases");
        assertThat(aliases.get("token_endpoint").asString()).isEqualTo("https://mtls.example/oauth2/token");
        assertThat(aliases.get("introspection_endpoint").asString())
                .isEqualTo("https://mtls.example/oauth2/introspect");
    }

    @Test
    void oneNameAndNothingBesideIt() {
        String application = client("tls_client_auth", "", "\"tls_client_auth_san_dns\":\"a.example\"")
                .application();
        for (String wrong : List.of(
                "\"tls_client_auth_san_dns\":\"a.example\",\"tls_client_auth_san_ip\":\"192.0.2.7\"",
                "\"tls_client_auth_san_dns\":\"not a host\"",
                "\"tls_client_auth_subject_dn\":\"nonsense\"",
                "\"tls_client_auth_san_dns\":\"a.example\",\"jwks_uri\":\"https://a.example/jwks\"")) {
            assertThat(server.admin(
                                    "POST",
                                    "/v1/applications/" + application + "/credentials",
                                    "{\"kind\":\"public_key\",\"name\":\"d\",\"scopes\":\"role\"," + wrong + "}")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(server.admin(
                                "POST",
                                "/v1/applications/" + application + "/credentials",
                                "{\"kind\":\"secret\",\"name\":\"d\",\"scopes\":\"role\",\"tls_client_auth_san_dns\":\"a.example\"}")
                        .status())
                .isEqualTo(400);
    }
}
