package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Users, and what is read of who acts. What every member has in common is in [StandingContract].
public abstract class UserContract extends PeopleContract {
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
}
