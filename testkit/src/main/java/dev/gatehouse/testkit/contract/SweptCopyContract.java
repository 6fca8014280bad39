package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.SecretCopyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Taking out copies of secrets that are over: a few at a time, and none that may be told again.
public abstract class SweptCopyContract extends StoreContract {
    private Api api;
    private Organization organization;

    @BeforeEach
    final void members() {
        api = done(store().apis().add(nouns.api(root(), "orders"), act));
        organization = done(store().members().add(nouns.organization(root(), "shop"), act));
    }

    private Application application(String clientId) {
        return done(store().members().add(nouns.application(organization.id(), clientId), act));
    }

    private Id kept(Application application, Standing standing) {
        Credential drawn = nouns.credential(application, CredentialKind.API_KEY);
        Credential here = drawn.with(
                drawn.name(),
                drawn.reach(),
                new Restrictions(Restriction.unrestricted(), Restriction.only(List.of(api.id()))),
                standing);
        SecretCopy copy =
                new SecretCopy(here.id(), here.organization(), api.id(), here.kind(), Encrypted.of(new byte[] {1, 2}));
        return done(store().members().add(new NewCredential(here, Optional.of(copy)), act))
                .id();
    }

    private List<Id> kept(Application application, int many) {
        return IntStream.range(0, many)
                .mapToObj(_ -> kept(application, Standing.FRESH))
                .toList();
    }

    private List<Id> left() {
        return store().secretCopies().copies(Optional.empty(), 1000).stream()
                .map(SecretCopy::credential)
                .toList();
    }

    private void swept() {
        Optional<Id> after = store().secretCopies().sweep(Optional.empty());
        while (after.isPresent()) {
            after = store().secretCopies().sweep(after);
        }
    }

    @Test
    void oneGoIsBounded() {
        Application over = application("over");
        int many = 2 * SecretCopyStore.SWEPT + 10;
        kept(over, many);
        done(store().members().revoke(over.id(), act));
        int before = left().size();
        Optional<Id> after = Optional.empty();
        int goes = 0;
        do {
            after = store().secretCopies().sweep(after);
            goes++;
            int now = left().size();
            assertThat(before - now).isBetween(0, SecretCopyStore.SWEPT);
            before = now;
        } while (after.isPresent());
        assertThat(left()).isEmpty();
        assertThat(goes).isLessThanOrEqualTo(1 + many / SecretCopyStore.SWEPT);
    }

    /// What is held, not yet good or good no more may be told again: it is nothing that is over.
    @Test
    void whatOnlyRestsStays() {
        Application held = application("held");
        Application other = application("other");
        Id key = kept(other, Standing.FRESH);
        List<Id> stay = new ArrayList<>(kept(held, 2));
        stay.add(key);
        stay.add(kept(
                other,
                Standing.within(
                        new Window(Optional.empty(), Optional.of(act.at().minusSeconds(60))))));
        stay.add(kept(other, Standing.within(new Window(Optional.of(act.at().plusSeconds(60)), Optional.empty()))));
        Application revoked = application("revoked");
        kept(revoked, 3);
        done(store().members().revoke(revoked.id(), act));
        done(store().members().hold(held.id(), Hold.OWNER, act));
        done(store().members().hold(key, Hold.PROVIDER, act));
        done(store().members().hold(organization.id(), Hold.OWNER, act));
        swept();
        assertThat(left()).containsExactlyInAnyOrderElementsOf(stay);
        assertThat(done(store().secretCopies().reveal(stay, act))).hasSameSizeAs(stay);
    }

    /// It goes from credential to credential, so that what comes in between is met the next time at the latest.
    @Test
    void whatComesWhileItGoesIsFound() {
        Application going = application("going");
        kept(going, SecretCopyStore.SWEPT + 1);
        Optional<Id> after = store().secretCopies().sweep(Optional.empty());
        assertThat(after).isPresent();
        Application late = application("late");
        List<Id> stay = kept(late, 2);
        done(store().members().revoke(going.id(), act));
        while (after.isPresent()) {
            after = store().secretCopies().sweep(after);
        }
        swept();
        assertThat(left()).containsExactlyInAnyOrderElementsOf(stay);
    }

    @Test
    void whereThereIsNothingItLeavesNoTrace() {
        int before = trail().size();
        assertThat(store().secretCopies().sweep(Optional.empty())).isEmpty();
        Application over = application("over");
        kept(over, 1);
        done(store().members().revoke(over.id(), act));
        int then = trail().size();
        swept();
        assertThat(left()).isEmpty();
        assertThat(trail()).as("what is over is told by its end").hasSize(then);
        assertThat(then).isGreaterThan(before);
    }
}
