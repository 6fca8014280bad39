package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Left;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who people are elsewhere (GAUNTLET J04).
public abstract class IdentityContract extends GrantFixture {
    private static final int ROUNDS = 10;

    private IdentityStore identities() {
        return store().identities();
    }

    private Held held(String name, boolean active, long version) {
        return new Held(
                new IdentityProvider(
                        nouns.id(Kind.IDENTITY_PROVIDER),
                        name,
                        "Sign in \u00e7",
                        "https://" + name + ".example",
                        "client \t 1",
                        ProviderMethod.SECRET_POST,
                        List.of("profile", "email"),
                        Stream.generate(() -> nouns.id(Kind.API)).limit(2).collect(Collectors.toSet()),
                        Restriction.unrestricted(),
                        Optional.empty(),
                        Set.of("mfa", "urn:x"),
                        active,
                        Nouns.NOW,
                        version),
                Optional.of(Encrypted.of(new byte[] {1, 2})),
                3);
    }

    private Held added(String name) {
        return done(identities().add(held(name, true, 0), act));
    }

    private static Held like(Held of, boolean active) {
        IdentityProvider it = of.provider();
        return new Held(
                new IdentityProvider(
                        it.id(),
                        it.name(),
                        "Other",
                        it.issuer(),
                        "other",
                        ProviderMethod.PRIVATE_KEY_JWT,
                        List.of(),
                        it.apis(),
                        it.organizations(),
                        it.joining(),
                        it.trusted(),
                        active,
                        it.createdAt(),
                        it.version()),
                Optional.empty(),
                of.number() + 1);
    }

    private static Held with(Held of, Set<Id> apis, Restriction<Id> organizations, Set<String> trusted) {
        IdentityProvider it = of.provider();
        return new Held(
                new IdentityProvider(
                        it.id(),
                        it.name(),
                        it.title(),
                        it.issuer(),
                        it.clientId(),
                        it.method(),
                        it.scopes(),
                        apis,
                        organizations,
                        it.joining(),
                        trusted,
                        it.active(),
                        it.createdAt(),
                        it.version()),
                of.secret(),
                of.number());
    }

    private Credential credential(User user) {
        return new Credential(
                nouns.id(Kind.CREDENTIAL),
                user.id(),
                user.organization(),
                CredentialKind.IDENTITY,
                "identity",
                "",
                digest(),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                Nouns.NOW);
    }

    private static Link link(Held at, Credential credential, String subject) {
        return new Link(credential.id(), credential.holder(), at.provider().id(), subject, Nouns.NOW);
    }

    private Link linked(Held at, Somebody who, String subject) {
        Credential credential = credential(who.user());
        return done(identities().link(link(at, credential, subject), credential, who.login(), act));
    }

    private Stored<Link> linking(Held at, Somebody who, String subject) {
        Credential credential = credential(who.user());
        return identities().link(link(at, credential, subject), credential, who.login(), act);
    }

    private Optional<Link> found(Held at, String subject) {
        return identities()
                .provider(at.provider().id())
                .flatMap(now -> identities().linked(now.provider(), subject))
                .map(IdentityStore.Found::link);
    }

    private Standing standing(Link link) {
        return store().members().credential(link.credential()).orElseThrow().standing();
    }

    @Test
    void aProviderIsKeptAsItIs() {
        int rows = trail().size();
        Held asked = held("acme", true, 0);
        Held acme = done(identities().add(asked, act));
        audited(rows, "identity_provider.add", acme.provider().id());
        assertThat(acme).isEqualTo(asked);
        assertThat(identities().provider(acme.provider().id())).contains(acme);
        IdentityProvider it = acme.provider();
        Held bounded = new Held(
                new IdentityProvider(
                        nouns.id(Kind.IDENTITY_PROVIDER),
                        "a-b",
                        "B",
                        "https://b.example",
                        "c",
                        ProviderMethod.PRIVATE_KEY_JWT,
                        List.of(),
                        it.apis(),
                        Restriction.only(List.of(root())),
                        Optional.of(new IdentityProvider.Joining(
                                root(), installed.owner().id())),
                        Set.of(),
                        false,
                        Nouns.NOW,
                        0),
                Optional.empty(),
                0);
        assertThat(done(identities().add(bounded, act))).isEqualTo(bounded);
        assertThat(identities().providers()).containsExactly(bounded, acme);
        assertThat(identities().provider(nouns.id(Kind.IDENTITY_PROVIDER))).isEmpty();
    }

