package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.token.Subjects;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the browser of somebody who signs out has to load, so that applications hear of it (OpenID Connect
/// Front-Channel Logout 1.0). It is of applications that signed the person in during this login, at where they
/// registered.
///
/// @param subjects what applications know logins as
record FrontChannel(Store store, Subjects subjects) {
    /// The most that one page loads: of those that signed the person in last.
    static final int MAX_FRAMES = 20;

    /// To be loaded, of which site.
    record Loaded(String origin, String address) {}

    /// Before the login ends: what it has forgotten then.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    List<Loaded> of(Id login, Api api) {
        return store.logouts().clients(login).stream()
                .flatMap(client -> loaded(client, api).stream())
                .limit(MAX_FRAMES)
                .toList();
    }

    private Optional<Loaded> loaded(Client client, Api api) {
        return actor(client.application())
                .filter(actor -> actor.stands(store.clock().instant()))
                .map(Actor::application)
                .flatMap(one -> one.terms()
                        .logout()
                        .frontChannel()
                        .flatMap(uri -> uri.origin()
                                .map(origin -> new Loaded(
                                        origin,
                                        address(
                                                uri,
                                                api,
                                                subjects.told(client.user(), client.login(), api.id(), one)
                                                        .login())))));
    }

    private Optional<Actor> actor(Id application) {
        return store.facts().loadActor(application) instanceof Look.Known<Actor>(Actor actor)
                ? Optional.of(actor)
                : Optional.empty();
    }

    /// Section 2: `iss` and `sid`, both or none; they stay a query that was registered.
    private static String address(RedirectUri uri, Api api, String login) {
        return uri.text() + (uri.text().indexOf('?') < 0 ? '?' : '&') + "iss="
                + URLEncoder.encode(api.issuer(), StandardCharsets.UTF_8) + "&sid=" + login;
    }
}
