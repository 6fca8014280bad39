package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.Forger;
import dev.gatehouse.oauth.World;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that a forger with our own keys makes, which differ from good ones in one thing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JwtAttackFixture {
    World world;
    List<Api> jwtApis;

    @BeforeAll
    void start(@TempDir Path folder) {
        world = new World(folder);
        jwtApis = List.of(world.es256, world.rs256, world.ps256, world.eddsa);
    }

    boolean accepted(String token, Api api) {
        return world.formats.read(Secret.of(token), api) instanceof Read.Proven;
    }

    void refused(String token, Api api) {
        assertThat(accepted(token, api))
                .as(token.substring(0, Math.min(300, token.length())))
                .isFalse();
    }

    @Test
    void theForgersUnchangedTokenIsAccepted() {
        for (Api api : jwtApis) {
            Forger forger = new Forger(world, api);
            assertThat(accepted(forger.token(forger.header(), forger.payload()), api))
                    .as(api.name())
                    .isTrue();
        }
    }

    static String with(String object, String member) {
        return object.substring(0, object.length() - 1) + "," + member + "}";
    }
}
