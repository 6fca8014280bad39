package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The hold `owner` is lifted by the organization that set it and by those above it, and by none below.
public abstract class HeldAboveContract extends PeopleContract {
    private MemberStore members() {
        return store().members();
    }

    private Act by(Id organization) {
        return new Act(
                new Act.Actor.Member(organization, nouns.id(Kind.APPLICATION), nouns.id(Kind.CREDENTIAL)),
                act.requestId(),
                act.at());
    }

    private Stored<Standing> held(Id member, Id organization) {
        return members().hold(member, Hold.OWNER, by(organization));
    }

    private Stored<Standing> lifted(Id member, Id organization) {
        return members().lift(member, Hold.OWNER, by(organization));
    }

    private void forbidden(Id member, Id organization) {
        int before = trail().size();
        assertThat(lifted(member, organization)).isEqualTo(new Stored.Forbidden<>(Stored.Rule.HELD_ABOVE));
        assertThat(trail()).hasSize(before);
    }

    @Test
    void whatTheParentHoldsTheChildDoesNotLift() {
        Id parent = organization().id();
        Id child = done(members().add(nouns.organization(parent, "below"), act)).id();
        Application application = done(members().add(nouns.application(child, "shop"), act));
        User user = user(child, "alice");
        Organization grandchild = done(members().add(nouns.organization(child, "further"), act));
        for (Id member : List.of(
                grandchild.id(),
                application.id(),
                done(members().add(nouns.credential(application, CredentialKind.SECRET), act))
                        .id(),
                done(store().customers().add(nouns.customer(child, "customer"), act))
                        .id(),
                user.id(),
                member(user, child).id())) {
            done(held(member, parent));
            forbidden(member, child);
            assertThat(done(lifted(member, parent)).holds()).isEmpty();
            assertThat(done(lifted(member, child)).holds()).as("repeated").isEmpty();
            done(held(member, child));
            assertThat(done(lifted(member, child)).holds()).isEmpty();
        }
    }

    @Test
    void theHighestThatHeldItCounts() {
        Id parent = organization().id();
        Id child = done(members().add(nouns.organization(parent, "below"), act)).id();
        Id member = done(members().add(nouns.application(child, "shop"), act)).id();
        done(held(member, child));
        int before = trail().size();
        done(held(member, parent));
        assertThat(trail()).as("taken over").hasSize(before + 1);
        done(held(member, child));
        done(held(member, parent));
        assertThat(trail()).as("held already").hasSize(before + 1);
        forbidden(member, child);
        done(lifted(member, root()));
        done(held(member, root()));
        forbidden(member, parent);
        done(members().lift(member, Hold.OWNER, Act.system("test", act.at())));
    }

    @Test
    void otherHoldsAreNotOfAnOrganization() {
        Id parent = organization().id();
        Id member = done(members().add(nouns.application(parent, "shop"), act)).id();
        done(members().hold(member, Hold.POLICY, by(root())));
        done(held(member, parent));
        assertThat(done(members().lift(member, Hold.POLICY, by(parent))).holds())
                .containsExactly(Hold.OWNER);
        assertThat(done(lifted(member, parent)).holds()).isEmpty();
    }

    /// What a credential is and whether it is held is one write: what may not be lifted is not replaced either.
    @Test
    void aCredentialIsReplacedAndHeldOrLiftedAtOnce() {
        Id parent = organization().id();
        Id child = done(members().add(nouns.organization(parent, "below"), act)).id();
        Application application = done(members().add(nouns.application(child, "shop"), act));
        Credential first = done(members().add(nouns.credential(application, CredentialKind.SECRET), act));
        int before = trail().size();
        Credential held = done(members().replace(first, named(first, "held"), true, by(child)));
        assertThat(trail()).hasSize(before + 2);
        assertThat(held.name()).isEqualTo("held");
        assertThat(held.standing().holds()).containsExactly(Hold.OWNER);
        assertThat(members().credential(first.id())).contains(held);
        assertThat(members().replace(first, named(first, "late"), false, by(child)))
                .isInstanceOf(Stored.Moved.class);
        Credential lifted = done(members().replace(held, held, false, by(child)));
        assertThat(lifted.standing().holds()).isEmpty();
        assertThat(members().credential(first.id())).contains(lifted);

        done(held(first.id(), parent));
        Credential above = members().credential(first.id()).orElseThrow();
        int after = trail().size();
        assertThat(members().replace(above, named(above, "again"), false, by(child)))
                .isEqualTo(new Stored.Forbidden<>(Stored.Rule.HELD_ABOVE));
        assertThat(members().credential(first.id())).contains(above);
        assertThat(trail()).hasSize(after);
        assertThat(done(members().replace(above, named(above, "again"), false, by(parent)))
                        .standing()
                        .holds())
                .isEmpty();
        done(members().revoke(first.id(), act));
        Credential gone = members().credential(first.id()).orElseThrow();
        assertThat(members().replace(gone, gone, true, act)).isInstanceOf(Stored.Conflict.class);
    }

    /// The terms of an act are of the member as it was read; the hold is of what has just been replaced.
    @Test
    void aCredentialIsReplacedAndHeldOnTheTermsOfItsVersion() {
        Application application = done(members().add(nouns.application(root(), "shop"), act));
        Credential first = done(members().add(nouns.credential(application, CredentialKind.SECRET), act));
        Act terms = act.on(Terms.version(first.standing().version()));
        int before = trail().size();
        Credential held = done(members().replace(first, named(first, "held"), true, terms));
        assertThat(held.standing().holds()).containsExactly(Hold.OWNER);
        assertThat(trail()).hasSize(before + 2);
        assertThat(members().replace(first, named(first, "late"), false, terms)).isInstanceOf(Stored.Moved.class);
        assertThat(members().credential(first.id())).contains(held);
        Act now = act.on(Terms.version(held.standing().version()));
        Credential lifted = done(members().replace(held, named(held, "lifted"), false, now));
        assertThat(lifted.standing().holds()).isEmpty();
        assertThat(members().credential(first.id())).contains(lifted);
    }

    private static Credential named(Credential one, String name) {
        return one.with(name, one.reach(), one.restrictions(), one.standing());
    }
}
