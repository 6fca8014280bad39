package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who may have a token for one that is another's (RFC 8693, ADR 0036). The right to is a scope of the Api that the
/// client holds through its role and its credential; it is asked for again at every use of what it got.
public final class Exchanges {
    /// To act for the subject of a token, and be named in the new one as who does.
    public static final String ACT = "tokens:exchange";

    /// To have a token that looks like the subject's own.
    public static final String IMPERSONATE = "tokens:impersonate";

    private Exchanges() {}

    /// All applications between the members and whoever asks.
    public static List<Actor> actors(Facts facts) {
        if (facts.passed().isEmpty()) {
            return facts.actor().map(List::of).orElse(List.of());
        }
        List<Actor> actors = new ArrayList<>(facts.passed());
        facts.actor().ifPresent(actors::addFirst);
        return actors;
    }

    /// What a lineage says of those that the token is passed on to.
    static List<Lineage.Passed> passed(Facts facts) {
        return switch (facts) {
            case Facts.Passing passing -> {
                List<Lineage.Passed> all =
                        new ArrayList<>(passing.presented().claims().lineage().passed());
                Application client = passing.client().application();
                all.add(new Lineage.Passed(client.id(), shown(passing.client()).id(), as(passing)));
                yield all;
            }
            case Facts.Derived derived -> derived.claims().lineage().passed();
            case Facts.Direct _,
                    Facts.Logged _,
                    Facts.Refreshing _,
                    Facts.Acting _,
                    Facts.Beside _,
                    Facts.Exchanging _,
                    Facts.Delegating _ -> List.of();
        };
    }

    /// The tokens that what is asked for comes from: the subject's and the actor's, each with those before it.
    static List<Id> tokens(Facts.Passing passing) {
        List<Id> tokens = Ancestry.after(passing.presented());
        acting(passing).ifPresent(actor -> tokens.addAll(Ancestry.after(actor)));
        return tokens;
    }

    /// The token of the actor, if one is shown.
    public static Optional<Facts.Derived> acting(Facts facts) {
        return facts instanceof Facts.Passing(var _, var _, Facts.Passing.Beside.Token(Facts.Derived actor))
                ? Optional.of(actor)
                : Optional.empty();
    }

    /// In which part the client gets the token. Whoever sends an `actor_token` says that it acts (RFC 8693 section
    /// 1.1); whoever sends none stands in the subject's place where it may, and acts otherwise.
    static Lineage.As as(Facts.Passing passing) {
        if (own(passing)) {
            return Lineage.As.ITSELF;
        }
        boolean named = !(passing.beside() instanceof Facts.Passing.Beside.Nothing);
        return !named && holds(passing.client(), passing, IMPERSONATE) ? Lineage.As.SUBJECT : Lineage.As.ACTOR;
    }

    private static boolean own(Facts.Passing passing) {
        return passing.presented()
                .claims()
                .lineage()
                .client()
                .equals(passing.client().application().id());
    }

    /// Why the client gets nothing for these tokens (RFC 8693 section 2.2.2, GAUNTLET G02).
    static Optional<Refusal> refusal(Facts.Passing passing, Instant now) {
        Lineage.As as = as(passing);
        if (passing.presented().claims().origin().isPresent()) {
            return bad("the token is for the pages of one origin");
        }
        if (tokens(passing).size() > Lineage.MAX_TOKENS) {
            return bad("the token was exchanged too often");
        }
        if (as == Lineage.As.ACTOR && !holds(passing.client(), passing, ACT)) {
            return bad("the token was issued to another client, and this one may not act for others");
        }
        return switch (passing.beside()) {
            case Facts.Passing.Beside.Nothing() -> Optional.empty();
            case Facts.Passing.Beside.Other() -> bad("the actor_token is no token of ours for this Api");
            case Facts.Passing.Beside.Token(Facts.Derived actor) ->
                as == Lineage.As.ITSELF ? bad("nobody acts for itself") : actor(actor, passing.client(), now);
        };
    }

    /// The actor is the client that authenticates: its token is its own, by what it shows now, and for itself.
    private static Optional<Refusal> actor(Facts.Derived actor, Actor client, Instant now) {
        Lineage issued = actor.claims().lineage();
        boolean own = issued.credential().equals(shown(client).id())
                && issued.customer().isEmpty()
                && issued.granted().isEmpty()
                && issued.passed().isEmpty();
        return own
                ? Decision.ended(actor, Ancestry.lineage(actor), now)
                : bad("the actor_token is not of the client that authenticates");
    }

    /// Why what was passed on opens nothing any more: somebody that it was passed on to may no longer have such
    /// tokens.
    static Optional<Refusal> taken(Facts facts) {
        Optional<Actor> vouched = facts.actor()
                .filter(actor -> actor.credential().filter(Exchanges::believed).isPresent());
        if (vouched.filter(actor -> !holds(actor, facts, ACT)).isPresent()) {
            return Optional.of(new Refusal.WrongUse(shown(vouched.get()).id()));
        }
        if (!(facts instanceof Facts.Derived) && !(facts instanceof Facts.Passing)) {
            return Optional.empty();
        }
        List<Lineage.Passed> passed = passed(facts);
        for (int i = 0; i < passed.size(); i++) {
            Actor actor = facts.passed().get(i);
            boolean may = switch (passed.get(i).as()) {
                case ITSELF -> true;
                case ACTOR -> holds(actor, facts, ACT);
                case SUBJECT -> holds(actor, facts, IMPERSONATE);
            };
            if (!may) {
                return Optional.of(new Refusal.WrongUse(shown(actor).id()));
            }
        }
        return Optional.empty();
    }

    /// Whether it is the word of an issuer, not anything of the application's own. Who acts by that for users acts
    /// as by a token of theirs.
    static boolean believed(Credential credential) {
        return credential.evidence() instanceof PublicKeys keys
                && keys.trusted().isPresent();
    }

    private static boolean holds(Actor actor, Facts facts, String scope) {
        Id api = facts.api().id();
        Catalogue catalogue = facts.api().catalogue();
        List<Organization> chain =
                facts.subject().map(Subject::chain).orElse(facts.members().chain());
        List<Scopes> most = Bounds.of(actor.application().id(), chain, api);
        return catalogue.knows(scope)
                && Layers.grants(catalogue, Layers.of(actor, api), scope)
                && Layers.grants(catalogue, most, scope);
    }

    private static Credential shown(Actor actor) {
        return actor.credential().orElseThrow();
    }

    private static Optional<Refusal> bad(String why) {
        return Optional.of(new Refusal.BadCredential(why));
    }
}
