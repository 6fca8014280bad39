package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Devices that lie, and what is no answer of a device (GAUNTLET L08).
class PasskeyLiesTest {
    @TempDir
    Path folder;

    private PasskeyWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new PasskeyWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    static Stream<UnaryOperator<SoftPasskey.Saying>> lies() {
        return Stream.of(
                it -> it.from("https://evil.example"),
                it -> it.from("http://localhost"),
                it -> it.at("evil.example"),
                it -> it.as("webauthn.create"),
                it -> it.with(SoftPasskey.PRESENT),
                it -> it.with(SoftPasskey.VERIFIED),
                it -> it.with(0));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aDeviceThatSaysOtherThingsOpensNothing(UnaryOperator<SoftPasskey.Saying> lie) {
        world.made(world.alice, world.phone);
        Reader reader = world.reader();
        world.use(reader, world.phone, world.alice.id(), lie);
        PasskeyWorld.refused(reader);
    }

    static Stream<UnaryOperator<SoftPasskey.Saying>> liesOfMaking() {
        return Stream.of(
                it -> it.from("https://evil.example"),
                it -> it.at("evil.example"),
                it -> it.as("webauthn.get"),
                it -> it.with(SoftPasskey.PRESENT));
    }

    @ParameterizedTest
    @MethodSource("liesOfMaking")
    void aKeyThatIsMadeOtherwiseIsNotKept(UnaryOperator<SoftPasskey.Saying> lie) {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        assertThat(world.make(reader, world.phone, lie.apply(SoftPasskey.honest(world.origin)))
                        .status())
                .isEqualTo(403);
        assertThat(reader.page().text())
                .contains("That did not make a passkey.")
                .doesNotContain("Phone of alice");
    }

    static Stream<String> garbage() {
        String whole = "{'id':'AQ','rawId':'AQ','type':'public-key','response':{'clientDataJSON':'e30',"
                + "'authenticatorData':'AA','signature':'AA','userHandle':'AA','attestationObject':'oA'},"
                + "'clientExtensionResults':{}}";
        return Stream.concat(
                        Stream.of(
                                "",
                                "x",
                                "null",
                                "[]",
                                "{}",
                                "7",
                                "\"\"",
                                "{'response':null}",
                                "{'type':'public-key'}",
                                "{'id':7,'rawId':[],'type':{},'response':'x'}",
                                "[".repeat(1_500),
                                "{'response':".repeat(250),
                                whole,
                                whole.replace("'AQ'", "'**'"),
                                whole.replace("'oA'", "'v4A'"),
                                whole.replace("'oA'", "'o2NmbXRkbm9uZQ'"),
                                whole.replace("'oA'", "'gICA'")),
                        Stream.of(
                                        "id",
                                        "rawId",
                                        "type",
                                        "response",
                                        "clientDataJSON",
                                        "authenticatorData",
                                        "signature",
                                        "userHandle",
                                        "attestationObject")
                                .map(member -> whole.replace("'" + member + "'", "'other'")))
                .map(text -> text.replace('\'', '"'));
    }

    /// An answer that cannot be read is a wrong one, whoever sends it: never a fault of ours.
    @ParameterizedTest
    @MethodSource("garbage")
    void whatIsNoAnswerIsRefused(String text) {
        Reader reader = world.reader();
        reader.open(PasskeyWorld.SIGN_IN);
        reader.post(
                PasskeyWorld.PASSKEY,
                PasskeyWorld.form(
                        "form",
                        PasskeyWorld.hidden(reader, "form"),
                        "challenge",
                        PasskeyWorld.hidden(reader, "challenge"),
                        "response",
                        text));
        PasskeyWorld.refused(reader);
        reader.signIn(world.alice);
        reader.open(PasskeyWorld.SECURITY);
        reader.send(
                PasskeyWorld.SECURITY,
                "challenge",
                PasskeyWorld.hidden(reader, "challenge"),
                "response",
                text,
                "name",
                "x");
        assertThat(reader.page().status()).isEqualTo(text.isEmpty() ? 400 : 403);
        assertThat(reader.page().text())
                .contains(text.isEmpty() ? "This request cannot be read." : "That did not make a passkey.");
    }

    /// WebAuthn section 6.1.1: of two that count the same one is a copy.
    @Test
    void whatCountsHasToCountOn() {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        world.make(reader, world.phone, SoftPasskey.honest(world.origin).counting(5));
        Reader copy = world.reader();
        String before = world.trail();
        world.use(copy, world.phone, world.alice.id(), it -> it.counting(5));
        PasskeyWorld.refused(copy);
        assertThat(world.trail().split("session.open", -1))
                .as("nothing was opened")
                .hasSameSizeAs(before.split("session.open", -1));
        assertThat(world.use(world.reader(), world.phone, world.alice.id(), it -> it.counting(6))
                        .status())
                .isEqualTo(303);
        world.use(copy, world.phone, world.alice.id(), it -> it.counting(6));
        PasskeyWorld.refused(copy);
        world.use(copy, world.phone, world.alice.id(), it -> it.counting(0));
        PasskeyWorld.refused(copy);
        assertThat(world.server.admin("GET", "/v1/audit?limit=50", "").text()).contains("passkey.copied");
        assertThat(reader.open(PasskeyWorld.SECURITY).text()).contains("a copy of this passkey was turned away");
    }
}
