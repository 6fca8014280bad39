package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What comes before a request that waits for a person, on a device or in a back channel: the form, the client that
/// proves itself, whether it may use the grant and stands, and then the charge. Everything that a request says is
/// looked at behind the charge: signatures and codes of people take work, and what is charged by all takes none
/// from who is right. Blocks.
public final class RequestDoor {
    static final Duration RETRY = Duration.ofSeconds(1);

    private final ClientCheck check;
    private final Clients clients;
    private final Limiter limiter;
    private final TokenWitness witness;
    private final InstantSource clock;

    /// @param limiter charges each request
    /// @param witness is told of every client that did not prove itself
    public RequestDoor(ClientCheck check, Clients clients, Limiter limiter, TokenWitness witness, InstantSource clock) {
        this.check = check;
        this.clients = clients;
        this.limiter = limiter;
        this.witness = witness;
        this.clock = clock;
    }

    /// What is behind it.
    interface Inside {
        /// Answers whoever came in.
        ///
        /// @param client who asks, and stands
        Reply answer(Form form, Actor client);
    }

    /// Lets a client in that may use this grant, or says why not.
    Reply enter(HttpFacts http, Api api, GrantType grant, Inside inside) {
        if (!api.openId()) {
            return Reply.problem(404, "not-found", "this Api is no OpenID provider");
        }
        try {
            return switch (FormRequest.read(http)) {
                case FormRequest.Read.Failed(OAuthError error) -> error.reply();
                case FormRequest.Read.Sent(Form form) ->
                    switch (check.client(http, form, api)) {
                        case Clients.Found.Failed(OAuthError error, Refusal refusal) ->
                            refused(http, api, error, refusal);
                        case Clients.Found.Known(Application client) -> known(http, form, api, client, grant, inside);
                    };
            };
        } catch (FactsUnavailable _) {
            return new OAuthError.Unavailable(RETRY).reply();
        }
    }

    private Reply refused(HttpFacts http, Api api, OAuthError error, Refusal refusal) {
        witness.refused(http, api, refusal);
        return error.reply();
    }

    /// GAUNTLET C07.
    private Reply known(HttpFacts http, Form form, Api api, Application client, GrantType grant, Inside inside) {
        if (!client.terms().uses(grant)) {
            return new OAuthError.UnauthorizedClient().reply();
        }
        Optional<Actor> actor = clients.actor(client.clientId()).filter(one -> one.stands(clock.instant()));
        if (actor.isEmpty()) {
            return refused(
                    http,
                    api,
                    new OAuthError.InvalidClient(false),
                    new Refusal.BadCredential("a client that does not stand", true));
        }
        return switch (limiter.device(api, client, http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> refused(http, api, OAuthError.of(refusal, false), refusal);
            case Charge.Made _ -> inside.answer(form, actor.get());
        };
    }
}
