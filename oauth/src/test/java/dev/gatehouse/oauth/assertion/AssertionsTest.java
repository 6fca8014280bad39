package dev.gatehouse.oauth.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.oauth.World;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssertionsTest {
    private static final String UPSTREAM = "http://10.0.0.1:8080";

    @TempDir
    Path folder;

    private World world;
    private Assertions assertions;

    @BeforeEach
    void start() {
        world = new World(folder);
        assertions = new Assertions(world.keys, world.clock, 100);
    }

    private String sign(String method, String path) {
        return assertions
                .sign(world.allowed(world.es256), UPSTREAM, method, path)
                .orElseThrow();
    }

    @Test
    void anUpstreamCanCheckWhoCallsWhat() throws Exception {
        SignedJWT jwt = SignedJWT.parse(sign("GET", "/orders/1"));
        ECKey key = ECKey.parse(
                world.keys.ring().publishedForAssertions(world.now).getFirst().json());
        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("gatehouse-assertion+jwt");
        var claims = jwt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(world.es256.issuer());
        assertThat(claims.getAudience()).containsExactly(UPSTREAM);
        assertThat(claims.getSubject()).isEqualTo("shop-backend");
        assertThat(claims.getStringClaim("org")).isEqualTo(world.customer.id().text());
        assertThat(claims.getStringClaim("scope")).isEqualTo("orders:read");
        assertThat(claims.getStringClaim("htm")).isEqualTo("GET");
        assertThat(claims.getStringClaim("pth")).hasSize(43);
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(world.now.plusSeconds(30));
    }

    /// A username is one of its user's choice, and some application's `client_id` may be the same.
    @Test
    void aUserNeverPassesForAnApplicationOfItsName() throws Exception {
        Verdict.Allowed user = world.allowedUser(world.es256, "shop-backend");
        var claims = SignedJWT.parse(
                        assertions.sign(user, UPSTREAM, "GET", "/a").orElseThrow())
                .getJWTClaimsSet();
        String id = user.members().holder().who().text();
        assertThat(claims.getSubject()).isEqualTo(id);
        assertThat(claims.getStringClaim("client_id")).isEqualTo(id);
        assertThat(claims.toString()).doesNotContain("shop-backend");
    }

    @Test
    void oneSignatureServesOneCallForTenSeconds() {
        String first = sign("GET", "/a");
        world.now = world.now.plusSeconds(9);
        assertThat(sign("GET", "/a")).isEqualTo(first);
        assertThat(sign("POST", "/a")).isNotEqualTo(first);
        assertThat(sign("GET", "/b")).isNotEqualTo(first);
        Verdict.Allowed more = world.allowed(world.es256, World.BOTH);
        assertThat(assertions.sign(more, UPSTREAM, "GET", "/a").orElseThrow()).isNotEqualTo(first);
        assertThat(assertions
                        .sign(world.allowed(world.rs256), UPSTREAM, "GET", "/a")
                        .orElseThrow())
                .isNotEqualTo(first);
        world.now = world.now.plusSeconds(1);
        assertThat(sign("GET", "/a")).isNotEqualTo(first);
    }

    @Test
    void anApiThatGetsAnotherIssuerSpeaksAsThatAtOnce() throws Exception {
        sign("GET", "/a");
        Api renamed = World.named(world.es256, world.es256.audience(), "https://new.example.com");
        String text =
                assertions.sign(world.allowed(renamed), UPSTREAM, "GET", "/a").orElseThrow();
        assertThat(SignedJWT.parse(text).getJWTClaimsSet().getIssuer()).isEqualTo("https://new.example.com");
    }

    @Test
    void aNewKeyIsUsedAtOnce() {
        String first = sign("GET", "/a");
        world.keys.rotateAsserting(Act.system("test", world.now));
        assertThat(sign("GET", "/a")).isNotEqualTo(first);
    }

    @Test
    void m07NothingInTheCallBreaksTheLine() {
        assertThat(sign("GET", "/a\r\nX: 1\u0000")).doesNotContain("\r", "\n").matches("[A-Za-z0-9_.-]+");
    }
}
