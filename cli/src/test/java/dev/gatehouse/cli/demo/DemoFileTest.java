package dev.gatehouse.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoFileTest {
    private static final String SHAPE = """
            {"admin":{"base":"http://127.0.0.1:2","key":"ghk_live_a"},"upstream":"http://127.0.0.1:3","apis":[{"name":"orders",\
            "dialect":"oauth","base":"http://127.0.0.1:1","issuer":"http://127.0.0.1:1","probe":{"method":"GET","path":"/orders",\
            "scope":"orders:read"},"credentials":[{"kind":"key_pair","id":"acme-shop","secret":"ghs_live_b","credential":"cred_1",\
            "application":"app_1","scopes":["orders:read"]},{"kind":"api_key","key":"ghk_live_c","credential":"cred_2",\
            "application":"app_1","scopes":["orders:read"]}]}]}""";

    @TempDir
    Path folder;

    @Test
    void theFileHasExactlyTheShapeThatOthersRead() throws IOException {
        Files.writeString(folder.resolve(DemoFile.NAME), SHAPE);
        DemoFile read = DemoFile.read(folder).orElseThrow();
        read.write(folder);
        assertThat(Json.parse(Files.readString(folder.resolve(DemoFile.NAME))).compact())
                .isEqualTo(SHAPE);
    }

    @Test
    void itsSecretsAreNotPrinted() throws IOException {
        Files.writeString(folder.resolve(DemoFile.NAME), SHAPE);
        assertThat(DemoFile.read(folder).orElseThrow().toString()).doesNotContain("ghk_", "ghs_");
    }

    @Test
    void theTourHasNoSecrets() throws IOException {
        Files.writeString(folder.resolve(DemoFile.NAME), SHAPE);
        assertThat(Tour.of(DemoFile.read(folder).orElseThrow(), folder))
                .contains("cred_1/suspend", "-u \"acme-shop:$SECRET\"")
                .doesNotContain("ghk_live", "ghs_live");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}", "[]", "{\"admin\":{\"base\":\"http://x\"}}", "{\"admin\":1,\"upstream\":\"x\"}"})
    void whatIsNotWholeIsNotThere(String text) throws IOException {
        Files.writeString(folder.resolve(DemoFile.NAME), text);
        assertThat(DemoFile.read(folder)).isEmpty();
    }

    @Test
    void withoutAFileThereIsNoDemo() {
        assertThat(DemoFile.read(folder)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