    /// The pages of people who are nobody yet look at these, and wait for no database.
    @Test
    void allNodesKnowThemWithoutWhatIsSecret() {
        FactSource facts = store().facts();
        assertThat(facts.providers()).isEmpty();
        Held acme = added("acme");
        Held beta = added("beta");
        assertThat(facts.providers()).containsExactly(acme.provider(), beta.provider());
        Held off = done(identities().replace(acme, like(acme, false), act));
        assertThat(facts.providers()).containsExactly(off.provider(), beta.provider());
        done(identities().remove(beta, act));
        assertThat(facts.providers()).containsExactly(off.provider());
    }

    /// However many sign in by it: all of them are out with the receipt, and those of another are not.
    @Test
    void moreLinksThanOneTransactionEndsAllEnd() {
        Held acme = added("acme");
        Held other = added("other");
        List<Link> links = IntStream.rangeClosed(0, IdentityStore.ENDED_AT_ONCE)
                .mapToObj(i -> linked(acme, somebody("user" + i), "subject" + i))
                .toList();
        Link apart = linked(other, somebody("apart"), "apart");
        Stored<Held> off = identities().replace(acme, like(acme, false), act);
        assertThat(((Stored.Done<Held>) off).receipt()).isPresent();
        assertThat(links)
                .allSatisfy(link -> assertThat(standing(link).generation()).isEqualTo(1));
        identities().goOn(act);
        assertThat(links)
                .allSatisfy(link -> assertThat(standing(link).generation()).isEqualTo(1));
        Stored<Held> gone = identities().remove(done(off), act);
        assertThat(((Stored.Done<Held>) gone).receipt()).isPresent();
        assertThat(links)
                .allSatisfy(link -> assertThat(standing(link).revoked()).isTrue());
        assertThat(identities().providers()).containsExactly(other);
        assertThat(standing(apart)).isEqualTo(Standing.FRESH);
    }

    @Test
    void namesAndIssuersAreOfOneProvider() {
        Held acme = added("acme");
        IdentityProvider it = acme.provider();
        for (Held other : List.of(named(it, "other", it.issuer()), named(it, it.name(), "https://other.example"))) {
            assertThat(identities().add(other, act)).isInstanceOf(Stored.Conflict.class);
        }
        IntStream.range(1, IdentityStore.MAX_PROVIDERS).forEach(i -> added("p" + i));
        assertThat(identities().add(held("more", true, 0), act)).isInstanceOf(Stored.Full.class);
    }

    private Held named(IdentityProvider like, String name, String issuer) {
        Held held = held("x", true, 0);
        IdentityProvider it = held.provider();
        return new Held(
                new IdentityProvider(
                        it.id(),
                        name,
                        like.title(),
                        issuer,
                        like.clientId(),
                        like.method(),
                        like.scopes(),
                        like.apis(),
                        like.organizations(),
                        like.joining(),
                        like.trusted(),
                        true,
                        like.createdAt(),
                        0),
                held.secret(),
                0);
    }

    @Test
    void ofManyThatReplaceOneThatTheyReadOneDoes() {
        Held acme = added("acme");
        Held after = like(acme, true);
        Held replaced = done(identities().replace(acme, after, act));
        assertThat(replaced.provider().version()).isEqualTo(1);
        assertThat(replaced.provider().clientId()).isEqualTo("other");
        assertThat(replaced.secret()).isEmpty();
        assertThat(identities().replace(acme, after, act)).isInstanceOf(Stored.Moved.class);
        assertThat(identities().remove(acme, act)).isInstanceOf(Stored.Moved.class);
        done(identities().remove(replaced, act));
        assertThat(identities().replace(replaced, after, act)).isInstanceOf(Stored.Missing.class);
        assertThat(identities().remove(replaced, act)).isInstanceOf(Stored.Missing.class);
        assertThat(done(identities().add(held("acme", true, 0), act)).provider().id())
                .isNotEqualTo(acme.provider().id());
    }

