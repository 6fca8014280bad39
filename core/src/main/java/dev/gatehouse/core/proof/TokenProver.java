package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.core.token.TokenReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Gathers the facts behind tokens: of whoever has one, and of the customer or the user that it has it for.
final class TokenProver {
    private final FactSource facts;
    private final BooleanSupplier marked;

    /// @param marked whether every token says how its user had signed in
    TokenProver(FactSource facts, BooleanSupplier marked) {
        this.facts = facts;
        this.marked = marked;
    }

    /// A token as it was presented, with everybody that it was passed on to.
    Proof token(Secret text, Api api, Source source) {
        Proof proof = first(text, api, source);
        if (!(proof instanceof Proof.Proven(Facts.Derived first, var _))) {
            return proof;
        }
        Facts.Derived derived = marked.getAsBoolean() ? first : first.amongUnmarked();
        return derived.claims().lineage().passed().isEmpty() ? new Proof.Proven(derived) : passed(derived, source);
    }

    private Proof first(Secret text, Api api, Source source) {
        return switch (source.tokens().apply(text, api)) {
            case TokenReader.Read.Refused(String reason) -> Proof.Refused.bad(reason);
            case TokenReader.Read.Proven(Claims claims) ->
                switch (source.acting()
                        .apply(claims.lineage().credential(), claims.lineage().member())) {
                    case Look.Cold<Members>() -> new Proof.Cold();
                    case Look.Absent<Members>() ->
                        Proof.Refused.genuine("the token's credential, or who acted by it, is gone");
                    case Look.Known<Members>(Members known) ->
                        claims.lineage()
                                .customer()
                                .map(customer -> delegated(claims, api, known, customer, source))
                                .or(() -> claims.lineage()
                                        .granted()
                                        .map(granted -> derived(claims, granted, api, known, source)))
                                .orElseGet(() -> new Proof.Proven(derived(claims, api, known, Optional.empty())));
                };
        };
    }

    private static Proof passed(Facts.Derived token, Source source) {
        List<Actor> passed = new ArrayList<>();
        for (Lineage.Passed to : token.claims().lineage().passed()) {
            switch (source.members().apply(to.credential())) {
                case Look.Cold<Members>() -> {
                    return new Proof.Cold();
                }
                case Look.Absent<Members>() -> {
                    return Proof.Refused.genuine("the credential of one that the token was passed on to is gone");
                }
                case Look.Known<Members>(Members known) ->
                    Actor.of(known)
                            .filter(actor -> actor.application().id().equals(to.application()))
                            .ifPresent(passed::add);
            }
        }
        return new Proof.Proven(token.to(passed));
    }

    private Proof delegated(Claims claims, Api api, Members known, Id customer, Source source) {
        return switch (source.subjects().apply(customer)) {
            case Look.Cold<Subject>() -> new Proof.Cold();
            case Look.Absent<Subject>() -> Proof.Refused.genuine("the token's customer is gone");
            case Look.Known<Subject>(Subject subject) ->
                new Proof.Proven(derived(claims, api, known, Optional.of(subject)));
        };
    }

    private Facts.Derived derived(Claims claims, Api api, Members known, Optional<Subject> subject) {
        boolean dead =
                facts.dead(claims.id()) || claims.lineage().tokens().stream().anyMatch(facts::dead);
        return new Facts.Derived(api, known, subject, claims, dead);
    }

    /// A user's open login, and the application that it is asked to let act.
    Proof consenting(Session login, Id application, Api api, Source source) {
        Lineage lineage = login.lineage();
        return acting(
                lineage,
                source,
                known -> actor(application, source, actor -> new Facts.Logged(api, known, login, Optional.of(actor))));
    }

    /// What a user granted. There is no string to be proven: the store has it.
    Proof granted(Claims grant, Api api, Source source) {
        Lineage lineage = grant.lineage();
        return acting(lineage, source, known -> derived(grant, lineage.granted().orElseThrow(), api, known, source));
    }

    /// A token, or what it came of.
    private Proof derived(Claims claims, Lineage.Granted granted, Api api, Members known, Source source) {
        boolean dead = facts.dead(claims.id())
                || facts.dead(granted.grant())
                || claims.lineage().tokens().stream().anyMatch(facts::dead);
        Function<Actor, Facts> facts =
                actor -> new Facts.Derived(api, known, Optional.empty(), claims, dead, Optional.of(actor));
        return granted.grant().kind() == Kind.CREDENTIAL
                ? shown(granted, source, facts)
                : actor(granted.application(), source, facts);
    }

    /// The application that showed this credential beside the user's secret.
    private static Proof shown(Lineage.Granted granted, Source source, Function<Actor, Facts> facts) {
        return switch (source.members().apply(granted.grant())) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() -> Proof.Refused.genuine("the application's credential is gone");
            case Look.Known<Members>(Members known) ->
                Actor.of(known)
                        .filter(actor -> actor.application().id().equals(granted.application()))
                        .<Proof>map(actor -> new Proof.Proven(facts.apply(actor)))
                        .orElseGet(() -> Proof.Refused.genuine("the credential is not the application's"));
        };
    }

    private static Proof acting(Lineage lineage, Source source, Function<Members, Proof> then) {
        return switch (source.acting().apply(lineage.credential(), lineage.member())) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() ->
                Proof.Refused.genuine("the user, or the password that it signed in with, is gone");
            case Look.Known<Members>(Members known) -> then.apply(known);
        };
    }

    private static Proof actor(Id application, Source source, Function<Actor, Facts> facts) {
        return switch (source.actors().apply(application)) {
            case Look.Cold<Actor>() -> new Proof.Cold();
            case Look.Absent<Actor>() -> Proof.Refused.genuine("the application is gone");
            case Look.Known<Actor>(Actor actor) -> new Proof.Proven(facts.apply(actor));
        };
    }
}
