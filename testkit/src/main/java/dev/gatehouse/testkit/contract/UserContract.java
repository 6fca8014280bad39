package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UserStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Users, memberships and passwords. What every member has in common is in [MemberContract].
public abstract class UserContract extends StoreContract {
    private static final Window UNTIL = Window.until(Nouns.NOW.plus(Duration.ofDays(1)));

    private UserStore users() {
        return store().users();
    }

    private Organization organization() {
        return done(store().members().add(nouns.organization(root(), "Child"), act));
    }

    private User user(Id home, String username) {
        return done(users().add(nouns.user(home, username), act));
    }

    private Membership member(User user, Id organization) {
        return done(users().add(nouns.membership(user.id(), organization), act));
    }

    private Credential password(User user) {
        return done(users().setPassword(nouns.password(user), act));
    }

    private static User with(User it, String username, Profile profile, Window window) {
        Standing from = it.standing();
        Standing to = new Standing(from.holds(), from.revoked(), from.generation(), window, from.version());
        return new User(it.id(), it.organization(), username, profile, to, it.createdAt());
    }

    private Login login(String username) {
        return switch (store().facts().loadLogin(username)) {
            case Look.Known<Login>(Login login) -> login;
            case Look.Absent<Login>() -> throw new AssertionError("no such user");
            case Look.Cold<Login>() -> throw new AssertionError("loadLogin answered cold");
        };
    }

    private Members acting(Id credential, Id member) {
        return switch (store().facts().load(credential, member)) {
            case Look.Known<Members>(Members members) -> members;
            case Look.Absent<Members>() -> throw new AssertionError("nobody acts so");
            case Look.Cold<Members>() -> throw new AssertionError("load answered cold");
        };
    }

    @Test
    void aUserIsReadBackAsItWasAndNothingOfItIsInTheTrail() {
        int before = trail().size();
        User user = nouns.user(root(), "alice@b.example");
        assertThat(done(users().add(user, act))).isEqualTo(user);
        assertThat(users().user(user.id())).contains(user);
        assertThat(users().userByName("alice@b.example")).contains(user);
        assertThat(users().userByName("alice")).isEmpty();
        audited(before, "user.add", user.id());
        assertThat(trail().getFirst().detail()).isEqualTo("{}");
        assertThat(users().user(new Id(Kind.CUSTOMER, user.id().value()))).isEmpty();
    }

