package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Lists of applications and platforms of Data2CRM.API, as the older documents and the newer ones have them.
class Data2CrmListsTest extends Data2CrmWorld {
    private static final int CALLERS = 64;

    @Test
    void listsAreOrderedAndShownAsCallersAskFor() {
        List<String> made = new ArrayList<>();
        for (String said : List.of("b", "c", "a")) {
            made.add(send("POST", "/v1/application", body("key", KEY, said))
                    .json()
                    .get("key")
                    .asString());
        }
        JsonNode up = send("GET", "/v1/application?fields=description&sort=description", "")
                .json();
        assertThat(up)
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.propertyNames()).containsExactly("description"));
        assertThat(up).extracting(one -> one.get("description").asString()).containsExactly("a", "b", "c");
        JsonNode second = send("GET", "/v1/application?sort=type,-description&page_size=2&page=2", "")
                .json();
        assertThat(second).hasSize(1);
        assertThat(second.get(0).get("key").asString()).isEqualTo(made.get(2));
        assertThat(send("GET", "/v1/application?fields=credential,user_key", "").json())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one).isEmpty());
        refused(send("GET", "/v1/application?sort=credential", ""), 400, "NOT_VALID");
        refused(
                server.send(
                        "orders",
                        "GET",
                        "/v1/application?sort=credential",
                        "",
                        USER_KEY,
                        "0123456789abcdef0123456789abcdef"),
                401,
                "SERVICE_UNAUTHORIZED");
        JsonNode platforms =
                send("GET", "/v1/platform?fields=type&sort=-type", "").json();
        assertThat(platforms)
                .extracting(one -> one.get("type").asString())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(platforms.get(0).propertyNames()).containsExactly("type");
    }

    /// The newer documents list elsewhere, and say more of an application.
    @Test
    void applicationsAreListedWithTheNewerMembers() {
        Instant made = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String key = created("key", KEY);
        clock.advance(Duration.ofHours(2));
        Instant said = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        assertThat(send("PUT", "/v1/application/" + key, "{\"description\":\"north\"}")
                        .status())
                .isEqualTo(200);
        JsonNode listed = send("GET", "/v1/application/list", "").json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).propertyNames())
                .containsExactly("key", "type", "authorization", "description", "created_at", "updated_at");
        assertThat(listed.get(0).get("created_at").asString()).isEqualTo(made.toString());
        assertThat(listed.get(0).get("updated_at").asString()).isEqualTo(said.toString());
        assertThat(send("GET", "/v1/application/" + key, "").json().propertyNames())
                .as("what clients of the older documents know")
                .containsExactly("key", "type", "authorization", "description");
        JsonNode one = send("GET", "/v1/application/" + key + "?fields=key,is_authorized,updated_at", "")
                .json();
        assertThat(one.propertyNames()).containsExactly("key", "is_authorized", "updated_at");
        assertThat(one.get("is_authorized").asBoolean()).isTrue();
        assertThat(send("GET", "/v1/platform/Fake?fields=type", "").json().propertyNames())
                .containsExactly("type");
        JsonNode sorted = send("GET", "/v1/application/list?sort=-updated_at&fields=key,is_authorized&page_size=1", "")
                .json();
        assertThat(sorted.get(0).propertyNames()).containsExactly("key", "is_authorized");
        refused(server.send("orders", "GET", "/v1/application/list", ""), 401, "SERVICE_UNAUTHORIZED");
    }

    @Test
    void anApplicationThatThePlatformTakesNoMoreSaysSo() {
        String key = created("oAuth-internal", json(connected()));
        platform.expire();
        platform.mood(FakePlatform.Mood.SAYS_INVALID_GRANT);
        clock.advance(Duration.ofMinutes(6));
        refused(call(key), 401, "UNAUTHORIZED");
        JsonNode one = send("GET", "/v1/application/" + key + "?fields=is_authorized", "")
                .json();
        assertThat(one.get("is_authorized").asBoolean()).isFalse();
        JsonNode listed =
                send("GET", "/v1/application/list?fields=is_authorized", "").json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).propertyNames()).containsExactly("is_authorized");
        assertThat(listed.get(0).get("is_authorized").asBoolean()).isFalse();
    }

    /// Lists are read whole to be sorted, so that an organization has ten of them a second.
    @ParameterizedTest
    @ValueSource(strings = {"/v1/application?sort=type", "/v1/application/list?sort=-created_at"})
    void sortedListsThatAreAskedTooOftenArePutOff(String path) throws Exception {
        created("key", KEY);
        Customer other = customer("other", "applications:manage");
        List<Got> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Got>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                running.add(threads.submit(() -> send("GET", path, "")));
            }
            for (Future<Got> one : running) {
                answers.add(one.get());
            }
        }
        List<Got> late = answers.stream().filter(got -> got.status() != 200).toList();
        assertThat(answers.size() - late.size()).as("ten at once at least").isGreaterThanOrEqualTo(10);
        assertThat(late).isNotEmpty().allSatisfy(got -> {
            refused(got, 429, "TOO_MANY_REQUESTS");
            assertThat(got.header("Retry-After")).matches("[1-9][0-9]*");
            assertThat(got.text()).doesNotContain("Fake");
        });
        assertThat(send(other, "GET", path, "").status())
                .as("another organization's are its own")
                .isEqualTo(200);
    }
}
