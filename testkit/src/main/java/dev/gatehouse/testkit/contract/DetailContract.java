package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Redeemed;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.testkit.Payments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Authorization details (RFC 9396): the types of Apis, and what was asked for, granted and allowed once and
/// for all.
public abstract class DetailContract extends GrantFixture {
    private static final AuthorizationDetails PAYMENT =
            Payments.of("123.50", "Zo\u00eb \"& sons\\", "initiate", "status");

    private Api orders(Optional<String> scope) {
        Api plain = nouns.api(root(), "orders");
        Catalogue catalogue = plain.catalogue()
                .with(Map.of(Payments.TYPE, Payments.type(scope), "bare", bare(), "kept", Payments.remembered(scope)));
        Route route = new Route(
                nouns.id(Kind.ROUTE),
                Set.of("POST"),
                PathPattern.parse("/payments").orElseThrow(),
                new Need.Detailed(new Need.AnyOf(Scopes.of("orders:write")), Payments.TYPE));
        List<Route> routes = List.of(route, plain.routes().getFirst());
        return new Api(
                plain.id(),
                plain.organization(),
                plain.name(),
                plain.audience(),
                plain.issuer(),
                plain.listener(),
                plain.hosts(),
                plain.keyHeader(),
                plain.tokens(),
                plain.upstream(),
                catalogue,
                routes,
                RouteTable.of(routes),
                0);
    }

    private static DetailType bare() {
        return new DetailType("Anything", Map.of(), Optional.empty(), new TreeMap<>());
    }

    private static void same(Api actual, Api expected) {
        assertThat(actual).usingRecursiveComparison().ignoringFields("table").isEqualTo(expected);
    }

    @Test
    void typesAndRoutesThatNeedThemAreReadBackAsTheyWere() {
        Api api = orders(Optional.of("orders:write"));
        same(done(store().apis().add(api, act)), api);
        same(store().facts().api(api.id()).orElseThrow(), api);
        Api none = nouns.api(api.id(), root(), "orders", Catalogue.EMPTY, 0);
        assertThat(done(store().apis().replace(none, act)).catalogue().types()).isEmpty();
    }

    @Test
    void whatAClientMayAskForIsReadBackAsItWas() {
        Application before = application("app");
        Application asked = new Application(
                before.id(),
                before.organization(),
                before.clientId(),
                before.name(),
                before.role(),
                before.terms().detailing(Restriction.only(List.of("bare", Payments.TYPE))),
                before.tokenLife(),
                before.standing(),
                before.createdAt());
        Application bound = done(store().members().replace(before, asked, act));
        assertThat(trail().getFirst().detail()).contains("authorization_details_types");
        assertThat(bound.terms().details().listed()).containsExactly("bare", Payments.TYPE);
    }

    private Grant detailed(Somebody who, Application application, AuthorizationDetails details) {
        Grant plain = grant(who, application, PLAIN);
        return new Grant(
                plain.claims().detailed(details),
                plain.user(),
                plain.session(),
                plain.authenticated(),
                plain.methods(),
                plain.binding(),
                plain.nonce());
    }

    @Test
    void whatWasGrantedIsReadBackAsItWasForAsLongAsTheGrantLives() {
        Grant grant = detailed(somebody("alice"), application("app"), PAYMENT);
        var code = opened(grant);
        assertThat(grants().coded(List.of(code), grant.claims().api(), now())
                        .orElseThrow()
                        .grant())
                .isEqualTo(grant);
        assertThat(done(grants().redeem(List.of(code), redemption(grant), act))).isEqualTo(new Redeemed.First(grant));
        assertThat(grants().refreshable(grant.id(), now())
                        .orElseThrow()
                        .grant()
                        .claims()
                        .details())
                .isEqualTo(PAYMENT);
    }

