package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a browser has proven by the password before it is asked for a code.
class SecondFactorProvenTest {
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
    void theSecondStepIsNobodysFirst() {
        AuthenticatorApp app = world.enrolled(world.reader());
        Reader reader = world.reader();
        reader.open(SecondFactorWorld.SIGN_IN);
        assertThat(SecondFactorWorld.typed(reader, app.code()).status())
                .as("of the form before")
                .isEqualTo(403);
        assertThat(reader.open(SecondFactorWorld.SECOND).text()).contains("id=\"sign-in\"");
        assertThat(SecondFactorWorld.typed(reader, app.code()).status()).isEqualTo(403);
        assertThat(reader.cookies()).doesNotContainKey(SecondFactorWorld.SESSION);
    }

    @Test
    void whatWasProvenIsThisBrowsersAndNotChanged() {
        AuthenticatorApp app = world.enrolled(world.reader());
        Person mallory = Person.create(world.server, "mallory");
        Reader reader = world.halfway();
        String form = reader.form("code", app.code());
        Reader elsewhere = world.reader();
        elsewhere.open(SecondFactorWorld.SIGN_IN);
        assertThat(elsewhere.post(SecondFactorWorld.SECOND, form).status()).isEqualTo(403);
        Reader hers = world.reader();
        assertThat(hers.signIn(mallory).status()).isEqualTo(303);
        hers.post(SecondFactorWorld.SECOND, form);
        assertThat(hers.open(SecondFactorWorld.ACCOUNT).text()).contains("You are signed in as mallory.");
        assertThat(reader.post(SecondFactorWorld.SECOND, form.replace("pwd", "mfa"))
                        .status())
                .isEqualTo(403);
        assertThat(reader.post(SecondFactorWorld.SECOND, form).status()).isEqualTo(303);
    }

    @Test
    void whatWasProvenHoldsForAWhileAndWhileItIsTrue() {
        AuthenticatorApp app = world.enrolled(world.reader());
        Reader late = world.halfway();
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(SecondFactorWorld.typed(late, app.code()).status()).isEqualTo(403);
        assertThat(late.page().text()).contains("id=\"sign-in\"");
        Reader changed = world.halfway();
        assertThat(world.server
                        .admin(
                                "PUT",
                                "/v1/users/" + world.alice.id() + "/password",
                                "{\"password\":\"another correct horse\"}")
                        .status())
                .isBetween(200, 204);
        assertThat(SecondFactorWorld.typed(changed, app.code()).status()).isEqualTo(403);
        assertThat(changed.cookies()).doesNotContainKey(SecondFactorWorld.SESSION);
    }

    /// What is cut above a user ends what it has proven, and it was proven at this Api only.
    @Test
    void whatWasProvenEndsWithACutAndIsOfOneApi() {
        AuthenticatorApp app = world.enrolled(world.reader());
        Setup.openIdApi(world.server, "parcels", "jwt");
        String root = Setup.root(world.server);
        for (String cut : List.of("/v1/organizations/" + root, "/v1/users/" + world.alice.id())) {
            Reader reader = world.halfway();
            assertThat(world.server.admin("POST", cut + "/cut", "{}").status()).isEqualTo(200);
            assertThat(SecondFactorWorld.typed(reader, app.code()).status())
                    .as(cut)
                    .isEqualTo(403);
            assertThat(reader.cookies()).doesNotContainKey(SecondFactorWorld.SESSION);
        }
        Reader here = world.halfway();
        String form = here.form("code", app.code());
        Reader there = new Reader(world.server, "parcels");
        there.cookies().putAll(here.cookies());
        assertThat(there.post(SecondFactorWorld.SECOND, form).status()).isEqualTo(403);
        assertThat(there.cookies()).doesNotContainKey(SecondFactorWorld.SESSION);
        assertThat(here.post(SecondFactorWorld.SECOND, form).status()).isEqualTo(303);
    }
}
