package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
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

/// Organizations, applications and credentials.
public abstract class MemberContract extends StoreContract {
    private MemberStore members() {
        return store().members();
    }

    private Application application(String clientId) {
        return done(members().add(nouns.application(root(), clientId), act));
    }

    private Credential credential(Application application, CredentialKind kind) {
        return done(members().add(nouns.credential(application, kind), act));
    }

    private Id member(Kind kind) {
        return switch (kind) {
            case ORGANIZATION ->
                done(members().add(nouns.organization(root(), "Child"), act)).id();
            case APPLICATION -> application("shop").id();
            case CREDENTIAL ->
                credential(application("shop"), CredentialKind.API_KEY).id();
            case CUSTOMER ->
                done(store().customers().add(nouns.customer(root(), "4711"), act))
                        .id();
            case USER ->
                done(store().users().add(nouns.user(root(), "alice"), act)).id();
            case MEMBERSHIP -> {
                User user = done(store().users().add(nouns.user(root(), "bob"), act));
                yield done(store().users().add(nouns.membership(user.id(), root()), act))
                        .id();
            }
            case CONNECTION ->
                done(store().connections().add(nouns.connection(root(), "crm"), Nouns.SEALED, act))
                        .id();
            case SESSION, API, ROUTE, ROLE, KEY, TOKEN, GRANT, CONNECT_SESSION, IDENTITY_PROVIDER, NODE ->
                throw new IllegalArgumentException("not a member: " + kind);
        };
    }

    private Standing standing(Id member) {
        return switch (member.kind()) {
            case ORGANIZATION -> members().organization(member).orElseThrow().standing();
            case APPLICATION -> members().application(member).orElseThrow().standing();
            case CREDENTIAL -> members().credential(member).orElseThrow().standing();
            case CUSTOMER -> store().customers().customer(member).orElseThrow().standing();
            case USER -> store().users().user(member).orElseThrow().standing();
            case MEMBERSHIP -> store().users().membership(member).orElseThrow().standing();
            case CONNECTION ->
                store().connections().connection(member).orElseThrow().standing();
            case SESSION, API, ROUTE, ROLE, KEY, TOKEN, GRANT, CONNECT_SESSION, IDENTITY_PROVIDER, NODE ->
                throw new IllegalArgumentException("not a member: " + member);
        };
    }

    @Test
    void whatIsAddedIsReadBackAsItWas() {
        Organization child = nouns.organization(root(), "Ünïçode \uD83D\uDE00 \"name\"");
        Application application = nouns.application(child.id(), "shop");
        Credential credential = nouns.credential(application, CredentialKind.SECRET);
        assertThat(done(members().add(child, act))).isEqualTo(child);
        assertThat(done(members().add(application, act))).isEqualTo(application);
        assertThat(done(members().add(credential, act))).isEqualTo(credential);
        assertThat(members().organization(child.id())).contains(child);
        assertThat(members().application(application.id())).contains(application);
        assertThat(members().applicationByClientId("shop")).contains(application);
        assertThat(members().credential(credential.id())).contains(credential);
        assertThat(members().root()).contains(installed.root());
        assertThat(members().chain(child.id())).containsExactly(child, installed.root());
    }

    @Test
    void anAddedMemberIsAuditedOnce() {
        int before = trail().size();
        Organization child = nouns.organization(root(), "Child");
        done(members().add(child, act));
        audited(before, "organization.add", child.id());
        Application application = nouns.application(child.id(), "shop");
        done(members().add(application, act));
        audited(before + 1, "application.add", application.id());
        Credential credential = nouns.credential(application, CredentialKind.SECRET);
        done(members().add(credential, act));
        audited(before + 2, "credential.add", credential.id());
        assertThat(trail().getFirst().organization()).contains(child.id());
    }