    /// Proof that this person allowed this, when the grant is long gone.
    @Test
    void theTrailSaysWhatWasAllowed() {
        opened(detailed(somebody("alice"), application("app"), PAYMENT));
        assertThat(trail().getFirst().verb()).isEqualTo("grant.open");
        assertThat(trail().getFirst().detail())
                .contains("\"authorization_details\":\"[{")
                .contains(PAYMENT.text().replace("\\", "\\\\").replace("\"", "\\\""));
        opened(grant(somebody("bob"), application("other"), PLAIN));
        assertThat(trail().getFirst().detail()).doesNotContain("authorization_details");
    }

    private void pays(DetailType type) {
        Api api = store().facts().api(installed.admin().id()).orElseThrow();
        done(store().apis().replace(api.with(api.catalogue().with(Map.of(Payments.TYPE, type))), act));
    }

    /// Yes to one payment is not yes to the same once more.
    @Test
    void whatIsOfNoRememberedTypeIsAskedForEachTime() {
        pays(Payments.type(Optional.empty()));
        Somebody alice = somebody("alice");
        Application application = application("app");
        opened(detailed(alice, application, PAYMENT));
        assertThat(grants().consents(alice.user().id()))
                .extracting(GrantStore.Consent::details)
                .containsExactly(AuthorizationDetails.NONE);
        assertThat(unasked(detailed(alice, application, PAYMENT))).isInstanceOf(Stored.Conflict.class);
        assertThat(unasked(grant(alice, application, PLAIN))).isInstanceOf(Stored.Done.class);
    }

    /// What was allowed counts for itself and for less, and for nothing else.
    @Test
    void whatWasAllowedIsRememberedAndNoMore() {
        pays(Payments.remembered(Optional.empty()));
        Somebody alice = somebody("alice");
        Application application = application("app");
        Id api = installed.admin().id();
        opened(detailed(alice, application, PAYMENT));
        opened(grant(alice, application, PLAIN));
        assertThat(grants().consentedDetails(alice.user().id(), application.id(), api))
                .isEqualTo(PAYMENT);
        assertThat(grants().consents(alice.user().id()))
                .extracting(GrantStore.Consent::details)
                .containsExactly(PAYMENT);
        Grant less = detailed(alice, application, Payments.of("123.50", "Zo\u00eb \"& sons\\", "status"));
        Grant more = detailed(alice, application, Payments.of("123.51", "Zo\u00eb \"& sons\\", "status"));
        assertThat(unasked(less)).isInstanceOf(Stored.Done.class);
        assertThat(unasked(more)).isInstanceOf(Stored.Conflict.class);
        done(grants().withdraw(alice.user().id(), application.id(), act));
        assertThat(grants().consentedDetails(alice.user().id(), application.id(), api))
                .isEqualTo(AuthorizationDetails.NONE);
    }

    private Stored<Grant> unasked(Grant grant) {
        return grants().open(grant, digest(), now().plus(CODE), false, at(now()));
    }

    /// The oldest is forgotten first, and then asked again.
    @Test
    void whatIsRememberedIsBounded() {
        pays(Payments.remembered(Optional.empty()));
        Somebody alice = somebody("alice");
        Application application = application("app");
        for (int i = 0; i <= AuthorizationDetails.REMEMBERED; i++) {
            opened(detailed(alice, application, Payments.of("1." + i, "Zo\u00eb", "status")));
        }
        AuthorizationDetails kept = grants().consentedDetails(
                        alice.user().id(), application.id(), installed.admin().id());
        assertThat(kept.list()).hasSize(AuthorizationDetails.REMEMBERED);
        assertThat(Payments.of("1.0", "Zo\u00eb", "status").within(kept)).isFalse();
        assertThat(Payments.of("1.1", "Zo\u00eb", "status").within(kept)).isTrue();
    }

    @Test
    void whatADeviceAskedForIsReadBackAsItWas() {
        DeviceStore.Waiting device = new DeviceStore.Waiting(
                digest(),
                digest(),
                installed.admin().id(),
                application("app").id(),
                Optional.of(PLAIN),
                now().plus(CODE),
                Optional.empty(),
                PAYMENT);
        assertThat(store().devices().ask(device, now())).isEqualTo(DeviceStore.Asked.KEPT);
        assertThat(store().devices().waiting(List.of(device.typed()), device.api(), now()))
                .contains(device);
    }
}
