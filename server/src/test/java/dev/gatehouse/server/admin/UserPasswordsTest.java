package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Organization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Passwords: whole, or as the hash that another system kept.
class UserPasswordsTest extends AdminFixture {
    private static final String HASH =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final String password =
            "/v1/users/" + text(call("POST", users(world.t1), username("bob")), "id") + "/password";

    private static String users(Organization home) {
        return ORGANIZATIONS + "/" + home.id() + "/users";
    }

    private String username(String name) {
        return "{\"username\":\"" + name + "-" + world.requestId + "\"}";
    }

    @Test
    void itIsSeenWhetherThereIsOneAndNothingOfIt() {
        assertThat(problem(world.get(world.t1Key, password))).isEqualTo("404 not_found");
        Reply set = call("PUT", password + "-hash", "{\"argon2id\":\"" + HASH + "\"}");
        assertThat(problem(set)).isEqualTo("200 ");
        Reply shown = world.get(world.t1Key, password);
        assertThat(text(shown, "id")).isEqualTo(text(set, "id"));
        assertThat(members(shown)).containsEntry("kind", "password").containsEntry("state", "active");
        assertThat(members(shown).toString() + members(set)).doesNotContain("c29tZXNhbHQ", "CTFhFdXPJO1a");
        String foreign =
                "/v1/users/" + text(world.call(world.rootKey, "POST", users(world.t2), username("carol")), "id");
        assertThat(problem(world.get(world.t1Key, foreign + "/password"))).isEqualTo("404 not_found");
        assertThat(problem(call("PUT", foreign + "/password-hash", "{\"argon2id\":\"" + HASH + "\"}")))
                .isEqualTo("404 not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            password      | {}                                                           | 400 missing_field
            password      | {"password":"short"}                                         | 400 invalid_field
            password      | {"password":"correct horse battery","argon2id":"x"}          | 400 unknown_field
            password      | {"password":"correct horse battery"}                         | 200
            password-hash | {}                                                           | 400 missing_field
            password-hash | {"argon2id":"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"}    | 400 invalid_field
            password-hash | {"argon2id":"5f4dcc3b5aa765d61d8327deb882cf99"}              | 400 invalid_field
            """)
    void whatIsNoneIsRefused(String what, String body, String expected) {
        String path = password.substring(0, password.lastIndexOf('/') + 1) + what;
        assertThat(problem(call("PUT", path, body)).strip()).isEqualTo(expected);
    }
}