    @Test
    void aUsernameIsUniqueInTheInstallation() {
        Organization child = organization();
        user(root(), "alice");
        int before = trail().size();
        assertThat(users().add(nouns.user(child.id(), "alice"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(users().add(nouns.user(nouns.id(Kind.ORGANIZATION), "bob"), act))
                .isInstanceOf(Stored.Missing.class);
        done(store().members().revoke(child.id(), act));
        assertThat(users().add(nouns.user(child.id(), "bob"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(trail()).hasSize(before + 1);
    }

    @Test
    void whatChangesOfAUserIsNamedInTheTrailAndNotSaid() {
        User user = user(root(), "alice");
        Profile moved = user.profile().with(ProfileClaim.EMAIL, "new@b.example").without(ProfileClaim.NAME);
        int before = trail().size();
        User changed = done(users().replace(user, with(user, "alicia", moved, UNTIL), act));
        audited(before, "user.replace", user.id());
        assertThat(trail().getFirst().detail())
                .isEqualTo("{\"changed\":\"email name username\","
                        + "\"expires_at\":\"2026-01-02T00:00:00.123456Z\",\"expires_at_before\":\"\"}");
        assertThat(users().user(user.id())).contains(changed);
        assertThat(changed.profile()).isEqualTo(moved);
        assertThat(users().replace(user, with(user, "x", moved, UNTIL), act)).isInstanceOf(Stored.Moved.class);
        user(root(), "bob");
        assertThat(users().replace(changed, with(changed, "bob", moved, UNTIL), act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(done(users().replace(changed, changed, act))).isEqualTo(changed);
    }

    @Test
    void aUserIsAMemberOfAnOrganizationOnceUntilThatIsRevoked() {
        User user = user(root(), "alice");
        int before = trail().size();
        Membership membership = nouns.membership(user.id(), root());
        assertThat(done(users().add(membership, act))).isEqualTo(membership);
        audited(before, "membership.add", membership.id());
        assertThat(users().membership(membership.id())).contains(membership);
        assertThat(users().add(nouns.membership(user.id(), root()), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(users().membershipsOf(user.id())).containsExactly(membership);
        done(store().members().revoke(membership.id(), act));
        assertThat(users().membershipsOf(user.id())).isEmpty();
        Membership again = member(user, root());
        assertThat(users().membershipsOf(user.id())).containsExactly(again);
        assertThat(login("alice").memberships()).isEqualTo(Map.of(root(), again.id()));
    }

    @Test
    void aMembershipTakesUserOrganizationAndRole() {
        User user = user(root(), "alice");
        Organization child = organization();
        for (Membership lost : List.of(
                nouns.membership(nouns.id(Kind.USER), root()),
                nouns.membership(user.id(), nouns.id(Kind.ORGANIZATION)),
                role(nouns.membership(user.id(), root()), nouns.id(Kind.ROLE)))) {
            assertThat(users().add(lost, act)).isInstanceOf(Stored.Missing.class);
        }
        Membership membership = member(user, child.id());
        Membership promoted = done(
                users().replace(membership, role(membership, installed.owner().id()), act));
        assertThat(promoted.role()).contains(installed.owner().id());
        assertThat(users().replace(promoted, role(promoted, nouns.id(Kind.ROLE)), act))
                .isInstanceOf(Stored.Missing.class);
        done(store().members().revoke(child.id(), act));
        assertThat(users().add(nouns.membership(user(root(), "bob").id(), child.id()), act))
                .isInstanceOf(Stored.Conflict.class);
        done(store().members().revoke(user.id(), act));
        assertThat(users().add(nouns.membership(user.id(), root()), act)).isInstanceOf(Stored.Conflict.class);
    }

    private static Membership role(Membership it, Id role) {
        return new Membership(it.id(), it.user(), it.organization(), Optional.of(role), it.standing(), it.createdAt());
    }

    @Test
    void membershipsAreBoundedAndARevokedOneGivesItsPlaceBack() {
        User user = user(root(), "alice");
        Membership first = member(user, root());
        for (int i = 1; i < UserStore.MAX_MEMBERSHIPS; i++) {
            member(
                    user,
                    done(store().members().add(nouns.organization(root(), "o" + i), act))
                            .id());
        }
        Organization last = done(store().members().add(nouns.organization(root(), "last"), act));
        assertThat(users().add(nouns.membership(user.id(), last.id()), act)).isInstanceOf(Stored.Full.class);
        done(store().members().revoke(first.id(), act));
        member(user, last.id());
    }

    @Test
    void anotherPasswordRevokesTheOneBefore() {
        User user = user(root(), "alice");
        assertThat(login("alice").password()).isEmpty();
        Credential first = password(user);
        assertThat(login("alice").password()).contains(first.id());
        int before = trail().size();
        Credential second = password(user);
        assertThat(trail()).hasSize(before + 1);
        assertThat(trail().getFirst().verb()).isEqualTo("user.password");
        assertThat(users().password(user.id())).contains(second);
        assertThat(login("alice").password()).contains(second.id());
        assertThat(store().members()
                        .credential(first.id())
                        .orElseThrow()
                        .standing()
                        .revoked())
                .isTrue();
        assertThat(second.kind()).isEqualTo(CredentialKind.PASSWORD);
        assertThat(second.stretch()).isPresent();
        done(store().members().revoke(second.id(), act));
        assertThat(login("alice").password()).isEmpty();
        assertThat(users().setPassword(nouns.password(nouns.user(root(), "nobody")), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(store().members().add(nouns.password(user), act))
                .as("only as a user's one password")
                .isInstanceOf(Stored.Conflict.class);
        done(store().members().revoke(user.id(), act));
        assertThat(users().setPassword(nouns.password(user), act)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void aPasswordThatIsStretchedAnewStaysTheSameCredential() {
        User user = user(root(), "alice");
        Credential password = password(user);
        Credential anew = nouns.password(user);
        Credential stored = done(users().restretch(password, anew, act));
        assertThat(stored.id()).isEqualTo(password.id());
        assertThat(stored.digest()).isEqualTo(anew.digest());
        assertThat(stored.standing().generation()).isEqualTo(password.standing().generation());
        assertThat(users().restretch(password, anew, act)).isInstanceOf(Stored.Moved.class);
        done(store().members().revoke(stored.id(), act));
        assertThat(users().restretch(stored, anew, act)).isInstanceOf(Stored.Moved.class);
    }

    @Test
    void whoActsIsReadWithAllThatIsAboveIt() {
        Organization home = organization();
        Organization there = done(store().members().add(nouns.organization(root(), "There"), act));
        User user = user(home.id(), "alice");
        Credential password = password(user);
        Membership membership = member(user, there.id());
        Members members = acting(password.id(), membership.id());
        assertThat(members.chain()).containsExactly(there, installed.root());
        assertThat(members.holder())
                .isEqualTo(new Person(
                        user.id(),
                        "alice",
                        users().user(user.id()).orElseThrow().standing(),
                        membership,
                        List.of(home, installed.root())));
        assertThat(login("alice").membership(Optional.of(there.id()))).contains(membership.id());
        assertThat(login("alice").membership(Optional.empty()))
                .as("none at home")
                .isEmpty();
        assertThat(store().facts().load(password.id())).isInstanceOf(Look.Absent.class);
        User stranger = user(home.id(), "mallory");
        Membership foreign = member(stranger, there.id());
        assertThat(store().facts().load(password.id(), foreign.id()))
                .as("a membership of another user")
                .isInstanceOf(Look.Absent.class);
        assertThat(store().facts().loadLogin("nobody")).isInstanceOf(Look.Absent.class);
    }

    @Test
    void everyWriteIsAppliedToTheFactsBeforeItIsAnswered() {
        Organization home = organization();
        User user = user(home.id(), "alice");
        Credential password = password(user);
        Membership membership = member(user, home.id());
        assertThat(acting(password.id(), membership.id()).role()).isEmpty();
        done(users().replace(membership, role(membership, installed.owner().id()), act));
        assertThat(acting(password.id(), membership.id()).role()).contains(installed.owner());
        done(store().members().hold(user.id(), Hold.OWNER, act));
        assertThat(((Person) acting(password.id(), membership.id()).holder())
                        .standing()
                        .holds())
                .containsExactly(Hold.OWNER);
        done(store().members().cut(membership.id(), act));
        assertThat(acting(password.id(), membership.id())
                        .holder()
                        .standings()
                        .getLast()
                        .generation())
                .isEqualTo(1);
        done(store().members().hold(home.id(), Hold.OWNER, act));
        assertThat(((Person) acting(password.id(), membership.id()).holder())
                        .home()
                        .getFirst()
                        .standing()
                        .holds())
                .containsExactly(Hold.OWNER);
        User now = users().user(user.id()).orElseThrow();
        done(users().replace(now, with(now, "alicia", now.profile(), Window.ALWAYS), act));
        assertThat(store().facts().loadLogin("alice")).isInstanceOf(Look.Absent.class);
        assertThat(login("alicia").user()).isEqualTo(user.id());
        assertThat(store().facts().loadLogin("alice"))
                .as("not even when the other name is known")
                .isInstanceOf(Look.Absent.class);
        done(store().members().revoke(membership.id(), act));
        assertThat(login("alicia").memberships()).isEmpty();
        assertThat(acting(password.id(), membership.id())
                        .holder()
                        .standings()
                        .getLast()
                        .revoked())
                .isTrue();
    }

    @Test
    void aKeyOfAMembershipActsAsThatMember() {
        User user = user(root(), "alice");
        Membership membership = member(user, root());
        Credential key = done(store().members().add(nouns.key(membership), act));
        assertThat(store().members()
                        .credentials(membership.id(), Slice.first(10))
                        .items())
                .containsExactly(key);
        assertThat(facts(key.id()).holder().who()).isEqualTo(user.id());
        Credential next = done(store().members().rotate(key, Nouns.NOW, nouns.key(membership), act));
        assertThat(acting(next.id(), membership.id()).credential()).isEqualTo(next);
        done(store().members().hold(membership.id(), Hold.OWNER, act));
        assertThat(facts(next.id()).holder().standings().getLast().holds()).containsExactly(Hold.OWNER);
        done(store().members().revoke(membership.id(), act));
        assertThat(store().members().add(nouns.key(membership), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(store().members().add(nouns.key(nouns.membership(user.id(), root())), act))
                .isInstanceOf(Stored.Missing.class);
    }

    @Test
    void aRoleThatAMemberHasIsNotDeleted() {
        Role role =
                done(store().apis().add(new Role(nouns.id(Kind.ROLE), root(), "clerk", Rights.NONE, false, 0), act));
        User user = user(root(), "alice");
        done(users().add(role(nouns.membership(user.id(), root()), role.id()), act));
        assertThat(store().apis().delete(role, act)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void listsAreThoseOfOneOrganization() {
        Organization child = organization();
        User alice = user(child.id(), "alice");
        user(root(), "bob");
        Membership here = member(alice, root());
        member(alice, child.id());
        assertThat(users().users(child.id(), Slice.first(10)).items()).containsExactly(alice);
        assertThat(users().users(child.id(), new Slice(Optional.empty(), 0, 6, Optional.of("alice"), true)))
                .isEqualTo(new Page<>(List.of(alice), false, Optional.of(1L)));
        assertThat(users().users(root(), new Slice(Optional.empty(), 0, 6, Optional.of("alice"), false))
                        .items())
                .isEmpty();
        assertThat(users().memberships(root(), Slice.first(10)).items()).containsExactly(here);
    }

    @Test
    void ofManyOneAddsTheUserAndOneTheMembership() {
        List<User> twins = IntStream.range(0, CALLERS)
                .mapToObj(_ -> nouns.user(root(), "twin"))
                .toList();
        assertThat(winners(race(callers(i -> () -> users().add(twins.get(i), act)))))
                .isEqualTo(1);
        User user = users().userByName("twin").orElseThrow();
        List<Membership> joins = IntStream.range(0, CALLERS)
                .mapToObj(_ -> nouns.membership(user.id(), root()))
                .toList();
        assertThat(winners(race(callers(i -> () -> users().add(joins.get(i), act)))))
                .isEqualTo(1);
        assertThat(users().membershipsOf(user.id())).hasSize(1);
    }

    @Test
    void ofPasswordsSetAtOnceOneIsLeft() {
        User user = user(root(), "alice");
        List<Credential> passwords =
                IntStream.range(0, CALLERS).mapToObj(_ -> nouns.password(user)).toList();
        race(callers(i -> () -> users().setPassword(passwords.get(i), act)));
        assertThat(passwords)
                .filteredOn(one -> store().members()
                        .credential(one.id())
                        .filter(stored -> !stored.standing().revoked())
                        .isPresent())
                .hasSize(1);
        assertThat(login("alice").password())
                .isEqualTo(users().password(user.id()).map(Credential::id));
    }
}
