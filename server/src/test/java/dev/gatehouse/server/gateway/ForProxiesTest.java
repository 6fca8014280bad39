package dev.gatehouse.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.testkit.EveryRefusal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET K09: whatever the gateway would answer, a proxy gets one of four statuses, and 200 always with every
/// identity header.
class ForProxiesTest {
    private static Stream<Refusal> refusals() {
        return EveryRefusal.all().stream();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalStopsTheCallAndSaysWhatTheGatewayWouldSay(Refusal refusal) {
        Reply gateway = Refusals.reply(refusal);
        Reply reply = ForProxies.refusal(gateway);
        assertThat(reply.status()).isIn(401, 403, 503);
        assertThat(reply.status() == 401).isEqualTo(gateway.status() == 401);
        assertThat(reply.status() == 503).isEqualTo(gateway.status() == 503 || gateway.status() == 429);
        assertThat(member(reply, "code")).isEqualTo(member(gateway, "code"));
        assertThat(member(reply, "detail")).isEqualTo(member(gateway, "detail"));
        assertThat(member(reply, "status")).isEqualTo(reply.status());
        assertThat(values(reply, "WWW-Authenticate")).isEqualTo(values(gateway, "WWW-Authenticate"));
        assertThat(values(reply, "Retry-After").isEmpty()).isEqualTo(reply.status() != 503);
        uncached(reply);
    }

    @Test
    void aBodyOfADialectIsAsTheGatewayWritesIt() {
        Body body = new Body.Json("application/json", Map.of("code", "404", "status", 7));
        Reply reply = ForProxies.refusal(new Reply(404, List.of(), body, false));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo(body);
    }

    @Test
    void noStatusLetsACallPassOrSendsItElsewhere() {
        IntStream.range(400, 600).forEach(status -> {
            Reply reply = ForProxies.refusal(Unreadable.reply(status, "why"));
            assertThat(reply.status()).as("%d", status).isIn(401, 403, 503);
            uncached(reply);
        });
    }

    @Test
    void whatIsNotSaidIsThereAndEmpty() {
        Reply nobody = ForProxies.passing(List.of(), List.of());
        assertThat(nobody.status()).isEqualTo(200);
        for (String name : IdentityHeaders.NAMES) {
            assertThat(values(nobody, name)).as(name).containsExactly("");
        }
        assertThat(values(nobody, "X-Gatehouse-Verdict")).containsExactly("open");
        Reply somebody = ForProxies.passing(
                List.of(new Header(IdentityHeaders.NAMES.getFirst(), "org_1")), List.of(new Header("RateLimit", "r")));
        assertThat(values(somebody, IdentityHeaders.NAMES.getFirst())).containsExactly("org_1");
        assertThat(values(somebody, IdentityHeaders.NAMES.getLast())).containsExactly("");
        assertThat(values(somebody, "RateLimit")).containsExactly("r");
        assertThat(values(somebody, "X-Gatehouse-Verdict")).containsExactly("identified");
        uncached(somebody);
    }

    private static void uncached(Reply reply) {
        assertThat(values(reply, "Cache-Control")).containsExactly("no-store");
        assertThat(values(reply, "Vary")).containsExactly("*");
    }

    private static Object member(Reply reply, String name) {
        return ((Body.Json) reply.body()).members().get(name);
    }

    private static List<String> values(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .toList();
    }
}
