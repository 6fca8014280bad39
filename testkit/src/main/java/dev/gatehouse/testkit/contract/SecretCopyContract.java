package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Copies of secrets that Apis keep: they come with their credentials, and go with them, with what these stand on,
/// and with their Apis.
public abstract class SecretCopyContract extends StoreContract {
    private Api api;
    private Organization organization;
    private Application application;

    @BeforeEach
    final void members() {
        api = done(store().apis().add(nouns.api(root(), "orders"), act));
        organization = done(store().members().add(nouns.organization(root(), "shop"), act));
        application = done(store().members().add(nouns.application(organization.id(), "shop"), act));
    }

    private SecretCopy copy(Credential credential, CredentialKind kind) {
        Encrypted sealed =
                Encrypted.of(new byte[] {1, 0, -1, (byte) credential.id().value()});
        return new SecretCopy(credential.id(), credential.organization(), api.id(), kind, sealed);
    }

    private NewCredential fresh(Credential credential) {
        Credential here = at(credential, api.id());
        return new NewCredential(here, Optional.of(copy(here, credential.kind())));
    }

    private static Credential at(Credential credential, Id... apis) {
        return credential.with(
                credential.name(),
                credential.reach(),
                new Restrictions(credential.restrictions().addresses(), Restriction.ofListed(List.of(apis))),
                credential.standing());
    }

    private SecretCopy added(CredentialKind kind) {
        NewCredential fresh = fresh(nouns.credential(application, kind));
        done(store().members().add(fresh, act));
        return fresh.copy().orElseThrow();
    }

    private List<SecretCopy> told(SecretCopy... copies) {
        return done(store().secretCopies()
                .reveal(List.of(copies).stream().map(SecretCopy::credential).toList(), act));
    }

    /// Those that are left when what is over was taken out.
    private List<Id> swept() {
        Optional<Id> after = store().secretCopies().sweep(Optional.empty());
        while (after.isPresent()) {
            after = store().secretCopies().sweep(after);
        }
        return store().secretCopies().copies(Optional.empty(), 1000).stream()
                .map(SecretCopy::credential)
                .toList();
    }

    private Api saying(Set<CredentialKind> reveal) {
        Speech was = api.speech();
        Speech speech = new Speech(was.dialect(), was.products(), was.testUpstream(), was.returns(), reveal);
        api = done(store().apis()
                .replace(
                        new Api(
                                api.id(),
                                api.organization(),
                                api.name(),
                                api.audience(),
                                api.issuer(),
                                api.listener(),
                                api.hosts(),
                                api.keyHeader(),
                                api.tokens(),
                                api.upstream(),
                                api.catalogue(),
                                api.routes(),
                                api.table(),
                                api.onDatabaseLoss(),
                                api.cors(),
                                api.limits(),
                                speech,
                                api.clients(),
                                api.version()),
                        act));
        return api;
    }

    @Test
    void aCopyComesWithItsCredentialAndEachReadingLeavesARow() {
        SecretCopy one = added(CredentialKind.API_KEY);
        SecretCopy other = added(CredentialKind.SECRET);
        Credential without = done(store().members().add(nouns.credential(application, CredentialKind.API_KEY), act));
        int before = trail().size();
        assertThat(told(one)).containsExactly(one);
        audited(before, "credential.reveal", one.credential());
        assertThat(trail().getFirst().organization()).contains(organization.id());
        assertThat(done(store().secretCopies()
                        .reveal(List.of(other.credential(), without.id(), one.credential()), act)))
                .containsExactly(other, one);
        assertThat(trail()).hasSize(before + 3);
        assertThat(done(store().secretCopies().reveal(List.of(without.id(), nouns.id(Kind.CREDENTIAL)), act)))
                .isEmpty();
        assertThat(done(store().secretCopies().reveal(List.of(), act))).isEmpty();
        assertThat(trail()).hasSize(before + 3);
    }

    @Test
    void moreThanAListAfterInAreFound() {
        List<SecretCopy> copies =
                Stream.generate(() -> added(CredentialKind.API_KEY)).limit(65).toList();
        assertThat(told(copies.toArray(SecretCopy[]::new))).isEqualTo(copies);
    }

    @Test
    void itGoesWithTheCredentialAndWithAllThatThisStandsOn() {
        SecretCopy revoked = added(CredentialKind.API_KEY);
        SecretCopy stays = added(CredentialKind.API_KEY);
        done(store().members().hold(revoked.credential(), Hold.OWNER, act));
        assertThat(told(revoked)).as("what is held comes back").containsExactly(revoked);
        done(store().members().revoke(revoked.credential(), act));
        assertThat(told(revoked, stays)).containsExactly(stays);
        done(store().members().revoke(application.id(), act));
        assertThat(told(stays)).isEmpty();
        assertThat(swept()).isEmpty();
    }

