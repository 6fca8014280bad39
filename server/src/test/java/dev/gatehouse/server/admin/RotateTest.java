package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rotating credentials, and secrets that are given rather than drawn.
class RotateTest extends AdminFixture {
    private final String shopKeys = "/v1/applications/" + world.t1Shop.id() + "/credentials";

    private Reply rotate(World.Key caller, Id id, String body) {
        return world.call(caller, "POST", "/v1/credentials/" + id + "/rotate", body);
    }

    private World.Key answered(Reply reply) {
        Id id = Id.parse(text(reply, "id")).orElseThrow();
        return new World.Key(world.store.members().credential(id).orElseThrow(), text(reply, "secret"));
    }

    /// Whether a key is one that counts, whatever it may do.
    private boolean proves(World.Key key) {
        return world.get(key, "/v1/whoami").status() != 401;
    }

    @Test
    void theSuccessorMayDoTheSameAndTheOldOneEndsAtOnce() {
        World.Key old = world.key(
                world.t1App,
                new Reach.WholeRole(),
                Window.until(World.NOW.plus(Duration.ofDays(9))),
                Restrictions.NONE);
        Reply reply = rotate(world.t1Key, old.id(), "");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(members(reply))
                .containsEntry("replaces", old.id().text())
                .containsEntry("scopes", "role")
                .containsEntry("name", "a key")
                .containsEntry("kind", "api_key")
                .containsEntry("expires_at", "2027-01-10T00:00:00Z")
                .containsEntry("state", "active");
        assertThat(proves(answered(reply))).isTrue();
        assertThat(problem(world.get(old, "/v1/whoami"))).isEqualTo("401 invalid_token");
        assertThat(problem(rotate(world.t1Key, old.id(), ""))).isEqualTo("409 conflict");
    }

