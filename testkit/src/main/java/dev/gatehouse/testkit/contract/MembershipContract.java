package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UserStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Memberships of users, and the keys of these.
public abstract class MembershipContract extends PeopleContract {
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
        assertThat(acting(next.id(), membership.id()).credential()).isEqualTo(next.lean());
        done(store().members().hold(membership.id(), Hold.OWNER, act));
        assertThat(facts(next.id()).holder().standings().getLast().holds()).containsExactly(Hold.OWNER);
        done(store().members().revoke(membership.id(), act));
        assertThat(store().members().add(nouns.key(membership), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(store().members().add(nouns.key(nouns.membership(user.id(), root())), act))
                .isInstanceOf(Stored.Missing.class);
    }

    @Test
    void aUsersSecretIsAMembersAndStopsWithIt() {
        User user = user(root(), "alice");
        Membership membership = member(user, root());
        int before = trail().size();
        Credential secret = done(store().members().add(nouns.key(membership, CredentialKind.USER_SECRET), act));
        audited(before, "credential.add", secret.id());
        assertThat(trail().getFirst().detail()).contains("user_secret");
        assertThat(store().members().credential(secret.id())).contains(secret);
        assertThat(facts(secret.id()).credential()).isEqualTo(secret.lean());
        assertThat(acting(secret.id(), membership.id()).holder().who()).isEqualTo(user.id());
        done(store().members().hold(user.id(), Hold.PROVIDER, act));
        assertThat(facts(secret.id()).holder().standings().getFirst().holds()).containsExactly(Hold.PROVIDER);
        done(store().members().revoke(secret.id(), act));
        assertThat(facts(secret.id()).credential().standing().revoked()).isTrue();
    }

    @Test
    void aRoleThatAMemberHasIsNotDeleted() {
        Role role =
                done(store().apis().add(new Role(nouns.id(Kind.ROLE), root(), "clerk", Rights.NONE, false, 0), act));
        User user = user(root(), "alice");
        done(users().add(role(nouns.membership(user.id(), root()), role.id()), act));
        assertThat(store().apis().delete(role, act)).isInstanceOf(Stored.Conflict.class);
    }
}