    @Test
    void whatIsNotAddedLeavesNoTrace() {
        Organization child = done(members().add(nouns.organization(root(), "Child"), act));
        Application application = application("shop");
        int before = trail().size();
        Id nobody = nouns.id(Kind.ORGANIZATION);
        Organization orphan = nouns.organization(nobody, "Orphan");
        Organization twin = nouns.organization(root(), "Child");
        Application sameClient = nouns.application(child.id(), "shop");
        Application lost = nouns.application(nobody, "lost");
        Credential stray = nouns.credential(nouns.application(root(), "never added"), CredentialKind.API_KEY);
        assertThat(members().add(orphan, act)).isInstanceOf(Stored.Missing.class);
        assertThat(members().add(twin, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().add(sameClient, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().add(lost, act)).isInstanceOf(Stored.Missing.class);
        assertThat(members().add(nouns.application(child.id(), "x", nouns.id(Kind.ROLE)), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(members().add(stray, act)).isInstanceOf(Stored.Missing.class);
        assertThat(members().add(application, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().add(installed.root(), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().organization(twin.id())).isEmpty();
        assertThat(members().application(sameClient.id())).isEmpty();
        assertThat(trail()).hasSize(before);
    }

    @Test
    void namesAreComparedExactly() {
        for (String name : List.of("shop", "Shop", "SHOP", "şhop", "s%op", "s_op", "s\u030Chop")) {
            application(name);
            done(members().add(nouns.organization(root(), name), act));
        }
        assertThat(members().applicationByClientId("sHop")).isEmpty();
        assertThat(members().applicationByClientId("shop\0")).isEmpty();
    }

    @Test
    void aNameThatNobodyCouldReadIsACallersMistake() {
        for (String name : List.of("", " x", "a\0b", "\uD800", "x".repeat(201))) {
            assertThatThrownBy(() -> members().add(nouns.organization(root(), name), act))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theTreeIsBoundedInDepth() {
        Id parent = root();
        for (int depth = 2; depth <= Organization.MAX_DEPTH; depth++) {
            parent = done(members().add(nouns.organization(parent, "deeper"), act))
                    .id();
        }
        assertThat(members().chain(parent)).hasSize(Organization.MAX_DEPTH);
        assertThat(members().add(nouns.organization(parent, "deeper"), act)).isInstanceOf(Stored.Full.class);
    }

    @Test
    void nothingIsAddedBelowARevokedMember() {
        Id child = member(Kind.ORGANIZATION);
        Application application = application("shop");
        done(members().revoke(child, act));
        done(members().revoke(application.id(), act));
        assertThat(members().add(nouns.organization(child, "x"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().add(nouns.application(child, "x"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().add(nouns.credential(application, CredentialKind.SECRET), act))
                .isInstanceOf(Stored.Conflict.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ORGANIZATION", "APPLICATION", "CREDENTIAL", "CUSTOMER", "CONNECTION"})
    void holdsAreASetAndLiftingOneBringsBackWhatWasThere(Kind kind) {
        Id member = member(kind);
        Standing fresh = standing(member);
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
        assertThat(standing(member)).isEqualTo(lifted);
        assertThat(trail()).hasSize(before + 4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ORGANIZATION", "APPLICATION", "CREDENTIAL", "CUSTOMER", "CONNECTION"})
    void cutRaisesTheGenerationAndNothingElse(Kind kind) {
        Id member = member(kind);
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
        Id member = member(kind);
        Standing revoked = done(members().revoke(member, act));
        assertThat(revoked.revoked()).isTrue();
        assertThat(done(members().revoke(member, act))).isEqualTo(revoked);
        int before = trail().size();
        assertThat(members().hold(member, Hold.OWNER, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().lift(member, Hold.OWNER, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().cut(member, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().schedule(member, Window.ALWAYS, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(standing(member)).isEqualTo(revoked);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void theRootAlwaysStands() {
        Window window = Window.until(Nouns.NOW);
        assertThat(members().hold(root(), Hold.PROVIDER, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().revoke(root(), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().schedule(root(), window, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(done(members().cut(root(), act)).generation()).isEqualTo(1);
        assertThat(standing(root()).holds()).isEqualTo(Set.of());
    }

    @Test
    void aWindowIsSetAndTakenAwayInMicroseconds() {
        Id member = member(Kind.CREDENTIAL);
        Window window = new Window(
                Optional.of(Nouns.NOW),
                Optional.of(Nouns.NOW.plus(Duration.ofDays(1)).plusNanos(7)));
        Window kept = new Window(Optional.of(Nouns.NOW), Optional.of(Nouns.NOW.plus(Duration.ofDays(1))));
        assertThat(done(members().schedule(member, window, act)).window()).isEqualTo(kept);
        long version = standing(member).version();
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
        Application application = application("shop");
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of()));
        Credential credential = credential(application, CredentialKind.SECRET);
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
        Application shop = application("shop");
        Credential key = credential(shop, CredentialKind.API_KEY);
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
