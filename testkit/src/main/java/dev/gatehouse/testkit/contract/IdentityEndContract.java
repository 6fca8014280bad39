package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a change of a provider ends for those who signed in by it.
public abstract class IdentityEndContract extends GrantFixture {
    private final Elsewhere elsewhere = new Elsewhere(this::store, act, new IdentityNouns(nouns, this::digest));

    private IdentityStore identities() {
        return elsewhere.identities();
    }

    /// However many sign in by it: all of them are out with the receipt, and those of another are not.
    @Test
    void moreLinksThanOneTransactionEndsAllEnd() {
        Held acme = elsewhere.added("acme");
        Held other = elsewhere.added("other");
        List<Link> links = IntStream.rangeClosed(0, IdentityStore.ENDED_AT_ONCE)
                .mapToObj(i -> elsewhere.linked(acme, somebody("user" + i), "subject" + i))
                .toList();
        Link apart = elsewhere.linked(other, somebody("apart"), "apart");
        Stored<Held> off = identities().replace(acme, IdentityNouns.like(acme, false), act);
        assertThat(((Stored.Done<Held>) off).receipt()).isPresent();
        assertThat(links)
                .allSatisfy(link ->
                        assertThat(elsewhere.standing(link).generation()).isEqualTo(1));
        identities().goOn(act);
        assertThat(links)
                .allSatisfy(link ->
                        assertThat(elsewhere.standing(link).generation()).isEqualTo(1));
        Stored<Held> gone = identities().remove(done(off), act);
        assertThat(((Stored.Done<Held>) gone).receipt()).isPresent();
        assertThat(links)
                .allSatisfy(
                        link -> assertThat(elsewhere.standing(link).revoked()).isTrue());
        assertThat(identities().providers()).containsExactly(other);
        assertThat(elsewhere.standing(apart)).isEqualTo(Standing.FRESH);
    }

    @Test
    void aProviderThatIsOffEndsWhatWasOpenedAndKeepsItsLinks() {
        Held acme = elsewhere.added("acme");
        Held other = elsewhere.added("other");
        Somebody alice = somebody("alice");
        Link link = elsewhere.linked(acme, alice, "s");
        Link stays = elsewhere.linked(other, alice, "s");
        Held changed = done(identities().replace(acme, IdentityNouns.like(acme, true), act));
        assertThat(elsewhere.standing(link).generation()).isZero();
        Held off = done(identities().replace(changed, IdentityNouns.like(changed, false), act));
        assertThat(elsewhere.standing(link).generation()).isEqualTo(1);
        assertThat(elsewhere.facts(alice, link).generation()).isEqualTo(1);
        assertThat(elsewhere.standing(stays).generation()).isZero();
        done(identities().replace(off, IdentityNouns.like(off, true), act));
        assertThat(elsewhere.found(acme, "s")).contains(link);
    }

    @Test
    void aProviderThatGoesTakesItsLinksAlong() {
        Held acme = elsewhere.added("acme");
        Held other = elsewhere.added("other");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Link first = elsewhere.linked(acme, alice, "1");
        Link second = elsewhere.linked(acme, bob, "2");
        Link stays = elsewhere.linked(other, alice, "1");
        done(identities().remove(acme, act));
        assertThat(List.of(elsewhere.standing(first), elsewhere.standing(second)))
                .allMatch(Standing::revoked);
        assertThat(elsewhere.standing(stays).revoked()).isFalse();
        assertThat(identities().links(alice.user().id())).containsExactly(stays);
        assertThat(identities().providers()).containsExactly(other);
    }

    /// Law 2: who is let in no more, or believed less, is out.
    @Test
    void aProviderThatIsNarrowedEndsWhatWasOpened() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        Link link = elsewhere.linked(acme, alice, "s");
        IdentityProvider it = acme.provider();
        Id api = it.apis().iterator().next();
        Restriction<Id> root = Restriction.only(List.of(root()));
        long cuts = 0;
        Held now = acme;
        for (Held narrower : List.of(
                IdentityNouns.with(now, Set.of(api), it.organizations(), it.trusted()),
                IdentityNouns.with(now, Set.of(api), root, it.trusted()),
                IdentityNouns.with(now, Set.of(api), root, Set.of("mfa")),
                IdentityNouns.with(
                        now, Set.of(api), Restriction.only(List.of(nouns.id(Kind.ORGANIZATION))), Set.of("mfa")))) {
            now = done(identities().replace(now, at(now, narrower), act));
            assertThat(elsewhere.standing(link).generation()).isEqualTo(++cuts);
            assertThat(elsewhere.facts(alice, link).generation()).isEqualTo(cuts);
            now = done(identities().replace(now, at(now, narrower), act));
            assertThat(elsewhere.standing(link).generation()).as("nothing lost").isEqualTo(cuts);
        }
        done(identities()
                .replace(
                        now,
                        at(now, IdentityNouns.with(now, it.apis(), Restriction.unrestricted(), it.trusted())),
                        act));
        assertThat(elsewhere.standing(link).generation()).as("widened").isEqualTo(cuts);
    }

    private static Held at(Held now, Held like) {
        IdentityProvider it = like.provider();
        return IdentityNouns.with(now, it.apis(), it.organizations(), it.trusted());
    }

    @Test
    void whatWasSaidOfAProviderOfBeforeCountsForNothing() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        Link link = elsewhere.linked(acme, alice, "s");
        assertThat(identities().linked(acme.provider(), "s"))
                .contains(new IdentityStore.Found(link, elsewhere.standing(link).generation()));
        Held later = done(identities().replace(acme, IdentityNouns.like(acme, true), act));
        assertThat(identities().linked(acme.provider(), "s")).isEmpty();
        User user = nouns.user(root(), "acme-1");
        Credential credential = elsewhere.made.credential(user);
        Link own = IdentityNouns.link(acme, credential, "t");
        Membership membership = nouns.membership(user.id(), root());
        assertThat(identities().join(acme.provider(), own, user, membership, credential, act))
                .isInstanceOf(Stored.Missing.class);
        Held off = done(identities().replace(later, IdentityNouns.like(later, false), act));
        assertThat(identities().linked(off.provider(), "s")).as("off").isEmpty();
        Held on = done(identities().replace(off, IdentityNouns.like(off, true), act));
        assertThat(identities().linked(on.provider(), "s")).contains(new IdentityStore.Found(link, 1));
    }
}
