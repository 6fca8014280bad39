package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Holder;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything above a request: whether it stands, and what a token issued now descends from.
final class Ancestry {
    private Ancestry() {}

    /// Why the credential's members do not stand: organizations from the root down, holder, credential.
    static Optional<Refusal> members(Members members, Instant now) {
        Credential credential = members.credential();
        return organizations(members.chain(), now)
                .or(() -> holder(members.holder(), now))
                .or(() -> stands(credential.id(), credential.standing(), now));
    }

    /// A user falls with its home as well as with the organization that it acts in.
    private static Optional<Refusal> holder(Holder holder, Instant now) {
        return switch (holder) {
            case Application application -> stands(application.id(), application.standing(), now);
            case Person person ->
                organizations(person.home(), now)
                        .or(() -> stands(person.user(), person.standing(), now))
                        .or(() -> stands(
                                person.membership().id(), person.membership().standing(), now));
        };
    }

    /// Why the application does not stand that acts for a user, or may act for none of this organization: it acts
    /// for those of its own organization and of the ones below it.
    static Optional<Refusal> actor(Actor actor, Members members, Instant now) {
        Id home = actor.application().organization();
        boolean within = members.holder() instanceof Person
                && members.chain().stream().anyMatch(one -> one.id().equals(home));
        return within ? application(actor, now) : Optional.of(new Refusal.NotFound());
    }

    /// Why one of those does not stand that the token was passed on to, or may have none of this organization: they
    /// act for those of their own organizations and of the ones below these.
    static Optional<Refusal> passed(List<Actor> passed, Members members, Instant now) {
        return passed.stream()
                .flatMap(actor -> passed(actor, members, now).stream())
                .findFirst();
    }

    private static Optional<Refusal> passed(Actor actor, Members members, Instant now) {
        Id home = actor.application().organization();
        boolean within = members.chain().stream().anyMatch(one -> one.id().equals(home));
        return within ? application(actor, now) : Optional.of(new Refusal.NotFound());
    }

    /// Why not both stand of which one wants what the other has. Whoever has not proven a client that stands learns
    /// nothing of tokens.
    static Optional<Refusal> passing(Facts.Passing facts, Instant now) {
        return application(facts.client(), now)
                .or(() -> members(facts.members(), now)
                        .or(() -> facts.actor().flatMap(actor -> actor(actor, facts.members(), now)))
                        .or(() -> passed(facts.passed(), facts.members(), now))
                        .map(Refusal.BadSubject::new));
    }

    private static Optional<Refusal> application(Actor actor, Instant now) {
        return organizations(actor.chain(), now)
                .or(() -> stands(actor.application().id(), actor.application().standing(), now))
                .or(() -> actor.credential().flatMap(one -> stands(one.id(), one.standing(), now)));
    }

    /// Why not both stand of which one is shown beside the other. Whoever has not proven an application that stands
    /// learns nothing of users.
    static Optional<Refusal> beside(Facts.Beside facts, Instant now) {
        return application(facts.application(), now)
                .or(() -> members(facts.members(), now)
                        .or(() -> actor(facts.application(), facts.members(), now))
                        .map(Refusal.BadUser::new));
    }

    /// Why the customer does not stand, or is none of the application's: it belongs to the application's own
    /// organization or to one below it.
    static Optional<Refusal> subject(Subject subject, Members members, Instant now) {
        Customer customer = subject.customer();
        Id home = members.holder().organization();
        boolean within = subject.chain().stream().anyMatch(one -> one.id().equals(home));
        return within
                ? organizations(subject.chain(), now).or(() -> stands(customer.id(), customer.standing(), now))
                : Optional.of(new Refusal.NotFound());
    }

    /// Why the organization that is selected does not stand, or is none that the caller reaches.
    static Optional<Refusal> selected(Selection selection, Members members, Instant now) {
        return switch (selection) {
            case Selection.None() -> Optional.empty();
            case Selection.Named(List<Organization> chain) ->
                chain.stream()
                                .anyMatch(one ->
                                        one.id().equals(members.organization().id()))
                        ? organizations(chain, now)
                        : Optional.of(new Refusal.BadCredential("the organization is not one of the caller's"));
        };
    }

