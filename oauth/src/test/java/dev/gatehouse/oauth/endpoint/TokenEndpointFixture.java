package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A token endpoint with one client, and how requests are sent to it. Every request is answered from memory and
/// with loading, and both must say the same.
abstract class TokenEndpointFixture {
    static final Header FORM = new Header("Content-Type", "application/x-www-form-urlencoded");
    static final String GRANT = "grant_type=client_credentials";

    @TempDir
    Path folder;

    World world;

    @BeforeEach
    void start() {
        world = new World(folder);
    }

    Reply send(HttpFacts http) {
        return send(http, world.sealed);
    }

    Reply send(HttpFacts http, Api api) {
        Reply loading = world.endpoint.answer(http, api);
        Optional<Reply> fast = world.endpoint.tryAnswer(http, api);
        assertThat(fast.orElseThrow().status()).isEqualTo(loading.status());
        assertThat(loading.headers()).contains(new Header("Cache-Control", "no-store"));
        noLineBreaks(loading);
        return loading;
    }

    static void noLineBreaks(Reply reply) {
        for (Header header : reply.headers()) {
            assertThat(header.name() + header.value()).doesNotContain("\r", "\n");
        }
        members(reply).values().forEach(value -> assertThat(value.toString()).doesNotContain("\r", "\n"));
    }

    Reply post(String body) {
        return send(World.post(List.of(FORM), body));
    }

    Reply basic(String credentials, String body) {
        return basicBytes(credentials.getBytes(StandardCharsets.UTF_8), body);
    }

    Reply basicBytes(byte[] credentials, String body) {
        return header("Basic " + Base64.getEncoder().encodeToString(credentials), body);
    }

    Reply header(String authorization, String body) {
        return send(World.post(List.of(FORM, new Header("Authorization", authorization)), body));
    }

    String right() {
        return "&client_id=shop-backend&client_secret=" + world.secret.reveal();
    }

    static Map<String, ?> members(Reply reply) {
        return ((Body.Json) reply.body()).members();
    }

    static void refused(Reply reply, int status, String error) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(members(reply)).extractingByKey("error").isEqualTo(error);
    }

    static Optional<String> value(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst();
    }

    static Members with(Members members, UnaryOperator<Credential> change) {
        return new Members(change.apply(members.credential()), members.holder(), members.role(), members.chain());
    }

    Credential withDigest(Credential c, Secret secret) {
        return new Credential(
                c.id(),
                c.holder(),
                c.organization(),
                c.kind(),
                c.name(),
                c.hint(),
                world.custody.pepper().digest(secret),
                c.reach(),
                c.restrictions(),
                c.standing(),
                c.createdAt());
    }

    static Credential withStanding(Credential c, Standing standing) {
        return new Credential(
                c.id(),
                c.holder(),
                c.organization(),
                c.kind(),
                c.name(),
                c.hint(),
                c.evidence(),
                c.reach(),
                c.restrictions(),
                standing,
                c.createdAt());
    }

    static Credential withRestrictions(Credential c, Restrictions restrictions) {
        return new Credential(
                c.id(),
                c.holder(),
                c.organization(),
                c.kind(),
                c.name(),
                c.hint(),
                c.evidence(),
                c.reach(),
                restrictions,
                c.standing(),
                c.createdAt());
    }
}
