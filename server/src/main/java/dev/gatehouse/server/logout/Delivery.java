package dev.gatehouse.server.logout;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.token.LogoutTokens;
import java.util.List;
import java.util.Optional;

/// One attempt to tell an application (OpenID Connect Back-Channel Logout 1.0 sections 2.5 and 2.8), at where it
/// is registered now. Blocks.
record Delivery(FactSource facts, LogoutTokens tokens, Egress egress) {
    private static final List<Header> HEADERS = List.of(
            new Header("Content-Type", "application/x-www-form-urlencoded"), new Header("Accept", "application/json"));

    /// The most of an answer that is read; nothing in it matters.
    private static final int MOST = 16 * 1024;

    /// What came of it.
    sealed interface Came {
        /// It knows.
        record Delivered() implements Came {}

        /// It may know at another time.
        record Failed(String why) implements Came {}

        /// It will not be told: it wants to hear nothing, or this.
        record Refused(String why) implements Came {}
    }

    /// @throws dev.gatehouse.core.fact.FactsUnavailable when that cannot be known now
    Came attempt(Client client) {
        Optional<Api> api = facts.api(client.api());
        Optional<Actor> actor = facts.loadActor(client.application()) instanceof Look.Known<Actor>(Actor known)
                ? Optional.of(known)
                : Optional.empty();
        Optional<RedirectUri> uri =
                actor.flatMap(one -> one.application().terms().logout().backChannel());
        if (api.isEmpty() || uri.isEmpty()) {
            return new Came.Refused("nowhere");
        }
        String token =
                tokens.write(actor.get().application().clientId(), client.user(), client.login(), api.get());
        return read(egress.fetch(
                new EgressRequest("POST", uri.get().text(), HEADERS, LogoutTokens.form(token), MOST)));
    }

    /// Section 2.8: 200 is success, and 204 where a framework says so; 400 is the answer of an application that
    /// could not or would not. Redirects are followed nowhere.
    private static Came read(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Answer(int status, var _, var _) when status == 200 || status == 204 -> new Came.Delivered();
            case Fetched.Answer(int status, var _, var _) when status == 400 -> new Came.Refused("400");
            case Fetched.Answer _, Fetched.Unreachable _ -> new Came.Failed(fetched.word());
            case Fetched.Refused _ -> new Came.Refused(fetched.word());
        };
    }
}
