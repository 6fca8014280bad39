package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.client.ClientAssertion;
import dev.gatehouse.oauth.jose.ClientKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that sign with another implementation: every algorithm, and what a broken database makes of it.
class AssertedClientsTest extends TokenEndpointFixture {
    private RSAKey rsa;
    private ECKey p256;
    private ECKey p384;
    private ECKey p521;

    @BeforeEach
    void keys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        p256 = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();
        p384 = new ECKeyGenerator(Curve.P_384).keyID("p384").generate();
        p521 = new ECKeyGenerator(Curve.P_521).keyID("p521").generate();
        registered(List.of(rsa, p256, p384, p521));
    }

    private void registered(List<JWK> keys) {
        ClientKeys read = ((ClientKeys.Read.Good)
                        ClientKeys.read(new JWKSet(keys).toPublicJWKSet().toString()))
                .keys();
        Members before = world.members;
        Credential was = before.credential();
        Application client = (Application) before.holder();
        ClientTerms terms =
                new ClientTerms(ClientMethod.PRIVATE_KEY_JWT, client.terms().grants(), List.of(), List.of(), true);
        world.put(new Members(
                new Credential(
                        was.id(),
                        was.holder(),
                        was.organization(),
                        CredentialKind.PUBLIC_KEY,
                        was.name(),
                        was.hint(),
                        new PublicKeys(read.text()),
                        was.reach(),
                        was.restrictions(),
                        was.standing(),
                        was.createdAt()),
                new Application(
                        client.id(),
                        client.organization(),
                        client.clientId(),
                        client.name(),
                        client.role(),
                        terms,
                        Optional.empty(),
                        client.standing(),
                        client.createdAt()),
                before.role(),
                before.chain()));
    }

    private String assertion(JWSAlgorithm algorithm, JWK key, JWSSigner signer, Api api) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("shop-backend")
                .subject("shop-backend")
                .audience(api.issuer())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(world.now.plusSeconds(60)))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private String signed(String alg, Api api) throws JOSEException {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(alg);
        return switch (alg) {
            case "ES256" -> assertion(algorithm, p256, new ECDSASigner(p256), api);
            case "ES384" -> assertion(algorithm, p384, new ECDSASigner(p384), api);
            case "ES512" -> assertion(algorithm, p521, new ECDSASigner(p521), api);
            default -> assertion(algorithm, rsa, new RSASSASigner(rsa), api);
        };
    }

    private static HttpFacts request(String assertion) {
        return World.post(
                List.of(FORM),
                GRANT + "&client_assertion_type=" + URLEncoder.encode(ClientAssertion.TYPE, StandardCharsets.UTF_8)
                        + "&client_assertion=" + assertion);
    }

    private Reply ask(String assertion, Api api) {
        HttpFacts http = request(assertion);
        assertThat(world.endpoint.tryAnswer(http, api))
                .as("a use is written down")
                .isEmpty();
        return world.endpoint.answer(http, api);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "RS256", "PS256"})
    void everyAlgorithmProvesItsClientOnce(String alg) throws JOSEException {
        String assertion = signed(alg, world.sealed);
        assertThat(ask(assertion, world.sealed).status()).isEqualTo(200);
        refused(ask(assertion, world.sealed), 401, "invalid_client");
        assertThat(world.witnessed)
                .containsExactly("issued sealed " + world.members.credential().id(), "refused sealed bad_credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS384", "PS512"})
    void otherAlgorithmsAreNotTaken(String alg) throws JOSEException {
        refused(ask(signed(alg, world.sealed), world.sealed), 401, "invalid_client");
    }

    @Test
    void aPublicKeyIsNoSecretOfAnHmac() throws JOSEException {
        byte[] known = rsa.toRSAPublicKey().getEncoded();
        String assertion = assertion(JWSAlgorithm.HS256, rsa, new MACSigner(known), world.sealed);
        refused(ask(assertion, world.sealed), 401, "invalid_client");
    }

    @Test
    void aKeyThatSaysItsAlgorithmSignsWithNoOther() throws JOSEException {
        registered(List.of(new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.PS256).build()));
        refused(ask(signed("RS256", world.sealed), world.sealed), 401, "invalid_client");
        assertThat(ask(signed("PS256", world.sealed), world.sealed).status()).isEqualTo(200);
    }

    @Test
    void whereTwoKeysMayBeMeantTheOneMustBeNamed() throws JOSEException {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID("other").generate();
        registered(List.of(p256, other));
        ECKey nameless = new ECKey.Builder(p256).keyID(null).build();
        String assertion = assertion(JWSAlgorithm.ES256, nameless, new ECDSASigner(p256), world.sealed);
        refused(ask(assertion, world.sealed), 401, "invalid_client");
    }

    @Test
    void anApiThatDrawsItsFirstKeyForItUsesTheAssertionOnce() throws JOSEException {
        assertThat(ask(signed("ES256", world.rs256), world.rs256).status()).isEqualTo(200);
    }

    @Test
    void aUseThatCannotBeWrittenDownIs503AndProvesNobody() throws JOSEException {
        String assertion = signed("ES256", world.sealed);
        world.usesDown = true;
        Reply down = ask(assertion, world.sealed);
        refused(down, 503, "temporarily_unavailable");
        assertThat(value(down, "Retry-After")).contains("1");
        world.usesDown = false;
        assertThat(ask(assertion, world.sealed).status()).isEqualTo(200);
    }

    @Test
    void aBrokenDatabaseIs503AndNever401() throws JOSEException {
        world.facts.down = true;
        refused(ask(signed("ES256", world.sealed), world.sealed), 503, "temporarily_unavailable");
    }
}
