package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.oauth.client.RequestReferences;
import dev.gatehouse.oauth.client.RequestReferences.Got;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Signed requests that clients keep at a URL (OpenID Connect Core section 6.2).
final class RequestUriTest extends GrantFlow {
    private static final String PLACE =
            "https://app.example.com/requests/a#GkurKxf5T0Y-mnPFCHqWOMiZi4VS138cQO_V7PZHAdM";

    private final List<String> fetched = new ArrayList<>();
    private SigningClient client;
    private final List<String> turnedAway = new ArrayList<>();
    private String kept = "";

    @BeforeEach
    void register() {
        ClientTerms plain = GrantWorld.terms(ClientMethod.PRIVATE_KEY_JWT, true);
        client = new SigningClient(world, "signer", plain.saying(places()));
        world.requests = uri -> {
            fetched.add(uri);
            return kept.isEmpty() ? new Got.Nothing("nothing is there") : new Got.Text(kept);
        };
    }

    private static OpenIdTerms places() {
        return new OpenIdTerms(false, Optional.empty(), List.of(PLACE), Optional.empty(), List.of());
    }

    /// As the suite's `oidcc-request-uri-signed-rs256` keeps it: without times, by RS256.
    private JWTClaimsSet.Builder object() {
        return client.object(request(client.application, "orders:read"))
                .notBeforeTime(null)
                .expirationTime(null);
    }

    private String signed(JWTClaimsSet.Builder claims) {
        return client.signed(claims.build(), JWSAlgorithm.RS256, Optional.empty());
    }

    private Map<String, String> naming(String uri) {
        Map<String, String> outer = new LinkedHashMap<>();
        outer.put("client_id", "signer");
        outer.put("response_type", "code");
        outer.put("scope", "orders:delete");
        outer.put("redirect_uri", GrantWorld.CALLBACK);
        outer.put("request_uri", uri);
        return outer;
    }

