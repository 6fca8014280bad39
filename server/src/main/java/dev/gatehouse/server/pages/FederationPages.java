package dev.gatehouse.server.pages;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import dev.gatehouse.oauth.authorize.AuthorizeStep;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.federation.ExternalIdToken;
import dev.gatehouse.oauth.federation.ExternalIdentity;
import dev.gatehouse.server.federation.Accounts;
import dev.gatehouse.server.federation.FederationFlow.Beginning;
import dev.gatehouse.server.federation.FederationFlow.Begun;
import dev.gatehouse.server.federation.FederationFlow.Came;
import dev.gatehouse.server.federation.FederationFlow.Purpose;
import dev.gatehouse.server.federation.FederationPaths;
import dev.gatehouse.server.http.OwnCookies;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/// Sign-in by an identity provider: the button, the way there, and what becomes of who comes back. Whoever is
/// not let in is told the same, whatever the reason (GAUNTLET L01).
record FederationPages(PageDesk desk, FormTokens tokens, Html html, Replies replies, SignInPage signIn) {
    Reply posted(Visit visit, Form form) {
        Optional<String> ask = form.value("ask");
        if (ask.filter(text -> !Paths.isAsk(text)).isPresent()) {
            return replies.unreadable(visit.texts());
        }
        if (!tokens.good(FederatedViews.FORM, visit.holder(), form.value("trip").orElse(""))) {
            return visit.visitor().isPresent() ? replies.strange(visit.texts()) : signIn.anew(visit, ask);
        }
        if (form.value("provider").isPresent()) {
            return signsIn(visit, form.value("provider").get(), ask);
        }
        return new LinkPages(desk, tokens, html, replies, signIn, this).posted(visit, form);
    }

    private Reply signsIn(Visit visit, String provider, Optional<String> ask) {
        boolean again = ask.equals(Optional.of(Paths.AGAIN));
        if (!signIn.arrival().client(visit, ask)) {
            return begun(visit, provider, new Purpose(Optional.empty(), ask, fresh(again), Optional.empty(), false));
        }
        return switch (desk.authorize().resume(ask.get(), visit.api(), visit.http())) {
            case AuthorizeStep.SignIn step ->
                begun(
                        visit,
                        provider,
                        new Purpose(Optional.empty(), ask, fresh(step.fresh()), step.loginHint(), step.selects()));
            case AuthorizeStep.Refused(int code, String _, String description) ->
                replies.error(code, visit.texts(), description);
            case AuthorizeStep.Answer(Reply reply) -> reply;
            case AuthorizeStep.Later(var after) -> replies.tooMany(visit.texts(), after);
            case AuthorizeStep.Consent _, AuthorizeStep.Onwards _ -> replies.strange(visit.texts());
        };
    }

    private static Optional<Long> fresh(boolean fresh) {
        return fresh ? Optional.of(0L) : Optional.empty();
    }

    /// A page of its own between the form and the provider: browsers would hold every redirect that it makes
    /// against the `form-action` of ours.
    Reply begun(Visit visit, String provider, Purpose purpose) {
        Texts texts = visit.texts();
        return switch (desk.federation().begin(provider, visit.api(), purpose)) {
            case Beginning.Nowhere() -> replies.error(404, texts, texts.of("federation.nowhere"));
            case Beginning.Later() -> replies.unavailable(texts);
            case Beginning.TooLong() -> replies.error(400, texts, texts.of("federation.long"));
            case Beginning.On(Begun on) -> {
                String title = Texts.plain(on.provider().title());
                View view = new View.Message(
                        texts.of("connect.leaving", title),
                        texts.of("connect.leaving-text"),
                        false,
                        Optional.of(new View.Way(on.url(), texts.of("connect.go", title))));
                yield html.page(200, texts, view)
                        .with("Refresh", "0; url=" + on.url())
                        .with(
                                "Set-Cookie",
                                OwnCookies.FEDERATION.set(on.cookie().reveal(), visit.secure()));
            }
        };
    }

    /// A browser that a provider has sent back.
    Reply back(Visit visit) {
        HttpFacts http = visit.http();
        String provider = FederationPaths.provider(http.path()).orElse("");
        Optional<String> cookie = OwnCookies.FEDERATION.read(http, visit.secure());
        Came came;
        try {
            came = desk.federation().back(visit.api(), provider, parameters(http), cookie);
        } catch (FactsUnavailable e) {
            return cleared(visit, replies.unavailable(visit.texts()));
        }
        return switch (came) {
            case Came.Strange() -> {
                desk.observations().turnedAway(http, visit.api().name(), "foreign_return");
                yield replies.error(400, visit.texts(), visit.texts().of("federation.strange"));
            }
            case Came.Nobody(Trip trip, String _) -> {
                desk.observations().turnedAway(http, visit.api().name(), "federation");
                yield cleared(visit, refused(visit, trip));
            }
            case Came.Somebody somebody -> cleared(visit, somebody(visit, somebody));
        };
    }

    private static Map<String, String> parameters(HttpFacts http) {
        return http.query()
                .flatMap(query -> Form.parse(query.getBytes(StandardCharsets.ISO_8859_1)))
                .map(Form::values)
                .orElse(Collections.emptyMap());
    }

    private static Reply cleared(Visit visit, Reply reply) {
        return reply.with("Set-Cookie", OwnCookies.FEDERATION.cleared(visit.secure()));
    }

    private Reply somebody(Visit visit, Came.Somebody somebody) {
        Trip trip = somebody.trip();
        return trip.step() == Step.SIGN_IN
                ? arrived(visit, trip, somebody.held(), somebody.identity())
                : new LinkPages(desk, tokens, html, replies, signIn, this).back(visit, somebody);
    }

    private Reply arrived(Visit visit, Trip trip, Held held, ExternalIdentity identity) {
        Accounts accounts = new Accounts(desk.store(), desk.federation().pepper(), desk.random());
        Halfway halfway = new Halfway(tokens, desk.verifier());
        return accounts.of(held, identity, visit.http().id())
                .flatMap(account -> halfway.now(visit, account.found().link().credential(), account.membership())
                        .filter(allowed -> allowed.lineage().generations().credential()
                                == account.found().generation()))
                .map(allowed -> {
                    boolean second = held.provider().trusted().stream().anyMatch(identity.proven()::contains);
                    Proven proven = Proven.byProvider(allowed, asked(trip, identity), second);
                    return second
                            ? signIn.arrival().proven(visit, trip.ask(), proven)
                            : signIn.second().after(visit, trip.ask(), proven, signIn);
                })
                .orElseGet(() -> refused(visit, trip));
    }

    /// Whether the person proved itself there on this trip, as far as the provider says.
    private static boolean asked(Trip trip, ExternalIdentity identity) {
        return identity.authenticated()
                .filter(at -> !at.isBefore(trip.beganAt().minus(ExternalIdToken.SKEW)))
                .isPresent();
    }

    /// The same for every reason, with the way back to what waits.
    Reply refused(Visit visit, Trip trip) {
        Texts texts = visit.texts();
        Optional<String> ask = trip.ask().filter(text -> !text.equals(Paths.AGAIN));
        String way = trip.step() == Step.SIGN_IN
                ? ask.filter(text -> signIn.arrival().client(visit, Optional.of(text)))
                        .map(Paths::authorize)
                        .orElse(Paths.SIGN_IN)
                : Paths.SECURITY;
        return html.page(
                403,
                texts,
                new View.Message(
                        texts.of("error.title"),
                        texts.of("federation.refused"),
                        true,
                        Optional.of(new View.Way(way, texts.of("federation.again")))));
    }
}