    @Test
    void itGoesWithAnOrganizationAboveAndWithAUser() {
        Organization below = done(store().members().add(nouns.organization(organization.id(), "branch"), act));
        application = done(store().members().add(nouns.application(below.id(), "branch"), act));
        SecretCopy deep = added(CredentialKind.API_KEY);
        User user = done(store().users().add(nouns.user(root(), "ann"), act));
        Membership membership = done(store().users().add(nouns.membership(user.id(), root()), act));
        NewCredential own = fresh(nouns.key(membership));
        done(store().members().add(own, act));
        SecretCopy ofUser = own.copy().orElseThrow();
        assertThat(told(deep, ofUser)).containsExactly(deep, ofUser);
        done(store().members().revoke(organization.id(), act));
        assertThat(told(deep, ofUser)).containsExactly(ofUser);
        done(store().members().revoke(user.id(), act));
        assertThat(told(ofUser)).isEmpty();
        assertThat(swept()).isEmpty();
    }

    @Test
    void nobodyIsToldOfWhatIsMadeBelowWhatIsRevoked() {
        done(store().members().revoke(organization.id(), act));
        SecretCopy late = added(CredentialKind.API_KEY);
        int before = trail().size();
        assertThat(told(late)).isEmpty();
        assertThat(trail()).hasSize(before);
        assertThat(swept()).isEmpty();
    }

    @Test
    void itGoesWithTheHomeOfItsUser() {
        User user = done(store().users().add(nouns.user(organization.id(), "ann"), act));
        Membership membership = done(store().users().add(nouns.membership(user.id(), root()), act));
        NewCredential own = fresh(nouns.key(membership));
        done(store().members().add(own, act));
        assertThat(told(own.copy().orElseThrow())).hasSize(1);
        done(store().members().revoke(organization.id(), act));
        assertThat(told(own.copy().orElseThrow())).isEmpty();
        assertThat(swept()).isEmpty();
    }

    @Test
    void itGoesWhenItsCredentialBecomesGoodElsewhere() {
        Api other = done(store().apis().add(nouns.api(root(), "parcels"), act));
        for (List<Id> elsewhere : List.of(List.of(other.id()), List.of(api.id(), other.id()), List.<Id>of())) {
            SecretCopy copy = added(CredentialKind.API_KEY);
            Credential before = store().members().credential(copy.credential()).orElseThrow();
            Credential moved = done(store().members().replace(before, at(before, elsewhere.toArray(Id[]::new)), act));
            assertThat(told(copy)).isEmpty();
            assertThat(swept()).isEmpty();
            done(store().members().replace(moved, at(moved, api.id()), act));
            assertThat(told(copy)).as("it does not come back").isEmpty();
        }
        SecretCopy stays = added(CredentialKind.API_KEY);
        Credential before = store().members().credential(stays.credential()).orElseThrow();
        done(store().members()
                .replace(before, before.with("new", before.reach(), before.restrictions(), before.standing()), act));
        assertThat(told(stays)).containsExactly(stays);
    }

    @Test
    void aSweepTakesWhatIsOverAndNothingElse() {
        List<SecretCopy> stay =
                Stream.generate(() -> added(CredentialKind.API_KEY)).limit(70).toList();
        Application home = application;
        application = done(store().members().add(nouns.application(organization.id(), "other"), act));
        List<SecretCopy> go =
                Stream.generate(() -> added(CredentialKind.API_KEY)).limit(70).toList();
        done(store().members().revoke(application.id(), act));
        application = home;
        assertThat(told(go.toArray(SecretCopy[]::new))).isEmpty();
        assertThat(swept())
                .containsExactlyInAnyOrderElementsOf(
                        stay.stream().map(SecretCopy::credential).toList());
        assertThat(told(stay.toArray(SecretCopy[]::new))).isEqualTo(stay);
    }

    @Test
    void itGoesWithAMembership() {
        User user = done(store().users().add(nouns.user(root(), "ann"), act));
        Membership membership = done(store().users().add(nouns.membership(user.id(), root()), act));
        NewCredential own = fresh(nouns.key(membership));
        done(store().members().add(own, act));
        done(store().members().revoke(membership.id(), act));
        assertThat(swept()).isEmpty();
    }

