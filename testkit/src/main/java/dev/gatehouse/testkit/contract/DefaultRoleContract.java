package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Stored;
import org.junit.jupiter.api.Test;

/// Organizations that say which role those get whose maker names none.
public abstract class DefaultRoleContract extends StoreContract {
    private static final DefaultRole ADMIN = new DefaultRole.Named("admin");

    private Organization below(Id parent, DefaultRole said) {
        return done(store().members()
                .add(
                        nouns.organization(parent, nouns.id(Kind.ORGANIZATION).text())
                                .saying(said),
                        act));
    }

    private Role role(Id organization, String name) {
        return done(store().apis().add(new Role(nouns.id(Kind.ROLE), organization, name, Rights.NONE, false, 0), act));
    }

    private void kept(Role role) {
        assertThat(store().apis().delete(role, act))
                .isEqualTo(new Stored.Conflict<>("an organization has it as default_role"));
        assertThat(store().apis().role(role.id())).isPresent();
    }

    private Organization says(Organization it, DefaultRole said) {
        return done(store().members().replace(it, it.saying(said), act));
    }

    @Test
    void whatIsSaidIsKeptAndShown() {
        for (DefaultRole said : new DefaultRole[] {ADMIN, new DefaultRole.None(), new DefaultRole.Above()}) {
            Organization it = below(root(), said);
            assertThat(it.defaultRole()).isEqualTo(said);
            assertThat(store().members().organization(it.id())).contains(it);
            Organization child = below(it.id(), new DefaultRole.Above());
            assertThat(store().members().chain(child.id())).element(1).isEqualTo(it);
            var application = done(store().members().add(nouns.application(child.id(), child.name()), act));
            var key = done(store().members().add(nouns.credential(application, CredentialKind.SECRET), act));
            assertThat(facts(key.id()).chain()).element(1).isEqualTo(it);
        }
    }

    @Test
    void itIsReplacedLikeAName() {
        Organization it = below(root(), new DefaultRole.Above());
        int before = trail().size();
        Organization said = says(it, ADMIN);
        assertThat(said.defaultRole()).isEqualTo(ADMIN);
        assertThat(said.standing().version()).isEqualTo(1);
        audited(before, "organization.replace", it.id());
        assertThat(trail().getFirst().detail()).contains("default_role", "role admin");
        assertThat(says(said, ADMIN)).isEqualTo(said);
        assertThat(trail()).hasSize(before + 1);
        Organization none = says(said, new DefaultRole.None());
        assertThat(none.defaultRole()).isEqualTo(new DefaultRole.None());
        assertThat(says(none, new DefaultRole.Above()).defaultRole()).isEqualTo(new DefaultRole.Above());
    }

    @Test
    void aRoleThatIsSaidIsNotDeleted() {
        Organization above = below(root(), new DefaultRole.Above());
        Organization saying = below(above.id(), ADMIN);
        Organization under = below(saying.id(), new DefaultRole.Above());
        Role meant = role(above.id(), "admin");
        kept(meant);
        Role elsewhere = role(under.id(), "admin");
        assertThat(done(store().apis().delete(elsewhere, act)).id())
                .as("one below who says it is not meant")
                .isEqualTo(elsewhere.id());
        Role other = role(above.id(), "other");
        assertThat(done(store().apis().delete(other, act)).id()).isEqualTo(other.id());

        Role nearer = role(saying.id(), "admin");
        assertThat(done(store().apis().delete(meant, act)).id())
                .as("a nearer one is meant now")
                .isEqualTo(meant.id());
        kept(nearer);
        says(saying, new DefaultRole.None());
        assertThat(done(store().apis().delete(nearer, act)).id()).isEqualTo(nearer.id());
    }
}
