package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore.Ended;
import dev.gatehouse.core.store.TokenStore.Line;
import dev.gatehouse.core.store.TokenStore.Refreshed;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Credentials that have one live token at a time: what is issued begins a line, and each refresh goes one
/// further.
public abstract class LineContract extends StoreContract {
    private static final Instant BEGUN = Nouns.NOW;
    private static final Instant EVER = BEGUN.minus(Duration.ofDays(90));

    private Credential credential() {
        Application application = done(store().members()
                .add(nouns.application(root(), nouns.id(Kind.APPLICATION).text()), act));
        return done(store().members().add(nouns.credential(application, CredentialKind.SECRET), act));
    }

    private Act after(Duration since) {
        return new Act(act.actor(), act.requestId(), BEGUN.plus(since));
    }

    private long begin(Credential credential) {
        return done(store().tokens().supersede(credential.id(), after(Duration.ZERO)));
    }

    private Refreshed refresh(Credential credential, long generation, Duration since) {
        return done(store().tokens().refresh(credential.id(), generation, EVER, after(since)));
    }

    private long generation(Credential of) {
        return store().members().credential(of.id()).orElseThrow().standing().generation();
    }

    private static Claims token(Credential below, long generation) {
        return new Claims(
                new Id(Kind.TOKEN, generation + 77),
                new Id(Kind.API, 5),
                "client",
                "client",
                new Lineage(below.organization(), below.holder(), below.id(), new Generations(generation, 0, 0, 0)),
                Scopes.of("read"),
                BEGUN,
                BEGUN.plus(Duration.ofMinutes(30)));
    }

    @Test
    void eachRefreshGivesTheNextGenerationAndLeavesNoAuditRow() {
        Credential credential = credential();
        int before = trail().size();
        long first = begin(credential);
        Duration hour = Duration.ofHours(1);
        assertThat(refresh(credential, first, hour))
                .isEqualTo(new Refreshed.Next(new Line(first + 1, BEGUN, BEGUN.plus(hour))));
        assertThat(refresh(credential, first + 1, hour.multipliedBy(2)))
                .isEqualTo(new Refreshed.Next(new Line(first + 2, BEGUN, BEGUN.plus(hour.multipliedBy(2)))));
        assertThat(generation(credential)).isEqualTo(first + 2);
        assertThat(facts(credential.id()).credential().standing().generation()).isEqualTo(first + 2);
        assertThat(trail()).hasSize(before);
    }

    /// GAUNTLET D03.
    @Test
    void aLostAnswerIsGivenAgainForAMoment() {
        Credential credential = credential();
        long first = begin(credential);
        Refreshed.Next next = (Refreshed.Next) refresh(credential, first, Duration.ofSeconds(60));
        assertThat(refresh(credential, first, Duration.ofSeconds(69))).isEqualTo(new Refreshed.Same(next.line()));
        assertThat(generation(credential)).isEqualTo(first + 1);
    }

    /// GAUNTLET D01.
    @Test
    void aTokenThatIsUsedLaterAgainEndsTheLine() {
        Credential credential = credential();
        long first = begin(credential);
        refresh(credential, first, Duration.ofSeconds(60));
        int before = trail().size();
        assertThat(refresh(credential, first, Duration.ofSeconds(70))).isEqualTo(new Refreshed.Reused());
        assertThat(trail()).hasSize(before + 1);
        assertThat(trail().getFirst().verb()).isEqualTo("credential.cut");
        assertThat(trail().getFirst().target()).contains(credential.id());
        assertThat(generation(credential)).isEqualTo(first + 2);
        for (long shown : List.of(first, first + 1, first + 2)) {
            assertThat(refresh(credential, shown, Duration.ofSeconds(71))).isEqualTo(new Refreshed.Over());
        }
        assertThat(generation(credential)).isEqualTo(first + 2);
    }

    /// GAUNTLET D03: of the newest but two nobody can have lost the answer.
    @Test
    void theGraceIsOneGeneration() {
        Credential credential = credential();
        long first = begin(credential);
        refresh(credential, first, Duration.ofSeconds(60));
        refresh(credential, first + 1, Duration.ofSeconds(61));
        assertThat(refresh(credential, first, Duration.ofSeconds(62))).isEqualTo(new Refreshed.Reused());
        assertThat(refresh(credential, first + 2, Duration.ofSeconds(63))).isEqualTo(new Refreshed.Over());
    }

    @Test
    void aLineIsOverWhenAnotherHasBegunOrTheCredentialWasCut() {
        Credential credential = credential();
        long first = begin(credential);
        long second = begin(credential);
        assertThat(refresh(credential, first, Duration.ofSeconds(1))).isEqualTo(new Refreshed.Over());
        assertThat(generation(credential)).as("the other goes on").isEqualTo(second);
        assertThat(refresh(credential, second, Duration.ofSeconds(2))).isInstanceOf(Refreshed.Next.class);
        done(store().members().cut(credential.id(), act));
        for (long shown = first; shown <= second + 2; shown++) {
            assertThat(refresh(credential, shown, Duration.ofSeconds(3))).isEqualTo(new Refreshed.Over());
        }
    }

    @Test
    void whoNeverHadATokenHasNoneToRefresh() {
        Credential credential = credential();
        assertThat(refresh(credential, 0, Duration.ofSeconds(1))).isEqualTo(new Refreshed.Over());
        done(store().members().revoke(credential.id(), act));
        assertThat(store().tokens().refresh(credential.id(), 0, EVER, act)).isInstanceOf(Stored.Missing.class);
    }

    /// GAUNTLET D09, at the boundary.
    @Test
    void aLineHasAnEndHoweverOftenItIsRefreshed() {
        Credential credential = credential();
        long first = begin(credential);
        Act later = after(Duration.ofDays(1));
        assertThat(done(store().tokens().refresh(credential.id(), first, BEGUN, later)))
                .isEqualTo(new Refreshed.Over());
        assertThat(done(store().tokens().refresh(credential.id(), first, BEGUN.minusMillis(1), later)))
                .isInstanceOf(Refreshed.Next.class);
    }

    /// GAUNTLET D02.
    @Test
    void ofManyThatRefreshAtOnceAllAreToldOfTheSameGeneration() {
        Credential credential = credential();
        long first = begin(credential);
        List<Refreshed> all = race(callers(_ -> () -> refresh(credential, first, Duration.ofSeconds(60))));
        assertThat(all.stream().filter(Refreshed.Next.class::isInstance)).hasSize(1);
        assertThat(all.stream().filter(Refreshed.Same.class::isInstance)).hasSize(CALLERS - 1);
        assertThat(generation(credential)).isEqualTo(first + 1);
    }

    /// GAUNTLET D08.
    @Test
    void whoEndsATokenEndsWhatItWouldBeRefreshedBy() {
        Credential credential = credential();
        long first = begin(credential);
        int before = trail().size();
        Claims token = token(credential, first);
        assertThat(done(store().tokens().revokeLine(token, act))).isEqualTo(Ended.WITH_ITS_CREDENTIAL);
        audited(before, "token.revoke", token.id());
        assertThat(refresh(credential, first, Duration.ofSeconds(1))).isEqualTo(new Refreshed.Over());
        long second = begin(credential);
        assertThat(done(store().tokens().revokeLine(token, act))).isEqualTo(Ended.BEFORE);
        assertThat(generation(credential)).isEqualTo(second);
    }
}
