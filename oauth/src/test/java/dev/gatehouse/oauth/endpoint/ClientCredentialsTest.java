package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client that has proven itself is granted (RFC 6749 section 4.4; GAUNTLET G01).
class ClientCredentialsTest extends TokenEndpointFixture {
    @Test
    void aClientGetsATokenInTheBodyWayAndInTheHeaderWay() {
        for (Api api : world.apis) {
            HttpFacts inBody = World.post(List.of(FORM), GRANT + right());
            Reply reply = send(inBody, api);
            assertThat(reply.status()).as(api.name()).isEqualTo(200);
            assertThat(members(reply)).extractingByKey("token_type").isEqualTo("Bearer");
            assertThat(members(reply)).extractingByKey("expires_in").isEqualTo(900L);
            assertThat(members(reply)).extractingByKey("scope").isEqualTo("orders:read");
            Secret token = Secret.of((String) members(reply).get("access_token"));
            assertThat(world.formats.read(token, api)).isInstanceOf(Read.Proven.class);
        }
        assertThat(basic("shop-backend:" + world.secret.reveal(), GRANT).status())
                .isEqualTo(200);
    }

    @Test
    void everyTokenAndEveryRefusalHasAWitness() {
        // Each request is answered from memory and with loading.
        assertThat(post(GRANT + right()).status()).isEqualTo(200);
        String issued = "issued " + world.sealed.name() + " "
                + world.members.credential().id();
        assertThat(world.witnessed).containsExactly(issued, issued);
        world.witnessed.clear();
        assertThat(basic("shop-backend:wrong-secret-of-enough-length", GRANT).status())
                .isEqualTo(401);
        String refused = "refused " + world.sealed.name() + " bad_credential";
        assertThat(world.witnessed).containsExactly(refused, refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "CLIENT_CREDENTIALS", "client_credentials%20", "urn%3Ax", "%00"})
    void otherGrantsAreUnsupported(String grant) {
        refused(post("grant_type=" + grant + right()), 400, "unsupported_grant_type");
    }

    /// GAUNTLET C07.
    @ParameterizedTest
    @ValueSource(strings = {"authorization_code&code=x", "refresh_token&refresh_token=x"})
    void aProgramHasNoGrantsOfUsers(String grant) {
        Reply reply = world.endpoint.answer(World.post(List.of(FORM), "grant_type=" + grant + right()), world.sealed);
        refused(reply, 400, "unauthorized_client");
    }

    @Test
    void withoutAGrantOrAClientTheRequestIsRefused() {
        refused(post("a=b" + right()), 400, "invalid_request");
        refused(post("grant_type=" + right()), 400, "invalid_request");
        refused(post(GRANT), 401, "invalid_client");
        refused(post(GRANT + "&client_id=shop-backend"), 401, "invalid_client");
        refused(post(GRANT + "&client_secret=" + world.secret.reveal()), 401, "invalid_client");
        refused(post(GRANT + "&client_id=shop-backend&client_secret="), 401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders:write",
                "orders:read+orders:write",
                "admin",
                "ORDERS:READ",
                "orders:read+orders:read",
                "orders:read++orders:read",
                "+orders:read",
                "orders:read+",
                "+",
                "orders:read%00",
                "orders:read%0d%0aX:1",
                "%22",
                "*"
            })
    void g01ScopesDoNotGrow(String scope) {
        refused(post(GRANT + right() + "&scope=" + scope), 400, "invalid_scope");
    }

    @Test
    void g01HugeScopesAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            many.append(i == 0 ? "" : "+").append("scope").append(i);
        }
        refused(post(GRANT + right() + "&scope=" + many), 400, "invalid_scope");
        refused(post(GRANT + right() + "&scope=" + "x".repeat(1 << 20)), 400, "invalid_scope");
    }

    @Test
    void g01AnEmptyScopeCountsAsLeftOut() {
        Reply reply = post(GRANT + right() + "&scope=");
        assertThat(members(reply)).extractingByKey("scope").isEqualTo("orders:read");
    }

    /// GAUNTLET G05.
    @Test
    void aResourceThatIsNotTheApiIsRefused() {
        refused(post(GRANT + right() + "&resource=https://api.example.com/other"), 400, "invalid_target");
        assertThat(post(GRANT + right() + "&resource=" + world.sealed.audience())
                        .status())
                .isEqualTo(200);
    }

    /// RFC 8707 section 2: it alone may be there more than once; a token is for one of them.
    @Test
    void ofSeveralResourcesEachHasToBeTheApi() {
        String own = "&resource=" + world.sealed.audience();
        assertThat(post(GRANT + right() + own + own).status()).isEqualTo(200);
        assertThat(post(GRANT + right() + "&resource=" + own).status()).isEqualTo(200);
        refused(post(GRANT + right() + own + "&resource=https://api.example.com/other"), 400, "invalid_target");
        refused(post(GRANT + right() + "&resource=https://api.example.com/other" + own), 400, "invalid_target");
    }

    @Test
    void everyMemberAboveTheSecretCanStopIt() {
        Map<Standing, Integer> standings = Map.of(
                new Standing(Set.of(Hold.OWNER), false, 0, Window.ALWAYS, 1),
                401,
                new Standing(Set.of(), true, 0, Window.ALWAYS, 1),
                401,
                Standing.within(Window.until(world.now)),
                401,
                Standing.within(new Window(Optional.of(world.now.plusSeconds(1)), Optional.empty())),
                401,
                new Standing(Set.of(), false, 9, Window.ALWAYS, 1),
                200);
        standings.forEach((standing, status) -> {
            world.put(with(world.members, credential -> withStanding(credential, standing)));
            Reply reply = post(GRANT + right());
            assertThat(reply.status()).as(standing.toString()).isEqualTo(status);
        });
    }

    @Test
    void restrictionsOfTheCredentialApply() {
        world.put(with(
                world.members,
                credential -> withRestrictions(
                        credential,
                        new Restrictions(
                                Restriction.only(List.of(
                                        AddressBlock.parse("192.0.2.0/24").orElseThrow())),
                                Restriction.unrestricted()))));
        refused(post(GRANT + right()), 401, "invalid_client");
        world.put(with(
                world.members,
                credential -> withRestrictions(
                        credential,
                        new Restrictions(Restriction.unrestricted(), Restriction.only(List.of(world.id(Kind.API)))))));
        refused(post(GRANT + right()), 400, "unauthorized_client");
    }

    @Test
    void aTokenDoesNotOutliveTheWindowOfItsCredential() {
        Standing soon = Standing.within(Window.until(world.now.plusSeconds(30)));
        world.put(with(world.members, credential -> withStanding(credential, soon)));
        assertThat(members(post(GRANT + right()))).extractingByKey("expires_in").isEqualTo(30L);
    }
}
