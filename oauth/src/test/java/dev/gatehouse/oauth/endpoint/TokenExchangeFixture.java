package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A client that may act for a customer, and how it exchanges tokens. Every request is answered from memory and
/// with loading, and both must say the same.
abstract class TokenExchangeFixture {
    static final Header FORM = new Header("Content-Type", "application/x-www-form-urlencoded");
    static final Scopes DELEGATING = Scopes.of("orders:read", "orders:write", Subject.SCOPE);

    @TempDir
    Path folder;

    World world;
    Customer customer;

    @BeforeEach
    void start() {
        world = new World(folder);
        Map<Id, Scopes> rights = new HashMap<>();
        world.apis.forEach(api -> rights.put(api.id(), DELEGATING));
        Members plain = world.members;
        Role role = plain.role().orElseThrow();
        world.put(new Members(
                plain.credential(),
                plain.holder(),
                Optional.of(new Role(role.id(), role.organization(), "delegate", new Rights(rights), false, 0)),
                plain.chain()));
        customer = customer(Standing.FRESH);
    }

    Customer customer(Standing standing) {
        Customer made = new Customer(world.id(Kind.CUSTOMER), world.customer.id(), "4711", standing, world.now);
        world.facts.subjects.put(made.id(), new Subject(made, List.of(world.customer, world.root)));
        return made;
    }

    Reply send(Api api, String form) {
        String client = "&client_id=shop-backend&client_secret=" + world.secret.reveal();
        HttpFacts http = World.post(List.of(FORM), form + client);
        Reply warm = world.endpoint.tryAnswer(http, api).orElseThrow();
        Reply loading = world.endpoint.answer(http, api);
        assertThat(loading.status()).isEqualTo(warm.status());
        assertThat(loading.headers()).contains(new Header("Cache-Control", "no-store"));
        return loading;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String exchange(String token, String type, String more) {
        return "grant_type=" + encode(TokenExchange.GRANT_TYPE) + "&subject_token=" + encode(token)
                + "&subject_token_type=" + encode(type) + more;
    }

    Reply acting(Api api, String more) {
        return send(api, exchange(customer.id().text(), TokenExchange.CUSTOMER, more));
    }

    Reply exchanging(Api api, String token, String more) {
        return send(api, exchange(token, TokenExchange.ACCESS_TOKEN, more));
    }

    static Map<String, Object> members(Reply reply) {
        return Map.copyOf(((Body.Json) reply.body()).members());
    }

    static String token(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return (String) members(reply).get("access_token");
    }

    String own(Api api, String more) {
        return token(send(api, "grant_type=client_credentials" + more));
    }

    Claims claims(Api api, String token) {
        assertThat(world.formats.read(Secret.of(token), api)).isInstanceOf(Read.Proven.class);
        return ((Read.Proven) world.formats.read(Secret.of(token), api)).claims();
    }

    static void refused(Reply reply, String error) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(members(reply)).extractingByKey("error").isEqualTo(error);
    }
}
