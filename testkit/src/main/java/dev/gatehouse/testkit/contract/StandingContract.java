package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every member has in common: it is held, cut and revoked, and has a window.
public abstract class StandingContract extends StoreContract {
    private final OneOfEach each = new OneOfEach(this);

    private MemberStore members() {
        return store().members();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ORGANIZATION", "APPLICATION", "CREDENTIAL", "CUSTOMER", "CONNECTION"})
    void holdsAreASetAndLiftingOneBringsBackWhatWasThere(Kind kind) {
        Id member = each.member(kind);
        Standing fresh = each.standing(member);
        int before = trail().size();
        Standing held = done(members().hold(member, Hold.OWNER, act));
        audited(before, kind.name().toLowerCase(Locale.ROOT) + ".hold", member);
        assertThat(held.holds()).containsExactly(Hold.OWNER);
        assertThat(held.version()).isGreaterThan(fresh.version());
        assertThat(done(members().hold(member, Hold.OWNER, act))).isEqualTo(held);
        assertThat(done(members().hold(member, Hold.PROVIDER, act)).holds())
                .containsExactlyInAnyOrder(Hold.OWNER, Hold.PROVIDER);
        assertThat(done(members().lift(member, Hold.OWNER, act)).holds()).containsExactly(Hold.PROVIDER);
        Standing lifted = done(members().lift(member, Hold.PROVIDER, act));
        assertThat(lifted.holds()).isEmpty();
        assertThat(lifted.generation()).isEqualTo(fresh.generation());
        assertThat(done(members().lift(member, Hold.PROVIDER, act))).isEqualTo(lifted);
        assertThat(each.standing(member)).isEqualTo(lifted);
        assertThat(trail()).hasSize(before + 4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ORGANIZATION", "APPLICATION", "CREDENTIAL", "CUSTOMER", "CONNECTION"})
    void cutRaisesTheGenerationAndNothingElse(Kind kind) {
        Id member = each.member(kind);
        Standing cut = done(members().cut(member, act));
        assertThat(cut.generation()).isEqualTo(1);
        assertThat(cut.holds()).isEmpty();
        assertThat(cut.revoked()).isFalse();
        assertThat(done(members().cut(member, act)).generation()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ORGANIZATION", "APPLICATION", "CREDENTIAL", "CUSTOMER", "CONNECTION"})
    void revokedIsTerminal(Kind kind) {
        Id member = each.member(kind);
        Standing revoked = done(members().revoke(member, act));
        assertThat(revoked.revoked()).isTrue();
        assertThat(done(members().revoke(member, act))).isEqualTo(revoked);
        int before = trail().size();
        assertThat(members().hold(member, Hold.OWNER, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().lift(member, Hold.OWNER, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().cut(member, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().schedule(member, Window.ALWAYS, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(each.standing(member)).isEqualTo(revoked);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void theRootAlwaysStands() {
        Window window = Window.until(Nouns.NOW);
        assertThat(members().hold(root(), Hold.PROVIDER, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().revoke(root(), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().schedule(root(), window, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(done(members().cut(root(), act)).generation()).isEqualTo(1);
        assertThat(each.standing(root()).holds()).isEqualTo(Set.of());
    }

    @Test
    void aWindowIsSetAndTakenAwayInMicroseconds() {
        Id member = each.member(Kind.CREDENTIAL);
        Window window = new Window(
                Optional.of(Nouns.NOW),
                Optional.of(Nouns.NOW.plus(Duration.ofDays(1)).plusNanos(7)));
        Window kept = new Window(Optional.of(Nouns.NOW), Optional.of(Nouns.NOW.plus(Duration.ofDays(1))));
        assertThat(done(members().schedule(member, window, act)).window()).isEqualTo(kept);
        long version = each.standing(member).version();
        assertThat(done(members().schedule(member, window, act)).version()).isEqualTo(version);
        assertThat(done(members().schedule(member, Window.ALWAYS, act)).window())
                .isEqualTo(Window.ALWAYS);
    }

    @Test
    void verbsOnNobodyAreMissing() {
        for (Kind kind : Kind.values()) {
            Id nobody = nouns.id(kind);
            assertThat(members().hold(nobody, Hold.OWNER, act)).isInstanceOf(Stored.Missing.class);
            assertThat(members().lift(nobody, Hold.OWNER, act)).isInstanceOf(Stored.Missing.class);
            assertThat(members().cut(nobody, act)).isInstanceOf(Stored.Missing.class);
            assertThat(members().revoke(nobody, act)).isInstanceOf(Stored.Missing.class);
            assertThat(members().schedule(nobody, Window.ALWAYS, act)).isInstanceOf(Stored.Missing.class);
        }
    }

    @Test
    void everyWriteIsAppliedToTheFactsBeforeItIsAnswered() {
        Application application = each.application("shop");
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of()));
        Credential credential = each.credential(application, CredentialKind.SECRET);
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of(credential.id())));
        assertThat(facts(credential.id()).credential()).isEqualTo(credential.lean());
        long applied = store().facts().applied();
        done(members().hold(application.id(), Hold.OWNER, act));
        assertThat(facts(credential.id()).holder().standings().getFirst().holds())
                .containsExactly(Hold.OWNER);
        done(members().cut(root(), act));
        assertThat(facts(credential.id()).chain().getLast().standing().generation())
                .isEqualTo(1);
        done(members().revoke(credential.id(), act));
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of()));
        assertThat(store().facts().applied()).isGreaterThan(applied);
        assertThat(store().facts().load(nouns.id(Kind.CREDENTIAL))).isInstanceOf(Look.Absent.class);
        assertThat(store().facts().loadCredentialsOf("nobody")).isInstanceOf(Look.Absent.class);
    }

    private static Receipt receipt(Stored<?> stored) {
        return stored instanceof Stored.Done<?>(var _, Optional<Receipt> receipt)
                ? receipt.orElseThrow(() -> new AssertionError("no receipt"))
                : fail("not done: " + stored);
    }

    /// Law 3: whatever takes something away answers with the proof that it counts everywhere; what gives does not
    /// wait for others.
    @Test
    void whatNarrowsAnswersWithAReceipt() {
        Application shop = each.application("shop");
        Credential key = each.credential(shop, CredentialKind.API_KEY);
        for (Stored<?> narrowed : List.of(
                members().hold(shop.id(), Hold.OWNER, act),
                members().cut(key.id(), act),
                members().revoke(key.id(), act))) {
            Receipt receipt = receipt(narrowed);
            assertThat(receipt.nodes()).isPositive();
            assertThat(receipt.acknowledged() + receipt.runOut()).isEqualTo(receipt.nodes());
            assertThat(receipt.position()).matches("[0-9]+");
        }
        assertThat(members().lift(shop.id(), Hold.OWNER, act))
                .isEqualTo(new Stored.Done<>(
                        members().application(shop.id()).orElseThrow().standing()));
        assertThat(store().nodes().getFirst().self()).isTrue();
    }
}
