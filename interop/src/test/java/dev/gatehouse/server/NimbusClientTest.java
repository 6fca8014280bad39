package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ID tokens and access tokens as Nimbus' OAuth SDK checks them, by nothing but the documents of the issuer.
class NimbusClientTest {
    private static final URI REDIRECT = URI.create("https://app.example/back");

    @TempDir
    Path folder;

    private RunningServer server;
    private Person alice;
    private ClientID client;
    private Secret secret;
    private OIDCProviderMetadata provider;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(folder, InstantSource.system());
        Setup.openIdApi(server, "orders", "jwt");
        String role = Setup.role(server, "buyers", List.of("things:read", "openid", "profile"), "orders");
        alice = Person.create(server, "alice", Optional.of(role));
        var made = Customer.created(
                server, "/v1/organizations/" + Setup.root(server) + "/applications", """
                {"name": "Shop", "role": "%s", "token_endpoint_auth_method": "client_secret_basic",
                 "grant_types": ["authorization_code"], "redirect_uris": ["%s"]}
                """.formatted(role, REDIRECT));
        client = new ClientID(made.get("client_id").asString());
        secret = new Secret(Customer.created(
                        server,
                        "/v1/applications/" + made.get("id").asString() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString());
        provider = OIDCProviderMetadata.resolve(new Issuer(server.base("orders")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OIDCTokens signIn(Nonce nonce) throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        State state = new State();
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "things:read"), client, REDIRECT)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        Wanderer browser = new Wanderer(alice, REDIRECT.toString());
        browser.go(request.toURI());
        AuthenticationSuccessResponse answer =
                AuthenticationResponseParser.parse(browser.here()).toSuccessResponse();
        assertThat(answer.getState()).isEqualTo(state);
        assertThat(answer.getIssuer()).isEqualTo(provider.getIssuer());
        AuthorizationCode code = answer.getAuthorizationCode();
        TokenRequest tokens = new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        new ClientSecretBasic(client, secret),
                        new AuthorizationCodeGrant(code, REDIRECT, verifier))
                .build();
        OIDCTokenResponse got = (OIDCTokenResponse)
                OIDCTokenResponseParser.parse(tokens.toHTTPRequest().send());
        return got.getOIDCTokens();
    }

    @Test
    void idTokensAndAccessTokensAreWhatTheyShouldBe() throws Exception {
        Nonce nonce = new Nonce();
        OIDCTokens tokens = signIn(nonce);
        IDTokenValidator validator = new IDTokenValidator(
                provider.getIssuer(),
                client,
                JWSAlgorithm.RS256,
                provider.getJWKSetURI().toURL());
        assertThat(validator.validate(tokens.getIDToken(), nonce).getSubject().getValue())
                .isEqualTo(alice.id());
        assertThatThrownBy(() -> validator.validate(tokens.getIDToken(), new Nonce()))
                .isInstanceOf(BadJWTException.class);

        DefaultJWTProcessor<SecurityContext> access = new DefaultJWTProcessor<>();
        access.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        access.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                JWKSourceBuilder.create(provider.getJWKSetURI().toURL()).build()));
        access.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                server.base("orders"),
                new JWTClaimsSet.Builder()
                        .issuer(server.base("orders"))
                        .subject(alice.id())
                        .build(),
                Set.of("exp", "iat", "jti", "client_id")));
        JWTClaimsSet claims = access.process(tokens.getAccessToken().getValue(), null);
        assertThat(claims.getStringClaim("client_id")).isEqualTo(client.getValue());
        assertThatThrownBy(() -> access.process(tokens.getIDTokenString(), null))
                .as("an ID token is no access token")
                .isInstanceOf(BadJOSEException.class);
    }
}
