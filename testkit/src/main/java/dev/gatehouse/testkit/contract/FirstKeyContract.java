package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Organizations that say what those below them begin with, and those that begin with it.
public abstract class FirstKeyContract extends StoreContract {
    private static final FirstKey SECRET = new FirstKey(CredentialKind.SECRET, "member");

    private Organization saying(FirstKey first) {
        Organization it = nouns.organization(root(), nouns.id(Kind.ORGANIZATION).text());
        return new Organization(it.id(), it.parent(), it.name(), it.standing(), it.createdAt(), Optional.of(first));
    }

    private static Organization with(Organization it, Optional<FirstKey> first) {
        return new Organization(it.id(), it.parent(), it.name(), it.standing(), it.createdAt(), first);
    }

    private Organization read(Organization it) {
        return store().members().organization(it.id()).orElseThrow();
    }

    @Test
    void whatIsSaidIsKeptAndShown() {
        Organization said = saying(SECRET);
        assertThat(done(store().members().add(said, act))).isEqualTo(said);
        assertThat(read(said)).isEqualTo(said);
        Organization below = done(store().members().add(nouns.organization(said.id(), "below"), act));
        assertThat(store().members().chain(below.id())).element(1).isEqualTo(said);
        Application application = done(store().members().add(nouns.application(below.id(), "shop"), act));
        Credential key = done(store().members().add(nouns.credential(application, CredentialKind.SECRET), act));
        assertThat(facts(key.id()).chain()).element(1).isEqualTo(said);
    }

    @Test
    void itIsReplacedLikeAName() {
        Organization said = done(store().members().add(saying(SECRET), act));
        FirstKey other = new FirstKey(CredentialKind.API_KEY, "reader");
        int before = trail().size();
        Organization changed = done(store().members().replace(said, with(said, Optional.of(other)), act));
        assertThat(changed.firstKey()).contains(other);
        assertThat(changed.standing().version()).isEqualTo(1);
        audited(before, "organization.replace", said.id());
        assertThat(trail().getFirst().detail()).contains("api_key reader", "secret member");
        assertThat(done(store().members().replace(changed, changed, act))).isEqualTo(changed);
        assertThat(trail()).hasSize(before + 1);
        assertThat(done(store().members().replace(changed, with(changed, Optional.empty()), act))
                        .firstKey())
                .isEmpty();
    }

    @Test
    void anOrganizationIsAddedWithAllThatItBeginsWithOrNotAtAll() {
        Organization organization = nouns.organization(root(), "new");
        Application application = nouns.application(
                organization.id(), "first-of-new", installed.owner().id());
        Credential key = nouns.credential(application, CredentialKind.SECRET);
        int before = trail().size();
        assertThat(done(store().members().add(organization, application, key, act)))
                .isEqualTo(organization);
        assertThat(facts(key.id()).organization()).isEqualTo(organization);
        assertThat(trail().subList(0, 3).stream().map(row -> row.verb()))
                .containsExactly("credential.add", "application.add", "organization.add");
        assertThat(trail()).hasSize(before + 3);

        Organization lost = nouns.organization(root(), "lost");
        Id nothing = nouns.id(Kind.ROLE);
        Application without = nouns.application(lost.id(), "first-of-lost", nothing);
        assertThat(store().members().add(lost, without, nouns.credential(without, CredentialKind.SECRET), act))
                .isInstanceOf(Stored.Missing.class);
        Organization again = nouns.organization(root(), "new");
        Application second =
                nouns.application(again.id(), "second", installed.owner().id());
        assertThat(store().members().add(again, second, nouns.credential(second, CredentialKind.SECRET), act))
                .isInstanceOf(Stored.Conflict.class);
        for (Id absent : List.of(lost.id(), again.id())) {
            assertThat(store().members().organization(absent)).isEmpty();
        }
        assertThat(store().members().applicationByClientId("second")).isEmpty();
        assertThat(trail()).hasSize(before + 3);
    }
}
