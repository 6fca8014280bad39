package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The last one that may do everything stays. What was installed is none here: its key has not the whole role.
public abstract class LastOwnerContract extends PeopleContract {
    private static final Window OVER = Window.until(Nouns.NOW);

    private record Owner(Application application, Credential key) {}

    private MemberStore members() {
        return store().members();
    }

    private Application application(Id organization, String name) {
        return done(members()
                .add(nouns.application(organization, name, installed.owner().id()), act));
    }

    private Credential key(Application application, CredentialKind kind, Reach reach, Window window) {
        Credential drawn = nouns.credential(application, kind);
        return done(members().add(drawn.with("key", reach, Restrictions.NONE, Standing.within(window)), act));
    }

    private Owner owner(String name) {
        Application made = application(root(), name);
        return new Owner(made, key(made, CredentialKind.API_KEY, new Reach.WholeRole(), Window.ALWAYS));
    }

    private Membership member(User user) {
        Membership membership = nouns.membership(user.id(), root());
        return done(users().add(role(membership, installed.owner().id()), act));
    }

    private void forbidden(List<Supplier<Stored<?>>> verbs) {
        int before = trail().size();
        for (Supplier<Stored<?>> verb : verbs) {
            assertThat(verb.get()).isEqualTo(new Stored.Forbidden<>(Stored.Rule.LAST_OWNER));
        }
        assertThat(trail()).hasSize(before);
    }

    private Stored<?> held(Id member) {
        return members().hold(member, Hold.OWNER, act);
    }

    private static Application withoutRole(Application it) {
        return new Application(
                it.id(), it.organization(), it.clientId(), it.name(), Optional.empty(), it.standing(), it.createdAt());
    }

    private static Credential narrower(Credential it) {
        return it.with(it.name(), new Reach.Only(Rights.NONE), it.restrictions(), it.standing());
    }

    @Test
    void nothingTakesAwayTheOneOwner() {
        Owner one = owner("one");
        Id application = one.application().id();
        Id key = one.key().id();
        forbidden(List.of(
                () -> held(application),
                () -> members().hold(application, Hold.PROVIDER, act),
                () -> members().revoke(application, act),
                () -> members().schedule(application, OVER, act),
                () -> members().replace(one.application(), withoutRole(one.application()), act),
                () -> held(key),
                () -> members().revoke(key, act),
                () -> members().schedule(key, OVER, act),
                () -> members().replace(one.key(), narrower(one.key()), act)));
        assertThat(members().application(application)).contains(one.application());
        assertThat(members().credential(key)).contains(one.key());
        done(members().cut(application, act));
        Credential next = key(one.application(), CredentialKind.SECRET, new Reach.WholeRole(), Window.ALWAYS);
        done(members().revoke(key, act));
        forbidden(List.of(() -> members().revoke(next.id(), act)));
    }

    /// What opens nothing by itself proves nobody.
    @Test
    void whatOnlyStandsBesideAnotherProofKeepsNoOwner() {
        Owner one = owner("one");
        Application signs = application(root(), "signs");
        key(signs, CredentialKind.SIGNING_KEY, new Reach.WholeRole(), Window.ALWAYS);
        User user = user(organization().id(), "alice");
        done(members().add(nouns.key(member(user), CredentialKind.USER_SECRET), act));
        forbidden(List.of(
                () -> held(one.application().id()),
                () -> members().revoke(one.key().id(), act)));
    }

    @Test
    void ofTwoOwnersEitherMayGo() {
        Owner one = owner("one");
        Owner two = owner("two");
        done(members().hold(one.application().id(), Hold.OWNER, act));
        forbidden(List.of(
                () -> held(two.application().id()),
                () -> members().revoke(two.key().id(), act)));
        done(members().lift(one.application().id(), Hold.OWNER, act));
        done(members().revoke(two.key().id(), act));
        forbidden(List.of(() -> held(one.application().id())));
        done(members().hold(two.application().id(), Hold.OWNER, act));
    }

    @Test
    void aMemberWhoCanLogInIsAnOwner() {
        Owner one = owner("one");
        Organization home = organization();
        User user = user(home.id(), "alice");
        Membership membership = member(user);
        forbidden(List.of(() -> held(one.application().id())));
        Credential password = password(user);
        done(members().revoke(one.application().id(), act));
        User now = users().user(user.id()).orElseThrow();
        forbidden(List.of(
                () -> held(user.id()),
                () -> members().revoke(user.id(), act),
                () -> users().replace(now, with(now, "alice", now.profile(), OVER), act),
                () -> held(membership.id()),
                () -> members().revoke(membership.id(), act),
                () -> users().replace(membership, nothing(membership), act),
                () -> held(password.id()),
                () -> members().revoke(password.id(), act),
                () -> held(home.id()),
                () -> members().revoke(home.id(), act)));
        done(users().setPassword(nouns.password(user), act));
        done(users().replace(
                        users().user(user.id()).orElseThrow(),
                        with(users().user(user.id()).orElseThrow(), "alicia", now.profile(), UNTIL),
                        act));
    }

    private static Membership nothing(Membership it) {
        return new Membership(it.id(), it.user(), it.organization(), Optional.empty(), it.standing(), it.createdAt());
    }

    @Test
    void whoCannotActIsNoOwner() {
        Owner one = owner("one");
        Reach whole = new Reach.WholeRole();
        Application elsewhere = application(organization().id(), "elsewhere");
        key(elsewhere, CredentialKind.API_KEY, whole, Window.ALWAYS);
        application(root(), "without a key");
        key(application(root(), "narrow"), CredentialKind.API_KEY, new Reach.Only(Rights.NONE), Window.ALWAYS);
        key(application(root(), "ended"), CredentialKind.API_KEY, whole, OVER);
        Window later = new Window(Optional.of(Nouns.NOW.plus(Duration.ofSeconds(1))), Optional.empty());
        key(application(root(), "not yet"), CredentialKind.API_KEY, whole, later);
        Application restricted = application(root(), "at another Api");
        Credential drawn = nouns.credential(restricted, CredentialKind.API_KEY);
        done(members().add(drawn.with("key", whole, drawn.restrictions(), Standing.FRESH), act));
        Owner held = owner("held");
        done(members().hold(held.application().id(), Hold.POLICY, act));
        User user = user(root(), "bob");
        done(members().hold(member(user).id(), Hold.OWNER, act));
        password(user);
        forbidden(List.of(
                () -> held(one.application().id()),
                () -> members().revoke(one.key().id(), act)));
    }

    @Test
    void whereThereIsNoOwnerNothingIsForbidden() {
        done(members().hold(installed.bootstrap().id(), Hold.OWNER, act));
        done(members().revoke(installed.key().id(), act));
    }

    @Test
    void ofTwoOwnersThatEndEachOtherAtOnceOneWins() {
        Owner left = owner("first");
        for (int round = 0; round < 8; round++) {
            Owner one = left;
            Owner other = owner("other " + round);
            Id first = round % 2 == 0 ? one.application().id() : one.key().id();
            List<Callable<Stored<Standing>>> callers = List.of(
                    () -> members().hold(first, Hold.OWNER, act),
                    () -> members().hold(other.application().id(), Hold.OWNER, act));
            List<Stored<Standing>> results = race(callers);
            assertThat(Race.winners(results)).isEqualTo(1);
            assertThat(results).contains(new Stored.Forbidden<>(Stored.Rule.LAST_OWNER));
            left = results.getFirst() instanceof Stored.Done ? other : one;
        }
    }
}
