package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the trail says of whoever is told kept secrets: all that were told, and no more rows than it takes.
public abstract class TellingContract extends StoreContract {
    private Api api;
    private Organization organization;
    private Application application;

    @BeforeEach
    final void members() {
        api = done(store().apis().add(nouns.api(root(), "orders"), act));
        organization = done(store().members().add(nouns.organization(root(), "shop"), act));
        application = done(store().members().add(nouns.application(organization.id(), "shop"), act));
    }

    private Id kept(Application holder, CredentialKind kind) {
        Credential drawn = nouns.credential(holder, kind);
        Credential here = drawn.with(
                drawn.name(),
                drawn.reach(),
                new Restrictions(Restriction.unrestricted(), Restriction.only(List.of(api.id()))),
                drawn.standing());
        SecretCopy copy =
                new SecretCopy(here.id(), here.organization(), api.id(), kind, Encrypted.of(new byte[] {1, 2}));
        return done(store().members().add(new NewCredential(here, Optional.of(copy)), act))
                .id();
    }

    /// The rows of one reply, the newest first.
    private List<AuditRow> told(List<Id> credentials) {
        int before = trail().size();
        done(store().secretCopies().reveal(credentials, act));
        List<AuditRow> rows = trail();
        List<AuditRow> fresh = rows.subList(0, rows.size() - before);
        assertThat(fresh).allSatisfy(row -> {
            assertThat(row.verb()).isEqualTo("credential.reveal");
            assertThat(row.valid()).isTrue();
            assertThat(row.act()).isEqualTo(act);
        });
        return fresh;
    }

    @Test
    void oneSecretIsARowOfItsCredential() {
        Id key = kept(application, CredentialKind.API_KEY);
        Id other = kept(application, CredentialKind.API_KEY);
        done(store().members().revoke(other, act));
        List<AuditRow> rows = told(List.of(key, other));
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().target()).contains(key);
        assertThat(rows.getFirst().organization()).contains(organization.id());
        assertThat(rows.getFirst().detail())
                .contains("api_key", api.id().text())
                .doesNotContain(other.text());
    }

    /// However many they are: a page that is read again and again is no flood of writes.
    @Test
    void aPageIsOneRowThatNamesThem() {
        List<Id> page = IntStream.range(0, 100)
                .mapToObj(_ -> kept(application, CredentialKind.API_KEY))
                .toList();
        List<AuditRow> rows = told(page);
        assertThat(rows).hasSize(1);
        AuditRow row = rows.getFirst();
        assertThat(row.target()).contains(organization.id());
        assertThat(row.organization()).contains(organization.id());
        assertThat(row.detail())
                .contains(String.join(" ", page.stream().map(Id::text).toList()));
    }

    /// Whoever may read the trail of one organization sees nothing of another.
    @Test
    void eachOrganizationAndKindHasItsOwn() {
        Organization other = done(store().members().add(nouns.organization(root(), "bank"), act));
        Application teller = done(store().members().add(nouns.application(other.id(), "teller"), act));
        Id key = kept(application, CredentialKind.API_KEY);
        Id second = kept(application, CredentialKind.API_KEY);
        Id secret = kept(application, CredentialKind.SECRET);
        Id theirs = kept(teller, CredentialKind.API_KEY);
        List<AuditRow> rows = told(List.of(key, theirs, secret, second));
        assertThat(rows).hasSize(3);
        assertThat(rows.stream().map(row -> row.target().orElseThrow()))
                .containsExactlyInAnyOrder(organization.id(), secret, theirs);
        assertThat(rows).allSatisfy(row -> {
            boolean ours = row.organization().orElseThrow().equals(organization.id());
            boolean both = row.target().equals(Optional.of(organization.id()));
            assertThat(row.detail().contains(key.text())).isEqualTo(both);
            assertThat(ours).isNotEqualTo(row.target().equals(Optional.of(theirs)));
        });
    }

    @Test
    void whoIsToldNothingLeavesNothing() {
        assertThat(told(List.of())).isEmpty();
        Id key = kept(application, CredentialKind.API_KEY);
        done(store().members().revoke(application.id(), act));
        assertThat(told(List.of(key))).isEmpty();
    }
}
