package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Organizations, applications and credentials: what is kept of them, and where they may be.
public abstract class MemberContract extends StoreContract {
    private final OneOfEach each = new OneOfEach(this);

    private MemberStore members() {
        return store().members();
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
        Application application = each.application("shop");
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
            each.application(name);
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
        Id child = each.member(Kind.ORGANIZATION);
        Application application = each.application("shop");
        done(members().revoke(child, act));
        done(members().revoke(application.id(), act));
        assertThat(members().add(nouns.organization(child, "x"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().add(nouns.application(child, "x"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(members().add(nouns.credential(application, CredentialKind.SECRET), act))
                .isInstanceOf(Stored.Conflict.class);
    }
}
