package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.keys.KeyLife;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedAttackTest {
    private static final int BODY = "gts_1".length() + 13;

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void start() {
        world = new World(folder);
    }

    private boolean accepted(String token, Api api) {
        return world.formats.read(Secret.of(token), api) instanceof Read.Proven;
    }

    @Test
    void everySingleBitCounts() {
        String token = world.text(world.sealed);
        byte[] body = Base64Url.decode(token.substring(BODY)).orElseThrow();
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] flipped = body.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(accepted(token.substring(0, BODY) + Base64Url.encode(flipped), world.sealed))
                    .as("bit " + bit)
                    .isFalse();
        }
        assertThat(accepted(token, world.sealed)).isTrue();
    }

    @Test
    void everySingleCharacterCounts() {
        String token = world.text(world.sealed);
        for (int i = 0; i < token.length(); i++) {
            for (char other : "A0_-=. \n\u00e9z".toCharArray()) {
                if (other != token.charAt(i)) {
                    assertThat(accepted(token.substring(0, i) + other + token.substring(i + 1), world.sealed))
                            .as(i + " " + other)
                            .isFalse();
                }
            }
            assertThat(accepted(token.substring(0, i), world.sealed))
                    .as("cut at " + i)
                    .isFalse();
            assertThat(accepted(token.substring(0, i) + token.substring(i + 1), world.sealed))
                    .as("without " + i)
                    .isFalse();
        }
        for (String more : List.of("A", "AA", "AAAA", "=", "\n", " ")) {
            assertThat(accepted(token + more, world.sealed)).isFalse();
        }
    }

    @Test
    void aBareOrHugePrefixIsRefused() {
        for (String odd : List.of("gts_", "gts_1", "gts_" + "1".repeat(100_000), "gts_1" + "0".repeat(13), "GTS_1")) {
            assertThat(accepted(odd, world.sealed)).isFalse();
        }
    }

    @Test
    void theKeyIdIsBoundToTheToken() {
        String before = world.text(world.sealed);
        world.keys.rotateSealing(Act.system("test", world.now));
        String after = world.text(world.sealed);
        assertThat(before.substring(0, BODY)).isNotEqualTo(after.substring(0, BODY));
        assertThat(accepted(before, world.sealed)).isTrue();
        assertThat(accepted(after, world.sealed)).isTrue();
        assertThat(accepted(after.substring(0, BODY) + before.substring(BODY), world.sealed))
                .isFalse();
        assertThat(accepted(before.substring(0, BODY) + after.substring(BODY), world.sealed))
                .isFalse();
    }

    @Test
    void aRetiredKeyEndsWithItsLastToken() {
        String token = world.text(world.sealed);
        world.keys.rotateSealing(Act.system("test", world.now));
        world.now = world.now.plus(KeyLife.ACCEPTED_AFTER).minusSeconds(1);
        assertThat(accepted(token, world.sealed)).isTrue();
        world.now = world.now.plusSeconds(1);
        assertThat(accepted(token, world.sealed)).isFalse();
    }

    @Test
    void anotherInstallationsTokenIsRefused(@TempDir Path elsewhere) {
        World other = new World(elsewhere);
        assertThat(accepted(other.text(other.sealed), world.sealed)).isFalse();
    }

    @Test
    void aTokenThatWouldNotFitAHeaderIsNotMinted() {
        List<String> scopes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            scopes.add("scope-" + i + "x".repeat(80));
        }
        for (Api api : world.started) {
            assertThat(world.minter.mint(world.allowed(api, Scopes.of(scopes)))).isInstanceOf(Minted.TooLong.class);
        }
    }

    @Test
    void claimsOfOtherBytesAreNotRead() {
        var claims = world.token(world.sealed).claims();
        byte[] plain = SealedClaims.encode(claims);
        assertThat(SealedClaims.decode(plain, world.sealed.id())).contains(claims);
        for (int length = 0; length < plain.length; length++) {
            assertThat(SealedClaims.decode(Arrays.copyOf(plain, length), world.sealed.id()))
                    .as("cut at " + length)
                    .isEmpty();
        }
        assertThat(SealedClaims.decode(Arrays.copyOf(plain, plain.length + 1), world.sealed.id()))
                .isEmpty();
        byte[] ff = new byte[200];
        Arrays.fill(ff, (byte) 0xff);
        assertThat(SealedClaims.decode(ff, world.id(Kind.API))).isEmpty();
    }
}
