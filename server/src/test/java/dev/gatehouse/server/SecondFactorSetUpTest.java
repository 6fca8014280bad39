package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How an authenticator app is set up and taken away, and what that ends.
class SecondFactorSetUpTest {
    @TempDir
    Path folder;

    private SecondFactorWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new SecondFactorWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void settingUpShowsTheSecretAndTakesACodeOfIt() {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        assertThat(reader.open(SecondFactorWorld.SECURITY).text())
                .contains("id=\"set-up\"")
                .doesNotContain("id=\"remove\"");
        Got shown = reader.send(SecondFactorWorld.SECURITY, "set-up", "yes");
        assertThat(shown.text())
                .contains("otpauth://totp/", ":alice?secret=", "&amp;issuer=", "algorithm=SHA1&amp;digits=6")
                .doesNotContain("<script");
        AuthenticatorApp app = AuthenticatorApp.scanning(shown.text(), world.clock);
        Got wrong = reader.send(SecondFactorWorld.SECURITY, "code", app.wrong());
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.text()).contains("That code does not belong to the key.");
        assertThat(AuthenticatorApp.scanning(wrong.text(), world.clock).secret())
                .as("mistyped, not lost")
                .isEqualTo(app.secret());
        String right = reader.form("code", app.code());
        assertThat(reader.open(SecondFactorWorld.SECURITY).text())
                .as("nothing is set up")
                .contains("id=\"set-up\"");
        assertThat(reader.post(SecondFactorWorld.SECURITY, right.replaceFirst("secret=[A-Z2-7]{4}", "secret=ABCD"))
                        .status())
                .as("a secret that nobody drew")
                .isEqualTo(403);
        assertThat(reader.post(SecondFactorWorld.SECURITY, right).status()).isEqualTo(200);
        assertThat(SecondFactorWorld.codes(reader)).hasSize(10).doesNotHaveDuplicates();
        assertThat(reader.open(SecondFactorWorld.SECURITY).text()).contains("id=\"remove\"", "10 left");
    }

    /// Whoever knows the password alone is out, and what it has left changes nothing.
    @Test
    void anAppEndsAllLoginsThatShowedNoCode() {
        Reader thief = world.reader();
        thief.signIn(world.alice);
        assertThat(thief.open(SecondFactorWorld.SECURITY).text()).contains("id=\"set-up\"");
        String form = thief.form("set-up", "yes");
        Reader reader = world.reader();
        AuthenticatorApp app = world.enrolled(reader);
        assertThat(thief.post(SecondFactorWorld.SECURITY, form).header("Location"))
                .isEqualTo(SecondFactorWorld.SIGN_IN);
        assertThat(thief.open(SecondFactorWorld.ACCOUNT).header("Location")).isEqualTo(SecondFactorWorld.SIGN_IN);
        assertThat(reader.open(SecondFactorWorld.ACCOUNT).text())
                .as("who did it goes on")
                .contains("You are signed in as alice.");
        for (String change : List.of("set-up", "remove", "renew")) {
            reader.open(SecondFactorWorld.SECURITY);
            assertThat(reader.send(SecondFactorWorld.SECURITY, change, "yes").text())
                    .as(change + " in a login that is older than the app")
                    .contains("id=\"sign-in\"", "value=\"security\"");
        }
        Reader whole = world.halfway();
        assertThat(SecondFactorWorld.typed(whole, app.code()).status()).isEqualTo(303);
        whole.open(SecondFactorWorld.SECURITY);
        assertThat(whole.send(SecondFactorWorld.SECURITY, "renew", "yes").status())
                .isEqualTo(200);
    }

    @Test
    void whoeverIsSignedInForAWhileProvesItselfAgainBeforeAnythingIsChanged() {
        Reader reader = world.reader();
        AuthenticatorApp app = world.enrolled(reader);
        world.clock.advance(Duration.ofMinutes(10));
        reader.open(SecondFactorWorld.SECURITY);
        assertThat(reader.send(SecondFactorWorld.SECURITY, "remove", "yes").text())
                .contains("id=\"sign-in\"", "value=\"security\"", "value=\"alice\"");
        assertThat(reader.send(SecondFactorWorld.SIGN_IN, "username", "alice", "password", world.alice.password())
                        .text())
                .contains("id=\"verify\"");
        assertThat(SecondFactorWorld.typed(reader, app.code()).header("Location"))
                .isEqualTo(SecondFactorWorld.SECURITY);
        reader.follow();
        assertThat(reader.send(SecondFactorWorld.SECURITY, "remove", "yes").header("Location"))
                .isEqualTo(SecondFactorWorld.SECURITY);
        assertThat(reader.follow().text()).contains("id=\"set-up\"");
        assertThat(world.reader().signIn(world.alice).status())
                .as("nothing more is asked")
                .isEqualTo(303);
    }

    @Test
    void aFormOfAnotherLoginChangesNothing() {
        Reader here = world.reader();
        world.enrolled(here);
        here.open(SecondFactorWorld.SECURITY);
        String form = here.form("remove", "yes");
        Person bob = Person.create(world.server, "bob");
        Reader there = world.reader();
        there.signIn(bob);
        assertThat(there.post(SecondFactorWorld.SECURITY, form).status()).isEqualTo(403);
        assertThat(here.open(SecondFactorWorld.SECURITY).text()).contains("id=\"remove\"");
    }

    @Test
    void nothingOfTheSecretIsInTheDatabaseOrTheTrail() throws IOException {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        AuthenticatorApp app = world.setUp(reader);
        List<String> codes = SecondFactorWorld.codes(reader);
        String kept = stored();
        assertThat(kept).contains("factor.enrol");
        codes.forEach(code -> assertThat(kept).doesNotContain(code, code.replace("-", "")));
        assertThat(kept).doesNotContain(new String(app.secret(), StandardCharsets.ISO_8859_1));
    }

    /// All that is on disk.
    private String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
