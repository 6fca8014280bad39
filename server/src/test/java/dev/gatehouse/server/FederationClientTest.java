package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What an identity provider is, as data, and how we prove ourselves to it (OpenID Connect Core section 9).
class FederationClientTest extends FederationWorld {
    @Test
    void aSecretInTheBodyIsNowhereElse() {
        joining();
        changed("\"token_endpoint_auth_method\":\"client_secret_post\"");
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        assertThat(provider.redeemed().getLast())
                .containsEntry("client_id", "gatehouse")
                .containsEntry("client_secret", FakeProvider.SECRET)
                .doesNotContainKeys("Authorization", "client_assertion");
    }

    @Test
    void anAssertionIsUnderAPublishedKeyAndForTheProviderAlone() throws GeneralSecurityException {
        joining();
        Got got = server.admin(
                "PATCH",
                PROVIDERS + "/" + acme,
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"client_secret\":\"x\"}");
        assertThat(got.status()).as("no secret then").isEqualTo(400);
        changed("\"token_endpoint_auth_method\":\"private_key_jwt\"");
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        Map<String, String> form = provider.redeemed().getLast();
        assertThat(form)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKeys("client_secret", "Authorization");
        String[] parts = form.get("client_assertion").split("\\.", -1);
        JsonNode head = RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        JsonNode claims = RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(head.get("typ").asString()).isEqualTo("client-authentication+jwt");
        assertThat(claims.get("iss").asString()).isEqualTo("gatehouse");
        assertThat(claims.get("sub").asString()).isEqualTo("gatehouse");
        assertThat(claims.get("aud").asString()).isEqualTo(provider.issuer());
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(60);
        assertThat(claims.get("jti").asString()).hasSize(22);
        JsonNode jwk = server.call("orders", "GET", "/oauth2/assertion-keys")
                .json()
                .get("keys")
                .get(0);
        assertThat(jwk.get("kid").asString()).isEqualTo(head.get("kid").asString());
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        check.initVerify(KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(number(jwk, "x"), number(jwk, "y")),
                        curve.getParameterSpec(ECParameterSpec.class))));
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        got = server.admin("PATCH", PROVIDERS + "/" + acme, "{\"token_endpoint_auth_method\":\"client_secret_basic\"}");
        assertThat(got.status()).as("the secret is gone").isEqualTo(400);
    }

    private static BigInteger number(JsonNode jwk, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.get(name).asString()));
    }

    @Test
    void aSecretIsNeverShownAgain() {
        for (String text : new String[] {
            server.admin("GET", PROVIDERS, "").text(),
            server.admin("GET", PROVIDERS + "/" + acme, "").text(),
            changed("\"client_secret\":\"another\"").text(),
            server.admin("GET", "/v1/audit", "").text()
        }) {
            assertThat(text).contains("idp_").doesNotContain("secret\":", FakeProvider.SECRET, "another");
        }
        joining();
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(provider.redeemed()
                                        .getLast()
                                        .get("Authorization")
                                        .substring(6)),
                        StandardCharsets.UTF_8))
                .isEqualTo("gatehouse:another");
    }

    @Test
    void itSaysWhereBrowsersComeBack() {
        JsonNode shown = server.admin("GET", PROVIDERS + "/" + acme, "").json();
        assertThat(shown.get("redirect_uris").toString())
                .isEqualTo("[\"" + server.base("orders") + "/oauth2/federation/acme/callback\"]");
        assertThat(shown.get("apis").toString()).isEqualTo("[\"orders\"]");
        assertThat(shown.get("active").asBoolean()).isTrue();
    }

    /// GAUNTLET J06, A06: addresses that are none, and what is not an issuer.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https://",
                "https://a.example?x=1",
                "https://a.example#x",
                "https://user@a.example",
                "https://a.example/ x",
                "ftp://a.example",
                "//a.example"
            })
    void anIssuerIsAnAddress(String issuer) {
        Got got = server.admin("POST", PROVIDERS, asked("other", issuer, ""));
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("detail").asString()).startsWith("issuer ");
    }

    @Test
    void anIssuerAndANameAreOfOneProvider() {
        assertThat(server.admin("POST", PROVIDERS, asked("other", provider.issuer(), ""))
                        .status())
                .isEqualTo(409);
        assertThat(server.admin("POST", PROVIDERS, asked("acme", "https://other.example", ""))
                        .status())
                .isEqualTo(409);
        assertThat(server.admin("PATCH", PROVIDERS + "/" + acme, "{\"issuer\":\"https://evil.test\"}")
                        .status())
                .isEqualTo(400);
        Got stale = server.admin("PATCH", PROVIDERS + "/" + acme, "{\"title\":\"X\",\"version\":7}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(server.admin(
                                "POST",
                                PROVIDERS,
                                asked("x", "https://x.example", "").replace("\"orders\"", "\"none\""))
                        .status())
                .isEqualTo(400);
    }

    /// GAUNTLET J06: an internal host that nobody opened is not asked.
    @Test
    void whatTheOperatorDidNotOpenIsNotAsked() {
        String id = Customer.created(server, PROVIDERS, asked("inside", "https://127.0.0.1:8443", ""))
                .get("id")
                .asString();
        assertThat(id).startsWith("idp_");
        Reader reader = reader();
        reader.open(SIGN_IN);
        assertThat(reader.send(FEDERATION, "provider", "inside").status()).isEqualTo(503);
    }

    /// H05, H07: nobody lets others have what it does not hold.
    @Test
    void onlyTheProviderSaysWhoSaysWhoPeopleAre() {
        String organization = made("/v1/organizations", "\"name\":\"Below\"");
        String own = "/v1/organizations/" + organization;
        String admins =
                made(own + "/roles", "\"name\":\"a\",\"rights\":{\"gatehouse\":[\"apis:read\",\"apis:write\"]}");
        String application = made(own + "/applications", "\"name\":\"a\",\"role\":\"" + admins + "\"");
        Secret key = Secret.of(Customer.created(
                        server,
                        "/v1/applications/" + application + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":\"role\"}")
                .get("secret")
                .asString());
        String one = PROVIDERS + "/" + acme;
        assertThat(server.admin(key, "GET", PROVIDERS, "").status()).isEqualTo(403);
        assertThat(server.admin(key, "POST", PROVIDERS, asked("mine", "https://mine.example", ""))
                        .status())
                .isEqualTo(403);
        assertThat(server.admin(key, "GET", one, "").status()).isEqualTo(404);
        assertThat(server.admin(key, "PATCH", one, "{\"active\":false}").status())
                .isEqualTo(404);
        assertThat(server.admin(key, "DELETE", one, "").status()).isEqualTo(404);
        assertThat(server.admin("GET", one, "").json().get("active").asBoolean())
                .isTrue();
    }

    /// H04: what lets people in takes the right to make them, and nobody makes owners so.
    @Test
    void whatAProviderMayDoToUsersTakesTheRightToDoThat() {
        String root = Setup.root(server);
        String own = "/v1/organizations/" + root;
        Secret apis = key(own, "apis", "\"apis:read\",\"apis:write\"");
        Secret users = key(own, "users", "\"apis:read\",\"apis:write\",\"users:read\",\"users:write\"");
        String one = PROVIDERS + "/" + acme;
        String none = made(own + "/roles", "\"name\":\"none\",\"rights\":{}");
        String joining = "{\"joining\":{\"organization\":\"" + root + "\",\"role\":\"" + none + "\"}}";
        assertThat(server.admin(apis, "PATCH", one, "{\"title\":\"Other\"}").status())
                .isEqualTo(200);
        for (String more : List.of(joining, "{\"trusted\":[\"mfa\"]}")) {
            assertThat(server.admin(apis, "PATCH", one, more).status()).as(more).isEqualTo(403);
            assertThat(server.admin(users, "PATCH", one, more).status())
                    .as(more)
                    .isEqualTo(200);
        }
        assertThat(server.admin(apis, "PATCH", one, "{\"trusted\":[]}").status())
                .isEqualTo(200);
        assertThat(server.admin(apis, "POST", PROVIDERS, asked("b", "https://b.example", ",\"trusted\":[\"mfa\"]"))
                        .status())
                .isEqualTo(403);
        String owner = "";
        for (JsonNode role : server.admin("GET", own + "/roles", "").json().get("items")) {
            owner = role.get("built_in").asBoolean() ? role.get("id").asString() : owner;
        }
        assertThat(owner).isNotEmpty();
        Got made = server.admin("PATCH", one, joining.replace(none, owner));
        assertThat(made.status()).as(made.text()).isEqualTo(400);
        changed("\"trusted\":[\"otp\"]");
        assertThat(server.admin("GET", "/v1/audit", "").text())
                .contains("\"trusted\":\"otp\"", "\"joining\":\"" + root + " " + none + "\"");
    }

    /// H04: whom a provider that is believed lets in besides loses a second factor as well.
    @Test
    void whoeverIsLetInBesidesIsWhoseFactorIsTakenAway() {
        String own = "/v1/organizations/" + Setup.root(server);
        Secret apis = key(own, "apis", "\"apis:read\",\"apis:write\"");
        String below = made("/v1/organizations", "\"name\":\"Below\"");
        String one = PROVIDERS + "/" + acme;
        changed("\"trusted\":[\"mfa\"],\"organizations\":[\"" + below + "\"]");
        String wide = "{\"organizations\":[]}";
        assertThat(server.admin(apis, "PATCH", one, wide).status()).isEqualTo(403);
        assertThat(server.admin(apis, "PATCH", one, "{\"organizations\":[\"" + below + "\"],\"title\":\"T\"}")
                        .status())
                .isEqualTo(200);
        changed("\"trusted\":[]");
        assertThat(server.admin(apis, "PATCH", one, wide).status())
                .as("nobody's factor")
                .isEqualTo(200);
        changed("\"trusted\":[\"mfa\"]");
        assertThat(server.admin(apis, "PATCH", one, "{\"organizations\":[\"" + below + "\"]}")
                        .status())
                .as("fewer")
                .isEqualTo(200);
        assertThat(server.admin("PATCH", one, wide).status()).isEqualTo(200);
    }

    private Secret key(String organization, String name, String scopes) {
        String keeper =
                made(organization + "/roles", "\"name\":\"" + name + "\",\"rights\":{\"gatehouse\":[" + scopes + "]}");
        String application =
                made(organization + "/applications", "\"name\":\"" + name + "\",\"role\":\"" + keeper + "\"");
        return Secret.of(Customer.created(
                        server,
                        "/v1/applications/" + application + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":\"role\"}")
                .get("secret")
                .asString());
    }

    @Test
    void nobodyJoinsWhereNobodyIsLetIn() {
        String elsewhere = made("/v1/organizations", "\"name\":\"Elsewhere\"");
        changed("\"organizations\":[\"" + elsewhere + "\"]");
        String root = Setup.root(server);
        Got got = server.admin(
                "PATCH",
                PROVIDERS + "/" + acme,
                "{\"joining\":{\"organization\":\"" + root + "\",\"role\":\"" + role + "\"}}");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        changed("\"organizations\":[]");
        joining();
        assertThat(server.admin("PATCH", PROVIDERS + "/" + acme, "{\"organizations\":[\"" + elsewhere + "\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(through(reader(), "new").status()).isEqualTo(303);
    }

    /// GAUNTLET J06: a document of a provider opens nothing that the operator opened for others.
    @Test
    void whatWasOpenedForOthersIsNotForAProvider() {
        joining();
        for (String name : List.of("token_endpoint", "jwks_uri")) {
            provider.says(document -> {
                document.put(name, inside.issuer() + (name.equals("jwks_uri") ? "/jwks" : "/token"));
                return document;
            });
            clock.advance(Duration.ofMinutes(11));
            Reader reader = reader();
            assertThat(through(reader, "sub-1").status()).isIn(403, 503);
            assertThat(in(reader)).isFalse();
        }
        assertThat(inside.log()).isEmpty();
        provider.says(UnaryOperator.identity());
        clock.advance(Duration.ofMinutes(11));
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
    }

    private String made(String path, String members) {
        return Customer.created(server, path, "{" + members + "}").get("id").asString();
    }
}