    @Test
    void duringTheOverlapBothServe() {
        Reply reply = rotate(world.t1Key, world.t1ShopKey.id(), "{\"overlap_seconds\":60}");
        assertThat(proves(answered(reply))).isTrue();
        assertThat(proves(world.t1ShopKey)).isTrue();
        assertThat(members(world.get(world.t1Key, "/v1/credentials/" + world.t1ShopKey.id())))
                .containsEntry("expires_at", "2027-01-01T00:01:00Z");
        assertThat(members(world.get(world.t1Key, "/v1/credentials/" + text(reply, "id"))))
                .doesNotContainKeys("secret", "replaces");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"overlap_seconds":-1}        | 400 invalid_field
            {"overlap_seconds":2592001}   | 400 invalid_field
            {"overlap_seconds":"60"}      | 400 invalid_field
            {"overlap_seconds":1.5}       | 400 invalid_field
            {"overlap_seconds":null}      | 400 invalid_field
            {"scopes":"role"}             | 400 unknown_field
            {"secret":"0123456789abcdef"} | 400 unknown_field
            """)
    void onlyAnOverlapIsTaken(String body, String expected) {
        assertThat(problem(rotate(world.t1Key, world.t1ShopKey.id(), body))).isEqualTo(expected);
        assertThat(proves(world.t1ShopKey)).isTrue();
    }

    /// GAUNTLET H01, H04, H05: not one's own, not a stronger one, not another's, not one that is suspended.
    @Test
    void nobodyRotatesWhatItCouldNotMake() {
        assertThat(problem(rotate(world.t1Key, world.t1Key.id(), ""))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(rotate(world.t1Key, world.t1StrongKey.id(), ""))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(rotate(world.t1Key, world.t2Key.id(), ""))).isEqualTo("404 not_found");
        assertThat(problem(rotate(world.t1Key, world.rootKey.id(), ""))).isEqualTo("404 not_found");
        World.Key brief = world.key(
                world.t1App,
                new Reach.WholeRole(),
                Window.until(World.NOW.plus(Duration.ofDays(1))),
                Restrictions.NONE);
        assertThat(problem(rotate(brief, world.t1ShopKey.id(), ""))).isEqualTo("403 beyond_own_rights");
        world.call(world.t1Key, "POST", "/v1/credentials/" + world.t1ShopKey.id() + "/hold", "");
        assertThat(problem(rotate(world.t1Key, world.t1ShopKey.id(), ""))).isEqualTo("409 conflict");
        assertThat(proves(world.t1StrongKey)).isTrue();
    }

    @Test
    void aStateThatIsNotTheNamedOneIsNotRotated() {
        Reply reply = world.call(
                world.t1Key,
                "POST",
                "/v1/credentials/" + world.t1ShopKey.id() + "/rotate",
                "",
                new Header("If-Match", "\"other\""));
        assertThat(problem(reply)).isEqualTo("412 precondition_failed");
        assertThat(proves(world.t1ShopKey)).isTrue();
    }

    @Test
    void ofManyAtOnceOneRotates() throws Exception {
        int callers = 4;
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Integer>> running = IntStream.range(0, callers)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.await();
                        return rotate(world.t1Key, world.t1ShopKey.id(), "").status();
                    }))
                    .toList();
            for (Future<Integer> one : running) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses)
                .containsOnlyOnce(201)
                .filteredOn(status -> status != 201)
                .containsOnly(409);
        assertThat(items(world.get(world.t1Key, shopKeys))).hasSize(2);
    }

    @Test
    void aGivenSecretProvesItsClientAndIsNeverShown() {
        String given = "a-given-secret:with/odd=chars";
        Reply made = world.call(
                world.t1Key, "POST", shopKeys, "{\"kind\":\"secret\",\"name\":\"given\",\"secret\":\"" + given + "\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(members(made)).doesNotContainKey("secret").containsEntry("hint", "given");
        assertThat(members(made).toString()).doesNotContain(given);
        Id id = Id.parse(text(made, "id")).orElseThrow();
        assertThat(installed.pepper.matches(
                        world.store
                                .members()
                                .credential(id)
                                .orElseThrow()
                                .digest()
                                .orElseThrow(),
                        Secret.of(given)))
                .isTrue();
        assertThat(world.store.audit().newest(5).toString()).doesNotContain(given);
        Reply next = rotate(world.t1Key, id, "");
        assertThat(text(next, "secret")).startsWith("ghs_live_");
    }

    /// What another system handed out goes on working here, though it kept no more than its hash.
    @Test
    void theHashOfASecretDoesInItsPlace() {
        String secret = "0123456789abcdef";
        String hash = "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f"; // sha256sum's
        for (String given : List.of(hash, hash.toUpperCase(Locale.ROOT))) {
            Reply made = world.call(
                    world.t1Key,
                    "POST",
                    shopKeys,
                    "{\"kind\":\"secret\",\"name\":\"" + given.substring(1, 9) + "\",\"secret_sha256\":\"" + given
                            + "\"}");
            assertThat(made.status()).isEqualTo(201);
            assertThat(members(made).toString()).doesNotContainIgnoringCase(hash.substring(9));
            Id id = Id.parse(text(made, "id")).orElseThrow();
            assertThat(installed.pepper.matches(
                            world.store
                                    .members()
                                    .credential(id)
                                    .orElseThrow()
                                    .digest()
                                    .orElseThrow(),
                            Secret.of(secret)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            secret  | "9f9f"                                                             |
            secret  | "gf9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f" |
            secret  | 12                                                                 |
            api_key | "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f" |
            secret  | "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f" | ,"environment":"test"
            secret  | "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f" | ,"secret":"0123456789abcdef"
            """)
    void whatIsNoHashOfItsOwnIsRefused(String kind, String hash, String more) {
        String rest = more == null ? "" : more;
        Reply reply = world.call(
                world.t1Key,
                "POST",
                shopKeys,
                "{\"kind\":\"" + kind + "\",\"name\":\"k\",\"secret_sha256\":" + hash + rest + "}");
        assertThat(problem(reply)).isEqualTo("400 invalid_field");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            api_key | "0123456789abcdef"   |
            secret  | "0123456789abcde"    |
            secret  | "0123456789 abcdef"  |
            secret  | "ghs_0123456789abc"  |
            secret  | "ghk_live_01234567"  |
            secret  | "0123456789abcdeö"   |
            secret  | 123456789012345678   |
            secret  | null                 |
            secret  | "0123456789abcdef"   | ,"environment":"test"
            """)
    void whatIsNoSecretOfItsOwnIsRefused(String kind, String secret, String more) {
        String rest = more == null ? "" : more;
        Reply reply = world.call(
                world.t1Key,
                "POST",
                shopKeys,
                "{\"kind\":\"" + kind + "\",\"name\":\"k\",\"secret\":" + secret + rest + "}");
        assertThat(problem(reply)).isEqualTo("400 invalid_field");
        assertThat(members(reply).toString()).doesNotContain("0123456789");
    }
}
