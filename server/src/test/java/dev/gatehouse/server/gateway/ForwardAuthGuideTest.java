package dev.gatehouse.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The guide to forward-auth shows the files that the tests run, and all of them know every identity header.
class ForwardAuthGuideTest {
    private static final Path GUIDES = Path.of("../docs/guides");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.yaml",
                "nginx.conf",
                "Caddyfile",
                "haproxy.cfg",
                "gatehouse.lua",
                "traefik.yaml",
                "envoy.yaml"
            })
    void theGuideShowsTheVeryFile(String recipe) throws IOException {
        assertThat(Files.readString(GUIDES.resolve("forward-auth.md")))
                .contains("\n" + Files.readString(GUIDES.resolve("forward-auth").resolve(recipe)) + "```\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx.conf", "Caddyfile", "gatehouse.lua", "traefik.yaml", "envoy.yaml"})
    void aRecipeNamesEveryIdentityHeader(String recipe) throws IOException {
        String text =
                Files.readString(GUIDES.resolve("forward-auth").resolve(recipe)).toLowerCase(Locale.ROOT);
        for (String name : IdentityHeaders.NAMES) {
            assertThat(text).contains(name.toLowerCase(Locale.ROOT));
        }
    }

    /// A proof is a credential: asked with, and taken away from the call.
    @ParameterizedTest
    @ValueSource(strings = {"nginx.conf", "Caddyfile", "haproxy.cfg", "gatehouse.lua", "traefik.yaml", "envoy.yaml"})
    void aRecipeKnowsProofsOfKeys(String recipe) throws IOException {
        assertThat(Files.readString(GUIDES.resolve("forward-auth").resolve(recipe)))
                .containsIgnoringCase("dpop");
    }

    @ParameterizedTest
    @EnumSource(NodeConfig.Proxy.class)
    void theNodeOfTheGuideStartsForEveryProxy(NodeConfig.Proxy proxy, @TempDir Path folder) throws IOException {
        String word = "proxy: " + proxy.name().toLowerCase(Locale.ROOT);
        Path file = Files.writeString(
                folder.resolve("gatehouse.yaml"),
                Files.readString(GUIDES.resolve("forward-auth/gatehouse.yaml")).replace("proxy: nginx", word));
        assertThat(NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of())))
                .isInstanceOfSatisfying(
                        Loaded.Good.class,
                        good -> assertThat(good.config().listeners().getLast().proxy())
                                .contains(proxy));
    }
}
