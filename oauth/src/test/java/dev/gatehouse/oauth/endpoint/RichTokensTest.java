package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.testkit.Payments;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Authorization details (RFC 9396) of clients that act for themselves, and of tokens that are exchanged, in both
/// formats of tokens.
class RichTokensTest extends TokenExchangeFixture {
    private static final String BOTH = Payments.json("123.50", "Merchant", "initiate", "status");
    private static final String ONE = Payments.json("123.50", "Merchant", "status");

    private Api api(String name) {
        return world.apis.stream()
                .filter(api -> api.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String details(String json) {
        return "&authorization_details=" + encode(json);
    }

    private Reply own(String name, String json) {
        return send(api(name), "grant_type=client_credentials&scope=orders%3Aread" + details(json));
    }

    /// Sections 3, 7 and 9.1.
    @ParameterizedTest
    @ValueSource(strings = {"sealed", "es256"})
    void aClientGetsWhatItAsksFor(String name) {
        Reply reply = own(name, BOTH);
        String token = token(reply);
        assertThat(claims(api(name), token).details())
                .isEqualTo(Payments.of("123.50", "Merchant", "initiate", "status"));
        assertThat(members(reply))
                .extractingByKey("authorization_details")
                .isEqualTo(claims(api(name), token).details().plain());
        assertThat(members(send(api(name), "grant_type=client_credentials")))
                .doesNotContainKey("authorization_details");
    }

    /// The scope of the type is one that the client has to hold, as it would to be granted it.
    @ParameterizedTest
    @ValueSource(strings = {"sealed", "es256"})
    void whatAClientDoesNotHoldItDoesNotGet(String name) {
        world.put(world.members);
        refused(own(name, BOTH.replace(Payments.TYPE, "erasure")), "invalid_authorization_details");
        assertThat(own(name, BOTH).status()).isEqualTo(200);
    }

    /// Section 10.
    @ParameterizedTest
    @ValueSource(strings = {"sealed", "es256"})
    void aClientThatIsBoundToTypesGetsNoOthers(String name) {
        Application plain = (Application) world.members.holder();
        Application bound = new Application(
                plain.id(),
                plain.organization(),
                plain.clientId(),
                plain.name(),
                plain.role(),
                plain.terms().detailing(Restriction.only(List.of("erasure"))),
                plain.tokenLife(),
                plain.standing(),
                plain.createdAt());
        Members members = world.members;
        world.put(new Members(members.credential(), bound, members.role(), members.chain()));
        refused(own(name, BOTH), "invalid_authorization_details");
    }

    /// Section 6, of what a token is exchanged for (RFC 8693).
    @ParameterizedTest
    @ValueSource(strings = {"sealed", "es256"})
    void atAnExchangeItBecomesLessAndNeverMore(String name) {
        Api api = api(name);
        String token = token(own(name, BOTH));
        assertThat(claims(api, token(exchanging(api, token, ""))).details())
                .isEqualTo(claims(api, token).details());
        String less = token(exchanging(api, token, details(ONE)));
        assertThat(claims(api, less).details()).isEqualTo(Payments.of("123.50", "Merchant", "status"));
        refused(exchanging(api, less, details(BOTH)), "invalid_authorization_details");
        refused(
                exchanging(api, token, details(Payments.json("999.00", "Merchant", "status"))),
                "invalid_authorization_details");
        String none = own(api, "");
        refused(exchanging(api, none, details(ONE)), "invalid_authorization_details");
        assertThat(claims(api, token(exchanging(api, none, ""))).details().isEmpty())
                .isTrue();
    }

    /// Who acts for a customer asks as for itself.
    @ParameterizedTest
    @ValueSource(strings = {"sealed", "es256"})
    void inTheNameOfACustomer(String name) {
        Api api = api(name);
        String token = token(acting(api, "&scope=orders%3Aread" + details(ONE)));
        assertThat(claims(api, token).details()).isEqualTo(Payments.of("123.50", "Merchant", "status"));
    }

    /// The examples of RFC 9396 ask for details alone: nothing comes beside them.
    @ParameterizedTest
    @ValueSource(strings = {"sealed", "es256"})
    void whoAsksForDetailsAloneGetsThemAlone(String name) {
        Api api = api(name);
        for (Reply reply :
                List.of(send(api, "grant_type=client_credentials" + details(ONE)), acting(api, details(ONE)))) {
            assertThat(members(reply)).doesNotContainKey("scope").containsKey("authorization_details");
            Claims claims = claims(api, token(reply));
            assertThat(claims.scopes()).isEqualTo(Scopes.NONE);
            assertThat(claims.details()).isEqualTo(Payments.of("123.50", "Merchant", "status"));
        }
        refused(send(api, "grant_type=client_credentials&scope=orders%3Agone" + details(ONE)), "invalid_scope");
        assertThat(claims(api, own(api, details("[]"))).scopes())
                .as("no details are no reason to ask for less")
                .isEqualTo(claims(api, own(api, "")).scopes());
    }

    /// A token that is exchanged has its scopes, and these are what there is to have.
    @ParameterizedTest
    @ValueSource(strings = {"sealed", "es256"})
    void anExchangeKeepsTheScopesOfItsTokenOrNone(String name) {
        Api api = api(name);
        Claims narrowed = claims(api, token(exchanging(api, token(own(name, BOTH)), details(ONE))));
        assertThat(narrowed.scopes()).isEqualTo(Scopes.of("orders:read"));
        String alone = own(api, details(ONE));
        Claims again = claims(api, token(exchanging(api, alone, "")));
        assertThat(again.scopes()).isEqualTo(Scopes.NONE);
        assertThat(again.details()).isEqualTo(Payments.of("123.50", "Merchant", "status"));
        refused(exchanging(api, alone, "&scope=orders%3Aread"), "invalid_scope");
        refused(exchanging(api, alone, details("[]")), "invalid_scope");
    }
}
