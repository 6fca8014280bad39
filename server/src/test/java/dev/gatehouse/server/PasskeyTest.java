package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that people sign in with. [PasskeyInChromiumTest] has a real browser.
class PasskeyTest {
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

    @Test
    void aKeySignsItsPersonInWithoutNameAndPassword() {
        Reader owner = world.made(world.alice, world.phone);
        assertThat(owner.follow().text()).contains("Phone of alice").doesNotContain("Last used");
        Reader reader = world.reader();
        assertThat(world.use(reader, world.phone, world.alice.id(), it -> it).header("Location"))
                .isEqualTo(PasskeyWorld.ACCOUNT);
        assertThat(reader.follow().text()).contains("You are signed in as alice.");
        assertThat(owner.open(PasskeyWorld.SECURITY).text()).contains("Last used");
    }

    @Test
    void aKeyIsOfItsPersonAndNobodyElse() {
        world.made(world.alice, world.phone);
        Person mallory = Person.create(world.server, "mallory");
        SoftPasskey hers = new SoftPasskey("mallory's phone");
        world.made(mallory, hers);
        for (List<Object> lie : List.<List<Object>>of(
                List.of(world.phone, mallory.id()),
                List.of(hers, world.alice.id()),
                List.of(new SoftPasskey("none"), world.alice.id()))) {
            Reader reader = world.reader();
            world.use(reader, (SoftPasskey) lie.get(0), (String) lie.get(1), it -> it);
            PasskeyWorld.refused(reader);
        }
        Reader reader = world.reader();
        world.use(reader, new SoftPasskey("alice's phone, thirty-two bytes."), world.alice.id(), it -> it);
        PasskeyWorld.refused(reader);
    }

    @Test
    void whoeverIsHeldStaysOutside() {
        world.made(world.alice, world.phone);
        world.server.admin("POST", "/v1/users/" + world.alice.id() + "/suspend", "{}");
        Reader reader = world.reader();
        world.use(reader, world.phone, world.alice.id(), it -> it);
        PasskeyWorld.refused(reader);
    }

    /// Whoever was in for ten minutes leaves nothing behind that outlasts what the owner does then (GAUNTLET L04).
    @ParameterizedTest
    @ValueSource(strings = {"password", "cut"})
    void anotherPasswordAndACutEndKeys(String verb) {
        world.made(world.alice, world.phone);
        String at = "/v1/users/" + world.alice.id() + "/" + verb;
        Got done = verb.equals("password")
                ? world.server.admin("PUT", at, "{\"password\":\"another password of alice\"}")
                : world.server.admin("POST", at, "{}");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        Reader thief = world.reader();
        world.use(thief, world.phone, world.alice.id(), it -> it);
        PasskeyWorld.refused(thief);
        Reader owner = world.reader();
        owner.signIn(
                world.alice.username(), verb.equals("password") ? "another password of alice" : world.alice.password());
        assertThat(owner.open(PasskeyWorld.SECURITY).text()).contains("Phone of alice", "It opens nothing any more");
        assertThat(world.make(owner, new SoftPasskey("another"), SoftPasskey.honest(world.origin))
                        .status())
                .isEqualTo(303);
    }

    /// Whoever knows the password alone can make a key; it goes when the owner sets up a second factor
    /// (GAUNTLET L08).
    @Test
    void aKeyThatAPasswordMadeGoesWhenAnAppIsSetUp() {
        world.made(world.alice, world.phone);
        Reader thief = world.reader();
        assertThat(world.use(thief, world.phone, world.alice.id(), it -> it).status())
                .isEqualTo(303);
        Reader owner = world.reader();
        owner.signIn(world.alice);
        AuthenticatorApp app = app(owner);
        assertThat(owner.open(PasskeyWorld.ACCOUNT).status()).isEqualTo(200);
        assertThat(owner.open(PasskeyWorld.SECURITY).text()).doesNotContain("Phone of alice");
        assertThat(thief.open(PasskeyWorld.ACCOUNT).status()).isEqualTo(303);
        Reader again = world.reader();
        world.use(again, world.phone, world.alice.id(), it -> it);
        PasskeyWorld.refused(again);
        world.clock.advance(Duration.ofSeconds(30));
        Reader both = world.reader();
        both.signIn(world.alice);
        both.send("/oauth2/second-factor", "code", app.code());
        SoftPasskey laptop = new SoftPasskey("laptop");
        assertThat(world.make(both, laptop, SoftPasskey.honest(world.origin)).status())
                .isEqualTo(303);
        assertThat(world.trail()).doesNotContain("\"hwk pop mfa\"");
        assertThat(world.use(world.reader(), laptop, world.alice.id(), it -> it).status())
                .isEqualTo(303);
        assertThat(world.trail()).as("made with both").contains("\"hwk pop mfa\"");
    }

    private AuthenticatorApp app(Reader reader) {
        reader.open(PasskeyWorld.SECURITY);
        reader.send(PasskeyWorld.SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), world.clock);
        assertThat(reader.send(PasskeyWorld.SECURITY, "code", app.code()).status())
                .isEqualTo(200);
        return app;
    }

    @Test
    void aKeyThatIsTakenBackEndsItsLoginsAndNoOthers() {
        Reader owner = world.made(world.alice, world.phone);
        SoftPasskey laptop = new SoftPasskey("laptop");
        world.make(owner, laptop, SoftPasskey.honest(world.origin));
        Reader byPhone = world.reader();
        world.use(byPhone, world.phone, world.alice.id(), it -> it);
        Reader byLaptop = world.reader();
        world.use(byLaptop, laptop, world.alice.id(), it -> it);
        owner.open(PasskeyWorld.SECURITY);
        assertThat(owner.send(PasskeyWorld.SECURITY, "remove-passkey", world.phone.id())
                        .status())
                .isEqualTo(303);
        assertThat(byPhone.open(PasskeyWorld.ACCOUNT).status()).isEqualTo(303);
        assertThat(byLaptop.open(PasskeyWorld.ACCOUNT).status()).isEqualTo(200);
        assertThat(owner.open(PasskeyWorld.ACCOUNT).status()).isEqualTo(200);
        Reader reader = world.reader();
        world.use(reader, world.phone, world.alice.id(), it -> it);
        PasskeyWorld.refused(reader);
        assertThat(world.server
                        .admin("POST", "/v1/users/" + world.alice.id() + "/factors/remove", "{}")
                        .text())
                .contains("\"passkeys\":0");
        assertThat(byLaptop.open(PasskeyWorld.ACCOUNT).status()).isEqualTo(303);
        assertThat(owner.open(PasskeyWorld.ACCOUNT).status()).isEqualTo(200);
    }
}
