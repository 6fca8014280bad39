package dev.gatehouse.oauth.authorize;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.oauth.jose.ClientKeys;
import dev.gatehouse.oauth.jose.PublicJwk;
import dev.gatehouse.testkit.contract.Nouns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A client with keys of its own, which signs and checks with another implementation.
final class SigningClient {
    /// One for all: drawing it takes long.
    static final RSAKey RSA = rsa();

    private final GrantWorld world;
    final Application application;
    final ECKey ec;

    SigningClient(GrantWorld world, String clientId, ClientTerms terms) {
        this.world = world;
        try {
            this.ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        this.application = world.application(clientId, world.confidential.organization(), world.apps, terms);
        keys(application, List.of(ec, RSA));
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private void keys(Application of, List<JWK> keys) {
        ClientKeys read = ((ClientKeys.Read.Good)
                        ClientKeys.read(new JWKSet(keys).toPublicJWKSet().toString()))
                .keys();
        Credential credential = new Credential(
                world.nouns.id(Kind.CREDENTIAL),
                of.id(),
                of.organization(),
                CredentialKind.PUBLIC_KEY,
                "keys",
                "",
                new PublicKeys(read.text()),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                Nouns.NOW);
        GrantWorld.done(world.store.members().add(credential, world.act));
    }

    /// A request object of these parameters, for now.
    JWTClaimsSet.Builder object(Map<String, String> parameters) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(application.clientId())
                .audience(world.api.issuer())
                .notBeforeTime(Date.from(world.clock.instant()))
                .expirationTime(Date.from(world.clock.instant().plusSeconds(300)));
        parameters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                claims.claim(name, value);
            }
        });
        return claims;
    }

    String signed(JWTClaimsSet claims) {
        return signed(claims, JWSAlgorithm.ES256, Optional.of("oauth-authz-req+jwt"));
    }

    String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, Optional<String> type) {
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm);
        type.map(JOSEObjectType::new).ifPresent(header::type);
        boolean elliptic = algorithm.equals(JWSAlgorithm.ES256);
        SignedJWT jwt = new SignedJWT(header.keyID(elliptic ? "ec" : "rsa").build(), claims);
        try {
            JWSSigner signer = elliptic ? new ECDSASigner(ec) : new RSASSASigner(RSA);
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }

    /// What proves it at an endpoint, as parameters of a form.
    String assertion() {
        return assertion(world.api.issuer(), JWSAlgorithm.ES256);
    }

    String assertion(String audience, JWSAlgorithm algorithm) {
        String jwt = signed(
                new JWTClaimsSet.Builder()
                        .issuer(application.clientId())
                        .subject(application.clientId())
                        .audience(audience)
                        .jwtID(UUID.randomUUID().toString())
                        .expirationTime(Date.from(world.clock.instant().plusSeconds(60)))
                        .build(),
                algorithm,
                Optional.empty());
        return "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
                + URLEncoder.encode(jwt, StandardCharsets.UTF_8);
    }

    /// What a JWT of the Api says, when it is of a type and signed with an algorithm under a published key.
    static Map<String, Object> checked(GrantWorld world, String text, String algorithm, String type) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWSHeader header = jwt.getHeader();
            PublicJwk published = world.keys.ring().published(world.api.id(), world.clock.instant()).stream()
                    .filter(one -> one.keyId().equals(header.getKeyID()))
                    .findFirst()
                    .orElseThrow();
            JWK key = JWK.parse(published.json());
            boolean signed =
                    jwt.verify(key instanceof RSAKey of ? new RSASSAVerifier(of) : new ECDSAVerifier((ECKey) key));
            if (!signed
                    || !header.getAlgorithm().getName().equals(algorithm)
                    || !header.getType().getType().equals(type)) {
                throw new AssertionError("not signed as it should be: " + header);
            }
            return jwt.getJWTClaimsSet().toJSONObject();
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