    @Test
    void aSecretIsEncryptedAnewInThePlaceOfWhatWasRead() {
        Held acme = added("acme");
        Encrypted anew = Encrypted.of(new byte[] {9});
        assertThat(identities().rewrap(acme, anew)).isTrue();
        assertThat(identities().rewrap(acme, Encrypted.of(new byte[] {8}))).isFalse();
        assertThat(identities().provider(acme.provider().id()).orElseThrow().secret())
                .contains(anew);
    }

    @Test
    void aSubjectIsLinkedToOneUserAndAUserToOneSubject() {
        Held acme = added("acme");
        Held other = added("other");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        int rows = trail().size();
        Link link = linked(acme, alice, "Sub 1");
        audited(rows, "identity.link", alice.user().id());
        assertThat(found(acme, "Sub 1")).contains(link);
        assertThat(found(acme, "sub 1")).isEmpty();
        assertThat(found(other, "Sub 1")).isEmpty();
        assertThat(linking(acme, bob, "Sub 1")).isInstanceOf(Stored.Conflict.class);
        assertThat(linking(acme, alice, "Sub 2")).isInstanceOf(Stored.Conflict.class);
        assertThat(linking(acme, alice, "Sub 1")).isInstanceOf(Stored.Conflict.class);
        Link second = linked(other, alice, "Sub 1");
        assertThat(identities().links(alice.user().id())).containsExactlyInAnyOrder(link, second);
        assertThat(identities().links(bob.user().id())).isEmpty();
        assertThat(store().users().password(alice.user().id())).contains(alice.password());
        assertThat(store().users().password(bob.user().id())).contains(bob.password());
    }

