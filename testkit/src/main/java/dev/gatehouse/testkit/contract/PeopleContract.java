package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.UserStore;
import java.time.Duration;
import java.util.Optional;

/// What the contracts of people share.
abstract class PeopleContract extends StoreContract {
    static final Window UNTIL = Window.until(Nouns.NOW.plus(Duration.ofDays(1)));

    final UserStore users() {
        return store().users();
    }

    final Organization organization() {
        return done(store().members().add(nouns.organization(root(), "Child"), act));
    }

    final User user(Id home, String username) {
        return done(users().add(nouns.user(home, username), act));
    }

    final Membership member(User user, Id organization) {
        return done(users().add(nouns.membership(user.id(), organization), act));
    }

    final Credential password(User user) {
        return done(users().setPassword(nouns.password(user), act));
    }

    static User with(User it, String username, Profile profile, Window window) {
        Standing from = it.standing();
        Standing to = new Standing(from.holds(), from.revoked(), from.generation(), window, from.version());
        return new User(it.id(), it.organization(), username, profile, to, it.createdAt());
    }

    final Login login(String username) {
        return switch (store().facts().loadLogin(username)) {
            case Look.Known<Login>(Login login) -> login;
            case Look.Absent<Login>() -> throw new AssertionError("no such user");
            case Look.Cold<Login>() -> throw new AssertionError("loadLogin answered cold");
        };
    }

    final Members acting(Id credential, Id member) {
        return switch (store().facts().load(credential, member)) {
            case Look.Known<Members>(Members members) -> members;
            case Look.Absent<Members>() -> throw new AssertionError("nobody acts so");
            case Look.Cold<Members>() -> throw new AssertionError("load answered cold");
        };
    }

    static Membership role(Membership it, Id role) {
        return new Membership(it.id(), it.user(), it.organization(), Optional.of(role), it.standing(), it.createdAt());
    }
}