    @Test
    void whatIsKeptThereIsAnswered() {
        kept = signed(object());
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(naming(PLACE));
        assertThat(consent.scopes()).extracting(ScopeText::scope).containsExactly("orders:read");
        assertThat(fetched).containsExactly("https://app.example.com/requests/a");
        kept = "";
        assertThat(answer(world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""))))
                .containsEntry("state", "af0ifjsldkj")
                .containsKey("code");
        assertThat(fetched).hasSize(1);
    }

    /// GAUNTLET J06: nothing is fetched that the client did not register.
    @Test
    void anotherPlaceIsNotLookedAt() {
        for (String other : List.of(
                "https://evil.test/",
                "https://app.example.com/requests/a",
                PLACE + "x",
                "http://app.example.com/requests/a",
                "file:///etc/passwd",
                "https://169.254.169.254/latest")) {
            assertThat(answer(ask(naming(other)))).as(other).containsEntry("error", "invalid_request_uri");
        }
        Map<String, String> nowhere = naming("https://evil.test/");
        nowhere.put("redirect_uri", "https://evil.test/cb");
        AuthorizeStep.Refused page = (AuthorizeStep.Refused) ask(nowhere);
        assertThat(page.error()).isEqualTo("invalid_request_uri");
        assertThat(fetched).isEmpty();
    }

    @Test
    void whatIsNotThereAndWhatIsNone() {
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_uri");
        world.clock.advance(RequestReferences.PAUSE);
        kept = "hello";
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_object");
        kept = "eyJhbGciOiJub25lIn0.e30.";
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_object");
        kept = signed(object().audience("https://evil.test"));
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_object");
        kept = signed(object().expirationTime(Date.from(world.clock.instant())));
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_object");
        kept = signed(object().claim("request_uri", PLACE));
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_object");
    }

    /// Anybody can ask so, of whomever the client named.
    @Test
    void whereNothingWasNobodyLooksForAWhile() {
        for (int i = 0; i < 5; i++) {
            assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_uri");
        }
        assertThat(fetched).hasSize(1);
        kept = signed(object());
        world.clock.advance(RequestReferences.PAUSE.minusSeconds(1));
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_uri");
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(ask(naming(PLACE))).isInstanceOf(AuthorizeStep.Consent.class);
        assertThat(fetched).hasSize(2);
    }

    @Test
    void anAddressHasSoMuchFetchedAndNoMore() {
        kept = "hello";
        int most = 0;
        while (ask(naming(PLACE)) instanceof AuthorizeStep.Answer) {
            most++;
            assertThat(most).isLessThan(100);
        }
        assertThat(ask(naming(PLACE))).isInstanceOf(AuthorizeStep.Later.class);
        assertThat(fetched).hasSize(most).hasSize(30);
        world.clock.advance(Duration.ofSeconds(2));
        assertThat(ask(naming(PLACE))).isInstanceOf(AuthorizeStep.Answer.class);
    }

    /// What is too much for us is no mistake of the client's, and is not remembered as one.
    @Test
    void whatIsNotLookedAtIsAskedForAgain() {
        kept = signed(object());
        RequestReferences.Fetch there = world.requests;
        world.requests = _ -> new Got.Later();
        assertThat(ask(naming(PLACE))).isInstanceOf(AuthorizeStep.Later.class);
        world.requests = there;
        assertThat(ask(naming(PLACE))).isInstanceOf(AuthorizeStep.Consent.class);
    }

    private Application keeping(String clientId, Id organization) {
        return world.application(
                clientId,
                organization,
                world.apps,
                GrantWorld.terms(ClientMethod.PRIVATE_KEY_JWT, true).saying(places()));
    }

    /// Each fetch is under way while the next one is asked for: two of a client, eight of an organization.
    @Test
    void slowPlacesHoldUpTheirOwn() {
        Deque<Application> next = new ArrayDeque<>();
        for (int i = 0; i < 6; i++) {
            Application one = keeping("same" + i, world.confidential.organization());
            next.addAll(List.of(one, one, one));
        }
        next.add(keeping("other", world.shop.id()));
        AtomicReference<RequestReferences> references = new AtomicReference<>();
        references.set(new RequestReferences(
                _ -> {
                    Got got = new Got.Later();
                    while (got instanceof Got.Later && !next.isEmpty()) {
                        Application one = next.removeFirst();
                        got = references.get().fetch(PLACE, one);
                        if (got instanceof Got.Later) {
                            turnedAway.add(one.clientId());
                        }
                    }
                    return new Got.Text("hello");
                },
                world.clock));
        Application first = next.removeFirst();
        assertThat(references.get().fetch(PLACE, first)).isInstanceOf(Got.Text.class);
        assertThat(turnedAway)
                .containsExactly(
                        "same0", "same1", "same2", "same3", "same4", "same4", "same4", "same5", "same5", "same5");
        assertThat(references.get().fetch(PLACE, first)).isInstanceOf(Got.Text.class);
    }

    @Test
    void oneOfTheTwo() {
        kept = signed(object());
        Map<String, String> both = naming(PLACE);
        both.put("request", kept);
        assertThat(((AuthorizeStep.Refused) ask(both)).error()).isEqualTo("invalid_request");
        assertThat(fetched).isEmpty();
    }

    /// FAPI 2.0 Security Profile section 5.3.2.2: pushed, and never fetched.
    @Test
    void whoHasToPushIsFetchedNothing() {
        ClientTerms plain = GrantWorld.terms(ClientMethod.PRIVATE_KEY_JWT, true);
        SigningClient pushing = new SigningClient(
                world,
                "pushing",
                new ClientTerms(
                                plain.method(),
                                plain.grants(),
                                plain.redirects().subList(0, 1),
                                plain.afterLogout(),
                                true,
                                Set.of(),
                                new ClientMessages(Optional.of(ClientProfile.FAPI2), Map.of(), Optional.empty()))
                        .saying(places()));
        Map<String, String> naming = naming(PLACE);
        naming.put("client_id", pushing.application.clientId());
        assertThat(answer(ask(naming))).containsEntry("error", "invalid_request");
        assertThat(fetched).isEmpty();
    }

    /// RFC 6749 section 3.1: what has no meaning here is passed over, whatever it is.
    @Test
    void membersWithoutMeaningArePassedOver() {
        kept = signed(object().claim("authorization_signals", List.of(1, 2))
                .claim("is_test", true)
                .claim("ratio", 0.5)
                .claim("nothing", null)
                .claim("max_age", 300));
        assertThat(ask(naming(PLACE))).isInstanceOf(AuthorizeStep.Consent.class);
        kept = signed(object().claim("prompt", List.of("login")));
        assertThat(answer(ask(naming(PLACE)))).containsEntry("error", "invalid_request_object");
    }
}
