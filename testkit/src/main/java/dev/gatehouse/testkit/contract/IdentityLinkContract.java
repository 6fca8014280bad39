package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Left;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who people are elsewhere: one subject of a provider is one user (GAUNTLET J04).
public abstract class IdentityLinkContract extends GrantFixture {
    private final Elsewhere elsewhere = new Elsewhere(this::store, act, new IdentityNouns(nouns, this::digest));

    private IdentityStore identities() {
        return elsewhere.identities();
    }

    @Test
    void aSubjectIsLinkedToOneUserAndAUserToOneSubject() {
        Held acme = elsewhere.added("acme");
        Held other = elsewhere.added("other");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        int rows = trail().size();
        Link link = elsewhere.linked(acme, alice, "Sub 1");
        audited(rows, "identity.link", alice.user().id());
        assertThat(elsewhere.found(acme, "Sub 1")).contains(link);
        assertThat(elsewhere.found(acme, "sub 1")).isEmpty();
        assertThat(elsewhere.found(other, "Sub 1")).isEmpty();
        assertThat(elsewhere.linking(acme, bob, "Sub 1")).isInstanceOf(Stored.Conflict.class);
        assertThat(elsewhere.linking(acme, alice, "Sub 2")).isInstanceOf(Stored.Conflict.class);
        assertThat(elsewhere.linking(acme, alice, "Sub 1")).isInstanceOf(Stored.Conflict.class);
        Link second = elsewhere.linked(other, alice, "Sub 1");
        assertThat(identities().links(alice.user().id())).containsExactlyInAnyOrder(link, second);
        assertThat(identities().links(bob.user().id())).isEmpty();
        assertThat(store().users().password(alice.user().id())).contains(alice.password());
        assertThat(store().users().password(bob.user().id())).contains(bob.password());
    }

    @Test
    void whoIsOverLinksNothing() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Credential credential = elsewhere.made.credential(alice.user());
        Link link = IdentityNouns.link(acme, credential, "s");
        assertThat(identities().link(link, credential, bob.login(), act)).isInstanceOf(Stored.Conflict.class);
        done(store().sessions().end(alice.login(), act));
        assertThat(identities().link(link, credential, alice.login(), act)).isInstanceOf(Stored.Conflict.class);
        Held off = done(identities().replace(acme, IdentityNouns.like(acme, false), act));
        assertThat(elsewhere.linking(off, bob, "s")).isInstanceOf(Stored.Missing.class);
        done(identities().remove(off, act));
        assertThat(elsewhere.linking(off, bob, "s")).isInstanceOf(Stored.Missing.class);
        assertThat(store().members().credential(credential.id())).isEmpty();
    }

    @Test
    void aPasswordThatIsSetAnewLeavesLinks() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        Link link = elsewhere.linked(acme, alice, "s");
        Credential other = done(store().users().setPassword(nouns.password(alice.user()), act));
        assertThat(elsewhere.standing(link).revoked()).isFalse();
        assertThat(store().users().password(alice.user().id())).contains(other);
        assertThat(elsewhere.found(acme, "s")).contains(link);
    }

    @Test
    void unlinkingEndsTheCredentialAndFreesTheSubject() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Link link = elsewhere.linked(acme, alice, "s");
        assertThat(identities().unlink(bob.user().id(), link.credential(), Left.ANYTHING, act))
                .isInstanceOf(Stored.Missing.class);
        Trip begun = elsewhere.made.trip(acme, Step.CONFIRM, Optional.of(alice));
        assertThat(identities().begin(begun)).isTrue();
        int rows = trail().size();
        Stored<Link> unlinked = identities().unlink(alice.user().id(), link.credential(), Left.ANYTHING, act);
        assertThat(unlinked).isInstanceOf(Stored.Done.class);
        assertThat(((Stored.Done<Link>) unlinked).receipt()).isPresent();
        audited(rows, "identity.unlink", alice.user().id());
        assertThat(elsewhere.standing(link).revoked()).isTrue();
        assertThat(elsewhere.facts(alice, link).revoked()).isTrue();
        assertThat(elsewhere.found(acme, "s")).isEmpty();
        assertThat(identities().take(List.of(begun.ticket()), Step.CONFIRM, Nouns.NOW))
                .as("what was proven before")
                .isEmpty();
        assertThat(identities().unlink(alice.user().id(), link.credential(), Left.ANYTHING, act))
                .isInstanceOf(Stored.Missing.class);
        elsewhere.linked(acme, bob, "s");
    }

    @Test
    void aRevokedLinkIsNone() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        Link link = elsewhere.linked(acme, alice, "s");
        done(store().members().revoke(link.credential(), act));
        assertThat(identities().links(alice.user().id())).isEmpty();
        assertThat(elsewhere.found(acme, "s")).isEmpty();
        assertThat(elsewhere.linking(acme, somebody("bob"), "s"))
                .as("still alice's")
                .isInstanceOf(Stored.Conflict.class);
        Link anew = elsewhere.linked(acme, alice, "s");
        assertThat(identities().links(alice.user().id())).containsExactly(anew);
    }

    @Test
    void theLastWayInStays() {
        Held acme = elsewhere.added("acme");
        Held other = elsewhere.added("other");
        Somebody alice = somebody("alice");
        Link first = elsewhere.linked(acme, alice, "s");
        Link second = elsewhere.linked(other, alice, "s");
        done(store().members().revoke(alice.password().id(), act));
        Held off = done(identities().replace(other, IdentityNouns.like(other, false), act));
        assertThat(unlinking(alice, first)).as("the other provider is off").isInstanceOf(Stored.Conflict.class);
        assertThat(identities().links(alice.user().id())).containsExactlyInAnyOrder(first, second);
        assertThat(elsewhere.standing(first).revoked()).isFalse();
        done(identities().replace(off, IdentityNouns.like(off, true), act));
        List<Boolean> gone = Race.race(List.of(
                () -> unlinking(alice, first) instanceof Stored.Done<Link>,
                () -> unlinking(alice, second) instanceof Stored.Done<Link>));
        assertThat(gone).containsOnlyOnce(true);
        Link left = identities().links(alice.user().id()).getFirst();
        done(identities().unlink(alice.user().id(), left.credential(), Left.ANYTHING, act));
    }

    private Stored<Link> unlinking(Somebody who, Link link) {
        return identities().unlink(who.user().id(), link.credential(), Left.A_WAY_IN, act);
    }
}
