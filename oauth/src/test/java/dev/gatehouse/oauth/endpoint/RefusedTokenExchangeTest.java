package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.oauth.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// What is not exchanged, and how little a stranger learns of it (RFC 8693 section 2.2.2; GAUNTLET G02).
class RefusedTokenExchangeTest extends TokenExchangeFixture {
    /// What is no subject of this client's, whatever the reason: one answer.
    @Test
    void strangersCustomersAreNotThere() {
        Customer stranger = new Customer(world.id(Kind.CUSTOMER), world.root.id(), "x", Standing.FRESH, world.now);
        world.facts.subjects.put(stranger.id(), new Subject(stranger, List.of(world.root)));
        Stream<String> none = Stream.of(
                stranger.id().text(),
                world.id(Kind.CUSTOMER).text(),
                world.members.holder().id().text(),
                world.root.id().text(),
                "cust_",
                "4711",
                "null",
                " ");
        List<Object> answers = none.map(id ->
                        (Object) members(send(world.sealed, exchange(id, TokenExchange.CUSTOMER, ""))))
                .distinct()
                .toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().toString()).contains("invalid_request");
    }

    @Test
    void whatIsNoLiveTokenOfTheClientIsNotExchanged() {
        String expired = own(world.sealed, "");
        world.now = world.now.plus(Duration.ofMinutes(16));
        Stream<String> none = Stream.of(
                expired,
                own(world.es256, ""),
                world.text(world.eddsa),
                world.secret.reveal(),
                customer.id().text(),
                "gts_1",
                "x",
                "x".repeat(8000));
        List<Object> answers = none.map(text -> (Object) members(exchanging(world.sealed, text, "")))
                .distinct()
                .toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().toString()).contains("invalid_request");
    }

    static final List<String> BROKEN = List.of(
            "&subject_token_type=urn:gatehouse:token-type:customer",
            "&subject_token=&subject_token_type=urn:gatehouse:token-type:customer",
            "&subject_token=CUSTOMER",
            "&subject_token=CUSTOMER&subject_token_type=",
            "&subject_token=CUSTOMER&subject_token_type=urn:ietf:params:oauth:token-type:refresh_token",
            "&subject_token=CUSTOMER&subject_token_type=urn:ietf:params:oauth:token-type:jwt",
            "&subject_token=CUSTOMER&subject_token_type=URN:gatehouse:token-type:customer",
            "&subject_token=CUSTOMER&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer",
            "&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer&actor_token=x",
            "&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer"
                    + "&actor_token_type=urn:ietf:params:oauth:token-type:access_token",
            "&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer"
                    + "&requested_token_type=urn:ietf:params:oauth:token-type:refresh_token");

    @ParameterizedTest
    @FieldSource("BROKEN")
    void whatIsMissingTwiceThereOrOfAnotherTypeIsNeverPassedOver(String form) {
        String grant = "grant_type=" + encode(TokenExchange.GRANT_TYPE);
        refused(
                send(
                        world.sealed,
                        grant + form.replace("CUSTOMER", customer.id().text())),
                "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "audience, https://api.example.com/es256",
        "resource, https://api.example.com/es256",
        "audience, urn:gatehouse:admin",
        "resource, https://api.example.com/sealed/"
    })
    void anotherAudienceIsNoTarget(String parameter, String value) {
        String more = "&" + parameter + "=" + encode(value);
        refused(acting(world.sealed, more), "invalid_target");
        refused(exchanging(world.sealed, own(world.sealed, ""), more), "invalid_target");
        String right = "&" + parameter + "=" + encode(world.sealed.audience());
        assertThat(acting(world.sealed, right).status()).isEqualTo(200);
    }

    @Test
    void whoMayNotDelegateIsUnauthorized() {
        world.put(world.members);
        refused(acting(world.sealed, "&scope=orders%3Aread"), "unauthorized_client");
    }

    @Test
    void aClientThatDoesNotProveItselfLearnsNothingOfCustomers() {
        Customer gone = new Customer(world.id(Kind.CUSTOMER), world.customer.id(), "x", Standing.FRESH, world.now);
        for (Id id : List.of(customer.id(), gone.id())) {
            String form = exchange(id.text(), TokenExchange.CUSTOMER, "&client_id=shop-backend&client_secret=wrong");
            Reply reply = world.endpoint.answer(World.post(List.of(FORM), form), world.sealed);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(members(reply)).extractingByKey("error").isEqualTo("invalid_client");
        }
    }
}
