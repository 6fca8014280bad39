package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One credential takes the place of another, in one step.
public abstract class RotationContract extends StoreContract {
    private static final Instant SOON = Nouns.NOW.plus(Duration.ofHours(1));

    private MemberStore members() {
        return store().members();
    }

    private Application application() {
        return done(members().add(nouns.application(root(), "shop"), act));
    }

    private Credential credential(Application application) {
        return done(members().add(nouns.credential(application, CredentialKind.SECRET), act));
    }

    private Standing standing(Credential credential) {
        return members().credential(credential.id()).orElseThrow().standing();
    }

    @Test
    void withoutOverlapTheOldOneIsRevokedAtOnce() {
        Application application = application();
        Credential old = credential(application);
        Credential next = nouns.credential(application, CredentialKind.SECRET);
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of(old.id())));
        int before = trail().size();
        assertThat(done(members().rotate(old, Nouns.NOW, next, act))).isEqualTo(next);
        audited(before, "credential.rotate", old.id());
        assertThat(trail().getFirst().detail()).contains(next.id().text()).doesNotContain("digest");
        assertThat(standing(old).revoked()).isTrue();
        assertThat(facts(old.id()).credential().standing().revoked()).isTrue();
        assertThat(facts(next.id()).credential()).isEqualTo(next.lean());
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of(next.id())));
    }

    @Test
    void withOverlapTheOldOneExpiresAtItsEndAndNoLaterThanItWouldHave() {
        Application application = application();
        Credential old = credential(application);
        done(members().rotate(old, SOON, nouns.credential(application, CredentialKind.SECRET), act));
        assertThat(standing(old).window()).isEqualTo(Window.until(SOON));
        assertThat(standing(old).revoked()).isFalse();
        Credential ending = members().credential(old.id()).orElseThrow();
        Instant later = SOON.plus(Duration.ofDays(1));
        done(members().rotate(ending, later, nouns.credential(application, CredentialKind.SECRET), act));
        assertThat(standing(old).window()).isEqualTo(Window.until(SOON));
        assertThat(members().credentials(application.id(), Slice.first(10)).items())
                .hasSize(3);
    }

    @Test
    void whatDoesNotStandIsNotRotated() {
        Application application = application();
        Credential old = credential(application);
        Credential next = nouns.credential(application, CredentialKind.SECRET);
        done(members().hold(old.id(), Hold.OWNER, act));
        Credential held = members().credential(old.id()).orElseThrow();
        int before = trail().size();
        assertThat(members().rotate(held, SOON, next, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().rotate(next, SOON, nouns.credential(application, CredentialKind.SECRET), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(trail()).hasSize(before);
        done(members().lift(old.id(), Hold.OWNER, act));
        assertThat(members().rotate(held, SOON, next, act)).isInstanceOf(Stored.Moved.class);
        done(members().revoke(old.id(), act));
        Credential revoked = members().credential(old.id()).orElseThrow();
        assertThat(members().rotate(revoked, SOON, next, act)).isInstanceOf(Stored.Conflict.class);
        Credential other = credential(application);
        done(members().revoke(application.id(), act));
        assertThat(members().rotate(other, Nouns.NOW, next, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().credential(next.id())).isEmpty();
        assertThat(standing(other).revoked()).isFalse();
    }

    @Test
    void ofManyThatRotateTheSameCredentialOneDoes() {
        Application application = application();
        Credential old = credential(application);
        List<Credential> successors = callers(_ -> () -> old).stream()
                .map(_ -> nouns.credential(application, CredentialKind.SECRET))
                .toList();
        List<Stored<Credential>> results =
                race(callers(caller -> () -> members().rotate(old, SOON, successors.get(caller), act)));
        assertThat(winners(results)).isEqualTo(1);
        assertThat(members().credentials(application.id(), Slice.first(20)).items())
                .hasSize(2);
    }
}