    @Test
    void whoIsOverLinksNothing() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Credential credential = credential(alice.user());
        Link link = link(acme, credential, "s");
        assertThat(identities().link(link, credential, bob.login(), act)).isInstanceOf(Stored.Conflict.class);
        done(store().sessions().end(alice.login(), act));
        assertThat(identities().link(link, credential, alice.login(), act)).isInstanceOf(Stored.Conflict.class);
        Held off = done(identities().replace(acme, like(acme, false), act));
        assertThat(linking(off, bob, "s")).isInstanceOf(Stored.Missing.class);
        done(identities().remove(off, act));
        assertThat(linking(off, bob, "s")).isInstanceOf(Stored.Missing.class);
        assertThat(store().members().credential(credential.id())).isEmpty();
    }

    @Test
    void aPasswordThatIsSetAnewLeavesLinks() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        Link link = linked(acme, alice, "s");
        Credential other = done(store().users().setPassword(nouns.password(alice.user()), act));
        assertThat(standing(link).revoked()).isFalse();
        assertThat(store().users().password(alice.user().id())).contains(other);
        assertThat(found(acme, "s")).contains(link);
    }

    @Test
    void unlinkingEndsTheCredentialAndFreesTheSubject() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Link link = linked(acme, alice, "s");
        assertThat(identities().unlink(bob.user().id(), link.credential(), Left.ANYTHING, act))
                .isInstanceOf(Stored.Missing.class);
        Trip begun = trip(acme, Step.CONFIRM, Optional.of(alice));
        assertThat(identities().begin(begun)).isTrue();
        int rows = trail().size();
        Stored<Link> unlinked = identities().unlink(alice.user().id(), link.credential(), Left.ANYTHING, act);
        assertThat(unlinked).isInstanceOf(Stored.Done.class);
        assertThat(((Stored.Done<Link>) unlinked).receipt()).isPresent();
        audited(rows, "identity.unlink", alice.user().id());
        assertThat(standing(link).revoked()).isTrue();
        assertThat(facts(alice, link).revoked()).isTrue();
        assertThat(found(acme, "s")).isEmpty();
        assertThat(identities().take(List.of(begun.ticket()), Step.CONFIRM, Nouns.NOW))
                .as("what was proven before")
                .isEmpty();
        assertThat(identities().unlink(alice.user().id(), link.credential(), Left.ANYTHING, act))
                .isInstanceOf(Stored.Missing.class);
        linked(acme, bob, "s");
    }

    private Standing facts(Somebody who, Link link) {
        return store().facts().load(link.credential(), who.membership().id())
                        instanceof FactSource.Look.Known<Members>(Members members)
                ? members.credential().standing()
                : Standing.FRESH;
    }

    @Test
    void aProviderThatIsOffEndsWhatWasOpenedAndKeepsItsLinks() {
        Held acme = added("acme");
        Held other = added("other");
        Somebody alice = somebody("alice");
        Link link = linked(acme, alice, "s");
        Link stays = linked(other, alice, "s");
        Held changed = done(identities().replace(acme, like(acme, true), act));
        assertThat(standing(link).generation()).isZero();
        Held off = done(identities().replace(changed, like(changed, false), act));
        assertThat(standing(link).generation()).isEqualTo(1);
        assertThat(facts(alice, link).generation()).isEqualTo(1);
        assertThat(standing(stays).generation()).isZero();
        done(identities().replace(off, like(off, true), act));
        assertThat(found(acme, "s")).contains(link);
    }

    @Test
    void aProviderThatGoesTakesItsLinksAlong() {
        Held acme = added("acme");
        Held other = added("other");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Link first = linked(acme, alice, "1");
        Link second = linked(acme, bob, "2");
        Link stays = linked(other, alice, "1");
        done(identities().remove(acme, act));
        assertThat(List.of(standing(first), standing(second))).allMatch(Standing::revoked);
        assertThat(standing(stays).revoked()).isFalse();
        assertThat(identities().links(alice.user().id())).containsExactly(stays);
        assertThat(identities().providers()).containsExactly(other);
    }

    @Test
    void whoeverComesForTheFirstTimeBecomesAUserOrNothing() {
        Held acme = added("acme");
        User user = nouns.user(root(), "acme-1");
        Membership membership = nouns.membership(user.id(), root());
        Credential credential = credential(user);
        Link link = link(acme, credential, "s");
        assertThat(done(identities().join(acme.provider(), link, user, membership, credential, act)))
                .isEqualTo(link);
        assertThat(found(acme, "s")).contains(link);
        assertThat(store().users().membershipsOf(user.id())).hasSize(1);
        User twin = nouns.user(root(), "acme-2");
        Credential other = credential(twin);
        int rows = trail().size();
        assertThat(identities()
                        .join(
                                acme.provider(),
                                link(acme, other, "s"),
                                twin,
                                nouns.membership(twin.id(), root()),
                                other,
                                act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(store().users().user(twin.id())).isEmpty();
        assertThat(trail()).hasSize(rows);
        User same = nouns.user(root(), "acme-1");
        Credential third = credential(same);
        assertThat(identities()
                        .join(
                                acme.provider(),
                                link(acme, third, "t"),
                                same,
                                nouns.membership(same.id(), root()),
                                third,
                                act))
                .isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void ofManyThatJoinAtOnceOneDoes() {
        Held acme = added("acme");
        for (int round = 0; round < ROUNDS; round++) {
            String subject = "s" + round;
            String prefix = "acme-" + round + "-";
            List<Stored<Link>> stored = Race.race(Race.callers(i -> {
                User user = nouns.user(root(), prefix + i);
                Membership membership = nouns.membership(user.id(), root());
                Credential credential = credential(user);
                return () -> identities()
                        .join(acme.provider(), link(acme, credential, subject), user, membership, credential, act);
            }));
            assertThat(stored.stream().filter(one -> one instanceof Stored.Done<Link>))
                    .hasSize(1);
        }
    }

    private Trip trip(Held at, Step step, Optional<Somebody> who) {
        return new Trip(
                digest(),
                step,
                at.provider().id(),
                nouns.id(Kind.API),
                who.map(Somebody::login),
                who.map(one -> one.user().id()),
                step == Step.CONFIRM ? Optional.of("s") : Optional.empty(),
                step == Step.SIGN_IN ? Optional.of("ask~1") : Optional.empty(),
                step == Step.SIGN_IN ? Optional.of(0L) : Optional.empty(),
                Nouns.NOW,
                Nouns.NOW.plus(Duration.ofMinutes(10)));
    }

    /// GAUNTLET J01, L04.
    @Test
    void aTripIsTakenOnceAndForWhatItWasBegun() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        int rows = trail().size();
        for (Step step : Step.values()) {
            Trip trip = trip(acme, step, step == Step.SIGN_IN ? Optional.empty() : Optional.of(alice));
            assertThat(identities().begin(trip)).isTrue();
            assertThat(identities().begin(trip)).isFalse();
            List<Digest> shown = List.of(digest(), trip.ticket());
            for (Step other : Step.values()) {
                assertThat(other != step
                                && identities().take(shown, other, Nouns.NOW).isPresent())
                        .isFalse();
            }
            assertThat(identities().take(List.of(digest()), step, Nouns.NOW)).isEmpty();
            assertThat(identities().take(shown, step, trip.until())).isEmpty();
            assertThat(identities().take(shown, step, Nouns.NOW)).contains(trip);
            assertThat(identities().take(shown, step, Nouns.NOW)).isEmpty();
        }
        assertThat(trail()).hasSize(rows);
    }

    @Test
    void ofManyAtOnceOneTakesATrip() {
        Held acme = added("acme");
        for (int round = 0; round < ROUNDS; round++) {
            Trip trip = trip(acme, Step.SIGN_IN, Optional.empty());
            identities().begin(trip);
            List<Boolean> taken = Race.race(Race.callers(_ -> () -> identities()
                    .take(List.of(trip.ticket()), Step.SIGN_IN, Nouns.NOW)
                    .isPresent()));
            assertThat(taken).containsOnlyOnce(true);
        }
    }

    @Test
    void whatGoesAwayTakesTripsAlong() {
        Held acme = added("acme");
        Trip trip = trip(acme, Step.SIGN_IN, Optional.empty());
        identities().begin(trip);
        done(identities().remove(acme, act));
        assertThat(identities().take(List.of(trip.ticket()), Step.SIGN_IN, Nouns.NOW))
                .isEmpty();
    }

    /// Law 2: who is let in no more, or believed less, is out.
    @Test
    void aProviderThatIsNarrowedEndsWhatWasOpened() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        Link link = linked(acme, alice, "s");
        IdentityProvider it = acme.provider();
        Id api = it.apis().iterator().next();
        Restriction<Id> root = Restriction.only(List.of(root()));
        long cuts = 0;
        Held now = acme;
        for (Held narrower : List.of(
                with(now, Set.of(api), it.organizations(), it.trusted()),
                with(now, Set.of(api), root, it.trusted()),
                with(now, Set.of(api), root, Set.of("mfa")),
                with(now, Set.of(api), Restriction.only(List.of(nouns.id(Kind.ORGANIZATION))), Set.of("mfa")))) {
            now = done(identities().replace(now, at(now, narrower), act));
            assertThat(standing(link).generation()).isEqualTo(++cuts);
            assertThat(facts(alice, link).generation()).isEqualTo(cuts);
            now = done(identities().replace(now, at(now, narrower), act));
            assertThat(standing(link).generation()).as("nothing lost").isEqualTo(cuts);
        }
        done(identities().replace(now, at(now, with(now, it.apis(), Restriction.unrestricted(), it.trusted())), act));
        assertThat(standing(link).generation()).as("widened").isEqualTo(cuts);
    }

    private static Held at(Held now, Held like) {
        IdentityProvider it = like.provider();
        return with(now, it.apis(), it.organizations(), it.trusted());
    }

    @Test
    void whatWasSaidOfAProviderOfBeforeCountsForNothing() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        Link link = linked(acme, alice, "s");
        assertThat(identities().linked(acme.provider(), "s"))
                .contains(new IdentityStore.Found(link, standing(link).generation()));
        Held later = done(identities().replace(acme, like(acme, true), act));
        assertThat(identities().linked(acme.provider(), "s")).isEmpty();
        User user = nouns.user(root(), "acme-1");
        Credential credential = credential(user);
        Link own = link(acme, credential, "t");
        Membership membership = nouns.membership(user.id(), root());
        assertThat(identities().join(acme.provider(), own, user, membership, credential, act))
                .isInstanceOf(Stored.Missing.class);
        Held off = done(identities().replace(later, like(later, false), act));
        assertThat(identities().linked(off.provider(), "s")).as("off").isEmpty();
        Held on = done(identities().replace(off, like(off, true), act));
        assertThat(identities().linked(on.provider(), "s")).contains(new IdentityStore.Found(link, 1));
    }

    @Test
    void aProviderMakesSoManyUsersInAnHour() {
        Held acme = added("acme");
        for (int i = 0; i < IdentityStore.MAX_JOINS; i++) {
            done(joined(acme, i, act));
        }
        assertThat(joined(acme, IdentityStore.MAX_JOINS, act)).isInstanceOf(Stored.Full.class);
        assertThat(found(acme, "s" + IdentityStore.MAX_JOINS)).isEmpty();
        done(joined(added("other"), 0, act));
        Act later = new Act(act.actor(), act.requestId(), act.at().plus(Duration.ofHours(1)));
        done(joined(acme, IdentityStore.MAX_JOINS, later));
    }

    private Stored<Link> joined(Held at, int i, Act by) {
        User user = nouns.user(root(), at.provider().name() + "-" + i);
        Credential credential = credential(user);
        return identities()
                .join(
                        at.provider(),
                        link(at, credential, "s" + i),
                        user,
                        nouns.membership(user.id(), root()),
                        credential,
                        by);
    }

    @Test
    void aRevokedLinkIsNone() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        Link link = linked(acme, alice, "s");
        done(store().members().revoke(link.credential(), act));
        assertThat(identities().links(alice.user().id())).isEmpty();
        assertThat(found(acme, "s")).isEmpty();
        assertThat(linking(acme, somebody("bob"), "s")).as("still alice's").isInstanceOf(Stored.Conflict.class);
        Link anew = linked(acme, alice, "s");
        assertThat(identities().links(alice.user().id())).containsExactly(anew);
    }

    @Test
    void theLastWayInStays() {
        Held acme = added("acme");
        Held other = added("other");
        Somebody alice = somebody("alice");
        Link first = linked(acme, alice, "s");
        Link second = linked(other, alice, "s");
        done(store().members().revoke(alice.password().id(), act));
        Held off = done(identities().replace(other, like(other, false), act));
        assertThat(unlinking(alice, first)).as("the other provider is off").isInstanceOf(Stored.Conflict.class);
        assertThat(identities().links(alice.user().id())).containsExactlyInAnyOrder(first, second);
        assertThat(standing(first).revoked()).isFalse();
        done(identities().replace(off, like(off, true), act));
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

    @Test
    void nobodyTakesRoomFromOthers() {
        Held acme = added("acme");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Trip of = trip(acme, Step.LINK, Optional.of(bob));
        identities().begin(of);
        List<Trip> trips = IntStream.rangeClosed(0, IdentityStore.MAX_TRIPS)
                .mapToObj(i -> at(trip(acme, Step.LINK, Optional.of(alice)), Nouns.NOW.plusSeconds(i)))
                .toList();
        assertThat(trips).allMatch(identities()::begin);
        assertThat(identities().take(List.of(trips.getFirst().ticket()), Step.LINK, Nouns.NOW))
                .as("the oldest")
                .isEmpty();
        for (Trip trip : trips.subList(1, trips.size())) {
            assertThat(identities().take(List.of(trip.ticket()), Step.LINK, Nouns.NOW))
                    .isPresent();
        }
        assertThat(identities().take(List.of(of.ticket()), Step.LINK, Nouns.NOW))
                .isPresent();
    }

    private static Trip at(Trip it, Instant began) {
        return new Trip(
                it.ticket(),
                it.step(),
                it.provider(),
                it.api(),
                it.login(),
                it.user(),
                it.subject(),
                it.ask(),
                it.maxAgeSeconds(),
                began,
                it.until());
    }
}
