package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRoundTripTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void start() {
        world = new World(folder);
    }

    @Test
    void everyFormatGivesBackTheClaimsThatItWasMintedFrom() {
        for (Api api : world.apis) {
            Minted.Token token = world.token(api);
            assertThat(world.formats.recognises(token.text())).as(api.name()).isTrue();
            assertThat(world.formats.read(token.text(), api)).as(api.name()).isEqualTo(new Read.Proven(token.claims()));
            assertThat(world.formats.read(token.text(), api))
                    .as("cached " + api.name())
                    .isEqualTo(new Read.Proven(token.claims()));
        }
    }

    /// What services see of a token must not be a name that its user chose (GAUNTLET C08).
    @Test
    void aTokenOfAUserNamesItById() {
        for (Api api : world.apis) {
            world.minter.ensureKey(api);
            Verdict.Allowed user = world.allowedUser(api, "shop-backend");
            Minted.Token token = (Minted.Token) world.minter.mint(user);
            String id = user.members().holder().who().text();
            assertThat(token.claims().clientId()).as(api.name()).isEqualTo(id);
            assertThat(token.claims().subject()).as(api.name()).isEqualTo(id);
            assertThat(world.formats.read(token.text(), api)).as(api.name()).isEqualTo(new Read.Proven(token.claims()));
        }
    }

    @Test
    void twoIssuesAreTwoTokens() {
        for (Api api : world.apis) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                assertThat(seen.add(world.text(api))).as(api.name()).isTrue();
            }
        }
    }

    @Test
    void aTokenCountsAtItsOwnApiOnly() {
        for (Api from : world.apis) {
            Secret token = world.token(from).text();
            for (Api at : world.apis) {
                assertThat(world.formats.read(token, at) instanceof Read.Proven)
                        .as(from.name() + " at " + at.name())
                        .isEqualTo(from.equals(at));
            }
        }
    }

    @Test
    void aCachedSignatureDoesNotOutliveTheNamesOfItsApi() {
        Secret token = world.token(world.es256).text();
        assertThat(world.formats.read(token, world.es256)).isInstanceOf(Read.Proven.class);
        Api other = World.named(world.es256, world.es256.audience() + ".evil", world.es256.issuer());
        assertThat(world.formats.read(token, other)).isInstanceOf(Read.Refused.class);
        Api slash = World.named(world.es256, world.es256.audience(), world.es256.issuer() + "/");
        assertThat(world.formats.read(token, slash)).isInstanceOf(Read.Refused.class);
    }

    @Test
    void tokensFromBeforeAChangeOfFormatLiveOn() {
        Secret jwt = world.token(world.es256).text();
        Api changed = World.with(world.es256, TokenPolicy.DEFAULT);
        assertThat(changed.tokens().format()).isEqualTo(TokenFormat.SEALED);
        assertThat(world.formats.read(jwt, changed)).isInstanceOf(Read.Proven.class);
        assertThat(world.text(changed)).startsWith("gts_");
    }

    @Test
    void othersCanVerifyAJwtWithThePublishedKey() throws Exception {
        SignedJWT jwt = SignedJWT.parse(world.text(world.es256));
        ECKey key = ECKey.parse(world.keys
                .ring()
                .published(world.es256.id(), world.now)
                .getFirst()
                .json());
        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(jwt.getHeader().getKeyID()).isEqualTo(key.getKeyID());
        var claims = jwt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(world.es256.issuer());
        assertThat(claims.getAudience()).containsExactly(world.es256.audience());
        assertThat(claims.getSubject()).isEqualTo("shop-backend");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("shop-backend");
        assertThat(claims.getStringClaim("scope")).isEqualTo("orders:read");
        assertThat(claims.getJWTID()).startsWith("tok_");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(world.now.plus(Duration.ofMinutes(15)));
    }

    @Test
    void tokensAreShort() {
        assertThat(world.text(world.es256)).hasSizeLessThan(600);
        assertThat(world.text(world.sealed)).hasSizeLessThan(250);
    }
}
