package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.token.Claims;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an exchange gives: tokens for customers, and narrower ones (RFC 8693; GAUNTLET G02).
class TokenExchangeTest extends TokenExchangeFixture {
    @Test
    void aTokenForACustomerNamesItAsSubjectAndTheClientAsActor() throws Exception {
        for (Api api : world.started) {
            Reply reply = acting(api, "&scope=orders%3Aread");
            Claims claims = claims(api, token(reply));
            assertThat(members(reply))
                    .containsEntry("issued_token_type", "urn:ietf:params:oauth:token-type:access_token")
                    .containsEntry("token_type", "Bearer")
                    .containsEntry("scope", "orders:read")
                    .containsEntry("expires_in", 900L);
            assertThat(claims.subject()).isEqualTo(customer.id().text());
            assertThat(claims.clientId()).isEqualTo("shop-backend");
            assertThat(claims.lineage().customer()).contains(customer.id());
        }
        var jwt = SignedJWT.parse(token(acting(world.es256, ""))).getJWTClaimsSet();
        assertThat(jwt.getSubject()).isEqualTo(customer.id().text());
        assertThat(jwt.getJSONObjectClaim("act")).isEqualTo(Map.of("sub", "shop-backend"));
        assertThat(SignedJWT.parse(own(world.es256, "")).getJWTClaimsSet().getClaim("act"))
                .isNull();
    }

    @Test
    void withoutAScopeTheCustomerGetsAllButTheRightToActForOthers() {
        assertThat(members(acting(world.sealed, ""))).containsEntry("scope", "orders:read orders:write");
        refused(acting(world.sealed, "&scope=" + encode(Subject.SCOPE)), "invalid_scope");
        refused(acting(world.sealed, "&scope=admin"), "invalid_scope");
    }

    @Test
    void anExchangedTokenIsNarrowerDescendsFromTheOtherAndEndsWithIt() {
        for (Api api : world.started) {
            String wide = own(api, "");
            world.now = world.now.plus(Duration.ofMinutes(10));
            Reply reply = exchanging(api, wide, "&scope=orders%3Aread");
            Claims claims = claims(api, token(reply));
            assertThat(members(reply)).containsEntry("scope", "orders:read").containsEntry("expires_in", 300L);
            assertThat(claims.subject()).isEqualTo("shop-backend");
            assertThat(claims.lineage().tokens())
                    .containsExactly(claims(api, wide).id());
            refused(exchanging(api, token(reply), "&scope=orders%3Awrite"), "invalid_scope");
            world.facts.dead.add(claims(api, wide).id());
            refused(exchanging(api, token(reply), ""), "invalid_request");
            refused(exchanging(api, wide, ""), "invalid_request");
        }
    }

    @Test
    void aCustomersTokenIsExchangedForTheCustomersOnly() {
        String wide = token(acting(world.es256, ""));
        Claims narrow = claims(world.es256, token(exchanging(world.es256, wide, "&scope=orders%3Aread")));
        assertThat(narrow.subject()).isEqualTo(customer.id().text());
        assertThat(narrow.lineage().customer()).contains(customer.id());
        assertThat(narrow.lineage().tokens()).hasSize(1);
    }

    @Test
    void depthTwentyIsNotReached() {
        for (Api api : world.started) {
            String token = own(api, "");
            int depth = 0;
            Reply reply = exchanging(api, token, "");
            while (reply.status() == 200 && depth < 20) {
                token = token(reply);
                depth++;
                assertThat(claims(api, token).lineage().tokens()).hasSize(depth);
                reply = exchanging(api, token, "");
            }
            assertThat(depth).isEqualTo(4);
            refused(reply, "invalid_request");
        }
    }

    @Test
    void aCustomersTokenEndsWithTheCustomersWindow() {
        customer = customer(Standing.within(Window.until(world.now.plusSeconds(60))));
        assertThat(members(acting(world.sealed, ""))).containsEntry("expires_in", 60L);
    }

    @Test
    void aDeepTokenForACustomerFitsIntoAHeader() {
        String token = token(acting(world.es256, ""));
        assertThat(token).hasSizeLessThan(750);
        for (int i = 0; i < 4; i++) {
            token = token(exchanging(world.es256, token, ""));
        }
        assertThat(token).hasSizeLessThan(850);
    }
}