    @Test
    void rotationAtOnceTakesTheOldCopyAndAnOverlapKeepsBoth() {
        Credential old = nouns.credential(application, CredentialKind.API_KEY);
        done(store().members().add(fresh(old), act));
        NewCredential second = fresh(nouns.credential(application, CredentialKind.API_KEY));
        Credential now = store().members().credential(old.id()).orElseThrow();
        done(store().members().rotate(now, act.at().plus(Duration.ofHours(1)), second, act));
        SecretCopy first = copy(old, CredentialKind.API_KEY);
        SecretCopy next = second.copy().orElseThrow();
        assertThat(told(first, next)).containsExactly(first, next);
        NewCredential third = fresh(nouns.credential(application, CredentialKind.API_KEY));
        Credential later =
                store().members().credential(second.credential().id()).orElseThrow();
        done(store().members().rotate(later, act.at(), third, act));
        assertThat(told(next, third.copy().orElseThrow()))
                .containsExactly(third.copy().orElseThrow());
    }

    @Test
    void anApiThatTakesItBackEndsTheCopiesOfThatKindAndKeepsNoMore() {
        SecretCopy key = added(CredentialKind.API_KEY);
        SecretCopy secret = added(CredentialKind.SECRET);
        assertThat(saying(Set.of(CredentialKind.SECRET)).speech().reveal()).containsExactly(CredentialKind.SECRET);
        assertThat(told(key, secret)).containsExactly(secret);
        NewCredential late = fresh(nouns.credential(application, CredentialKind.API_KEY));
        done(store().members().add(late, act));
        NewCredential next = fresh(nouns.credential(application, CredentialKind.API_KEY));
        Credential old = done(store().members().add(nouns.credential(application, CredentialKind.API_KEY), act));
        done(store().members().rotate(old, act.at(), next, act));
        Organization other = nouns.organization(root(), "other");
        Application first = nouns.application(other.id(), "first");
        NewCredential own = fresh(nouns.credential(first, CredentialKind.API_KEY));
        done(store().members().add(other, first, own, act));
        assertThat(told(
                        late.copy().orElseThrow(),
                        next.copy().orElseThrow(),
                        own.copy().orElseThrow()))
                .as("made without a copy")
                .isEmpty();
        assertThat(swept()).containsExactly(secret.credential());
        saying(Set.of());
        assertThat(told(secret)).isEmpty();
        saying(Set.of(CredentialKind.SECRET));
        assertThat(told(secret)).as("what was ended does not come back").isEmpty();
        SecretCopy anew = added(CredentialKind.SECRET);
        assertThat(told(secret, anew)).containsExactly(anew);
        saying(Set.of(CredentialKind.SECRET, CredentialKind.API_KEY));
        assertThat(told(key, secret, anew)).containsExactly(anew);
        assertThat(swept()).containsExactly(anew.credential());
    }

    @Test
    void copiesEndWithTheirApi() {
        SecretCopy key = added(CredentialKind.API_KEY);
        done(store().apis().delete(api, act));
        assertThat(told(key)).isEmpty();
    }

    @Test
    void aFirstKeyBringsItsCopy() {
        Organization fresh = nouns.organization(root(), "new");
        Application first = nouns.application(fresh.id(), "first");
        NewCredential key = fresh(nouns.credential(first, CredentialKind.API_KEY));
        done(store().members().add(fresh, first, key, act));
        assertThat(told(key.copy().orElseThrow())).containsExactly(key.copy().orElseThrow());
    }

    @Test
    void copiesAreEncryptedAnewUnlessTheyChangedMeanwhile() {
        SecretCopy one = added(CredentialKind.API_KEY);
        SecretCopy other = added(CredentialKind.API_KEY);
        List<Id> inOrder = store().secretCopies().copies(Optional.empty(), 10).stream()
                .map(SecretCopy::credential)
                .toList();
        assertThat(inOrder).containsExactlyInAnyOrder(one.credential(), other.credential());
        assertThat(store().secretCopies().copies(Optional.of(inOrder.getFirst()), 10))
                .extracting(SecretCopy::credential)
                .containsExactly(inOrder.getLast());
        assertThat(store().secretCopies().copies(Optional.empty(), 1)).hasSize(1);
        Encrypted anew = Encrypted.of(new byte[] {9});
        assertThat(store().secretCopies().rewrap(one, anew)).isTrue();
        assertThat(store().secretCopies().rewrap(one, Encrypted.of(new byte[] {8})))
                .isFalse();
        assertThat(told(one, other)).containsExactly(one.with(anew), other);
    }
}