    private static Optional<Refusal> organizations(List<Organization> chain, Instant now) {
        for (int i = chain.size() - 1; i >= 0; i--) {
            Organization organization = chain.get(i);
            Optional<Refusal> down = stands(organization.id(), organization.standing(), now);
            if (down.isPresent()) {
                return down;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> stands(Id id, Standing standing, Instant now) {
        if (standing.revoked()) {
            return Optional.of(new Refusal.Revoked(id.kind(), id));
        }
        if (!standing.holds().isEmpty()) {
            return Optional.of(new Refusal.Held(id.kind(), id, standing.holds()));
        }
        if (standing.window().early(now)) {
            return Optional.of(new Refusal.NotYet(id.kind(), id));
        }
        if (standing.window().over(now)) {
            return Optional.of(new Refusal.Expired(id.kind(), id));
        }
        return Optional.empty();
    }

    /// The customer's chain has the application's in it, so one sum covers both. A user's two chains are added
    /// up, and so are that of the application that acts for it and the credential which that showed: each sum grows
    /// with all that are in it.
    static Lineage lineage(Facts facts) {
        Members members = facts.members();
        Credential credential = members.credential();
        Holder holder = members.holder();
        long organizations = 0;
        for (Organization one : facts.subject().map(Subject::chain).orElse(members.chain())) {
            organizations += one.standing().generation();
        }
        long member = 0;
        switch (holder) {
            case Application application -> member = application.standing().generation();
            case Person person -> {
                member = person.standing().generation()
                        + person.membership().standing().generation();
                for (Organization one : person.home()) {
                    organizations += one.standing().generation();
                }
            }
        }
        long credentials = credential.standing().generation();
        List<Actor> actors = Exchanges.actors(facts);
        for (Actor actor : actors) {
            credentials +=
                    actor.credential().map(one -> one.standing().generation()).orElse(0L);
            member += actor.application().standing().generation();
            for (Organization one : actor.chain()) {
                organizations += one.standing().generation();
            }
        }
        return new Lineage(
                holder.organization(),
                holder.id(),
                credential.id(),
                facts.subject().map(subject -> subject.customer().id()),
                granted(facts),
                tokens(facts),
                Exchanges.passed(facts),
                new Generations(
                        credentials,
                        member,
                        facts.subject()
                                .map(subject -> subject.customer().standing().generation())
                                .orElse(0L),
                        organizations));
    }

    private static Optional<Lineage.Granted> granted(Facts facts) {
        return facts instanceof Facts.Beside(var _, var _, Actor application)
                ? application.credential().map(shown -> application.by(shown.id()))
                : facts.token().flatMap(token -> token.claims().lineage().granted());
    }

    /// That of a token in the place of the one that was presented: it descends from the first of those that were
    /// renewed, so that ending this one ends all of them.
    static Lineage renewed(Facts facts, Lineage lineage) {
        Optional<Claims> first = facts.token()
                .map(Facts.Derived::claims)
                .filter(claims -> claims.since().isEmpty());
        if (first.isEmpty()) {
            return lineage;
        }
        List<Id> tokens = new ArrayList<>(lineage.tokens());
        tokens.add(first.get().id());
        return new Lineage(
                lineage.organization(),
                lineage.member(),
                lineage.credential(),
                lineage.customer(),
                lineage.granted(),
                tokens,
                lineage.passed(),
                lineage.generations());
    }

    private static List<Id> tokens(Facts facts) {
        return switch (facts) {
            case Facts.Direct _, Facts.Logged _, Facts.Refreshing _, Facts.Acting _, Facts.Beside _ -> List.of();
            case Facts.Derived derived -> derived.claims().lineage().tokens();
            case Facts.Exchanging exchanging ->
                exchanging.token().map(Ancestry::after).orElse(List.of());
            case Facts.Delegating delegating -> after(delegating.presented());
            case Facts.Passing passing -> Exchanges.tokens(passing);
        };
    }

    static List<Id> after(Facts.Derived token) {
        List<Id> tokens = new ArrayList<>(token.claims().lineage().tokens());
        tokens.add(token.claims().id());
        return tokens;
    }
}
