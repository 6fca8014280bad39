package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an application of the caller's organization may do at one below it. Nothing is given that it does not have
/// at home: `allow` bounds it by a role, `deny` leaves it nothing. What an organization above the caller says of it
/// counts besides, and stays: nobody is told that it has allowed what is still denied.
final class Accesses {
    /// How often a write is tried again that somebody else's came before.
    private static final int TRIES = 3;

    private final Desk desk;

    Accesses(Desk desk) {
        this.desk = desk;
    }

    Outcome set(Asked asked) {
        return asked.managing(allowed -> {
            Optional<Id> target = Holding.below(desk, asked, allowed);
            Optional<Application> application = application(asked, allowed);
            if (target.isEmpty() || application.isEmpty()) {
                return asked.refused(new Refusal.NotFound());
            }
            return asked.managing(allowed, target.get(), there -> set(asked, there, target.get(), application.get()));
        });
    }

    private Reply set(Asked asked, Verdict.Allowed allowed, Id target, Application application) {
        // Nobody lifts, or sets, what bounds itself (GAUNTLET H05).
        if (allowed.facts().speaksFor(application.id())) {
            return asked.refused(Fault.of(RefusalClass.FORBIDDEN));
        }
        boolean denies = asked.need(Input.ACCESS).reveal().equals("deny");
        Optional<Id> role = denies ? Optional.empty() : role(asked, allowed).map(Role::id);
        if (!denies && role.isEmpty()) {
            return asked.refused(Fault.of(
                    RefusalClass.INVALID,
                    List.of(new Fault.Field(asked.name(Input.ROLE), "is no role of this organization"))));
        }
        Access access = new Access(
                application.id(), role, allowed.members().organization().id());
        return asked.charging(allowed, charge -> stored(asked, allowed, target, access, charge));
    }

    /// Another organization's is not there (GAUNTLET H01).
    private Optional<Application> application(Asked asked, Verdict.Allowed allowed) {
        return desk.store()
                .members()
                .applicationByClientId(asked.need(Input.TARGET_CLIENT).reveal())
                .filter(one -> one.organization()
                        .equals(allowed.members().organization().id()))
                .filter(one -> !one.standing().revoked());
    }

    /// Of the caller's organization or the nearest above it: who is below says nothing of what bounds others there.
    private Optional<Role> role(Asked asked, Verdict.Allowed allowed) {
        Optional<String> name = asked.shown()
                .get(Input.ROLE)
                .map(Secret::reveal)
                .map(asked.dialect().names()::role);
        return allowed.members().chain().stream()
                .flatMap(
                        above -> desk
                                .store()
                                .apis()
                                .roles(above.id(), new Slice(Optional.empty(), 0, 1, name, false))
                                .items()
                                .stream())
                .filter(_ -> name.isPresent())
                .findFirst();
    }

    private Reply stored(Asked asked, Verdict.Allowed allowed, Id target, Access access, Charge.Made charge) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Organization> before = desk.store().members().organization(target);
            if (before.isEmpty()) {
                return asked.uncharged(asked.refused(new Refusal.NotFound()), charge);
            }
            List<Access> all = new ArrayList<>(before.get().access());
            Optional<Id> own = access.by();
            all.removeIf(one -> one.inPlaceOf(access)
                    || unsaid(one, access, before.get().parent().equals(own))
                    || idle(one));
            if (AccessLeft.less(asked, access, Stream.concat(all.stream(), above(target)))) {
                return asked.uncharged(asked.refused(Fault.of(RefusalClass.FORBIDDEN)), charge);
            }
            all.add(access);
            if (all.size() > Access.MOST) {
                return asked.uncharged(asked.refused(Fault.of(RefusalClass.LIMIT_REACHED)), charge);
            }
            Stored<Organization> stored = desk.store()
                    .members()
                    .replace(before.get(), before.get().with(all), Acts.of(desk, asked.http(), allowed.members()));
            switch (stored) {
                case Stored.Done<Organization> _ -> {
                    return asked.answered(Result.NONE, charge);
                }
                case Stored.Missing<Organization> _ -> { // the role, since it was found
                    return asked.uncharged(asked.refused(new Refusal.NotFound()), charge);
                }
                case Stored.Conflict<Organization> _, Stored.Forbidden<Organization> _ -> {
                    return asked.uncharged(asked.refused(Fault.of(RefusalClass.FORBIDDEN)), charge);
                }
                case Stored.Full<Organization> _ -> {
                    return asked.uncharged(asked.refused(Fault.of(RefusalClass.LIMIT_REACHED)), charge);
                }
                case Stored.Moved<Organization> _ -> {}
            }
        }
        return asked.uncharged(asked.unavailable("the organization is being changed"), charge);
    }

    /// What nobody is known to have said is of the organization right above, which could say it.
    private static boolean unsaid(Access one, Access instead, boolean rightAbove) {
        return rightAbove && one.by().isEmpty() && one.application().equals(instead.application());
    }

    /// What counts at the organization, too, since it is said of one above.
    private Stream<Access> above(Id target) {
        return desk.store().members().chain(target).stream().skip(1).flatMap(one -> one.access().stream());
    }

    /// What is said of an application that is revoked bounds nobody any more.
    private boolean idle(Access one) {
        return desk.store()
                .members()
                .application(one.application())
                .filter(application -> application.standing().revoked())
                .isPresent();
    }
}
