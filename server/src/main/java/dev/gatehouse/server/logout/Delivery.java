package dev.gatehouse.server.logout;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.token.LogoutTokens;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.InTurn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One attempt to tell an application (OpenID Connect Back-Channel Logout 1.0 sections 2.5 and 2.8), at where it
/// is registered now. Few at once go to one application, and to all of one organization: whoever answers slowly
/// holds up its own. Blocks.
final class Delivery {
    private static final List<Header> HEADERS = List.of(
            new Header("Content-Type", "application/x-www-form-urlencoded"), new Header("Accept", "application/json"));

    /// The most of an answer that is read; nothing in it matters.
    private static final int MOST = 16 * 1024;

    private final FactSource facts;
    private final LogoutTokens tokens;
    private final Subjects subjects;
    private final Egress egress;
    private final InTurn turns;

    Delivery(FactSource facts, LogoutTokens tokens, Subjects subjects, Egress egress, int ofApplication, int inAll) {
        this.facts = facts;
        this.tokens = tokens;
        this.subjects = subjects;
        this.egress = egress;
        this.turns = new InTurn(ofApplication, inAll);
    }

    /// @throws dev.gatehouse.core.fact.FactsUnavailable when it cannot be known now who is to be told
    Came attempt(Client client, Instant now) {
        Optional<Api> api = facts.api(client.api());
        Optional<Actor> actor = facts.loadActor(client.application()) instanceof Look.Known<Actor>(Actor known)
                ? Optional.of(known)
                : Optional.empty();
        Optional<RedirectUri> uri =
                actor.flatMap(one -> one.application().terms().logout().backChannel());
        if (api.isEmpty() || uri.isEmpty()) {
            return new Came.Refused("nowhere");
        }
        return actor.get().stands(now)
                ? turns.tell(actor.get().application(), () -> sent(client, api.get(), actor.get(), uri.get()))
                : new Came.Refused("stopped");
    }

    private Came sent(Client client, Api api, Actor actor, RedirectUri uri) {
        SigningAlgorithm algorithm =
                api.clients().signing(SignedAnswer.ID_TOKEN, actor.application().terms());
        Subjects.Told who = subjects.told(client.user(), client.login(), api.id(), actor.application());
        String token = tokens.write(actor.application().clientId(), who, api, algorithm);
        return read(egress.fetch(new EgressRequest("POST", uri.text(), HEADERS, LogoutTokens.form(token), MOST)));
    }

    /// Section 2.8: 200 is success, and 204 where a framework says so; 400 is the answer of an application that
    /// could not, which may be over soon. Redirects are followed nowhere.
    private static Came read(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Answer(int status, var _, var _) when status == 200 || status == 204 -> new Came.Delivered();
            case Fetched.Answer(int status, var _, var _) when status == 400 -> new Came.Failed("400", true);
            case Fetched.Answer _, Fetched.Unreachable _, Fetched.Refused _ -> Came.of(fetched);
        };
    }
}
