package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What applications may do at most at organizations below their own, and what else is kept and means nothing here.
public abstract class AccessContract extends StoreContract {
    private Role reader(String name) {
        Rights rights = Rights.at(installed.admin().id(), Scopes.of("orgs:read"));
        return done(store().apis().add(new Role(nouns.id(Kind.ROLE), root(), name, rights, false, 0), act));
    }

    private List<Organization> chain(Id organization) {
        return store().facts().loadOrganization(organization) instanceof Look.Known<List<Organization>>(var chain)
                ? chain
                : List.of();
    }

    @Test
    void itIsKeptAuditedAndAFactWithTheRightsOfItsRole() {
        Organization parent = done(store().members().add(nouns.organization(root(), "parent"), act));
        Organization sub = done(store().members().add(nouns.organization(parent.id(), "sub"), act));
        Application shop = done(store().members().add(nouns.application(parent.id(), "shop"), act));
        Application till = done(store().members().add(nouns.application(parent.id(), "till"), act));
        Role role = reader("reader");
        List<Access> access = List.of(
                new Access(shop.id(), Optional.of(role.id())),
                new Access(till.id(), Optional.of(role.id()), parent.id()),
                new Access(till.id(), Optional.empty()));
        assertThat(chain(sub.id())).containsExactly(sub, parent, installed.root());
        int before = trail().size();
        Organization changed = done(store().members().replace(sub, sub.with(access), act));
        assertThat(changed.access()).isEqualTo(access);
        audited(before, "organization.replace", sub.id());
        assertThat(trail().getFirst().detail())
                .contains(
                        shop.id() + " " + role.id(),
                        till.id() + " deny",
                        till.id() + " " + role.id() + " by " + parent.id());
        assertThat(store().members().organization(sub.id())).contains(changed);
        assertThat(store().members().chain(sub.id())).first().isEqualTo(changed);
        assertThat(done(store().members().replace(changed, changed, act))).isEqualTo(changed);
        assertThat(trail()).hasSize(before + 1);

        List<Access> facts = chain(sub.id()).getFirst().access();
        assertThat(facts)
                .containsExactly(
                        access.getFirst().of(role.rights()), access.get(1).of(role.rights()), access.getLast());
        Credential below = done(store().members()
                .add(
                        nouns.credential(
                                done(store().members().add(nouns.application(sub.id(), "below"), act)),
                                CredentialKind.SECRET),
                        act));
        assertThat(facts(below.id()).organization().access()).isEqualTo(facts);

        Rights fewer = Rights.at(installed.admin().id(), Scopes.of("audit:read"));
        done(store().apis().replace(new Role(role.id(), root(), role.name(), fewer, false, role.version()), act));
        assertThat(chain(sub.id()).getFirst().access())
                .as("an edit of the role counts at once")
                .containsExactly(access.getFirst().of(fewer), access.get(1).of(fewer), access.getLast());
        assertThat(done(store().members().replace(changed, changed.with(List.of()), act))
                        .access())
                .isEmpty();
        assertThat(chain(sub.id()).getFirst().access()).isEmpty();
    }

    @Test
    void aRoleThatBoundsSomebodyStaysAndOneThatIsNotThereBoundsNobody() {
        Organization sub = done(store().members().add(nouns.organization(root(), "sub"), act));
        Application shop = done(store().members().add(nouns.application(root(), "shop"), act));
        Role role = reader("reader");
        assertThat(store().members()
                        .replace(sub, sub.with(List.of(new Access(shop.id(), Optional.of(nouns.id(Kind.ROLE))))), act))
                .isInstanceOf(Stored.Missing.class);
        Organization bound = done(store().members()
                .replace(sub, sub.with(List.of(new Access(shop.id(), Optional.of(role.id())))), act));
        assertThat(store().apis().delete(role, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(store().apis().bounds(role.id(), shop.id())).isTrue();
        assertThat(store().apis().bounds(role.id(), nouns.id(Kind.APPLICATION))).isFalse();
        assertThat(store().apis().bounds(reader("other").id(), shop.id())).isFalse();
        done(store().members().replace(bound, bound.with(List.of()), act));
        assertThat(store().apis().bounds(role.id(), shop.id())).isFalse();
        done(store().apis().delete(role, act));
    }

    /// Whoever has a role bound somebody and whoever deletes it meet: one of them is told no.
    @Test
    void aRoleDoesNotVanishFromUnderAnAccess() {
        Application shop = done(store().members().add(nouns.application(root(), "shop"), act));
        for (int round = 0; round < 8; round++) {
            Organization sub = done(store().members().add(nouns.organization(root(), "sub" + round), act));
            Role role = reader("reader" + round);
            List<Access> access = List.of(new Access(shop.id(), Optional.of(role.id()), root()));
            List<Callable<Stored<?>>> both = List.of(
                    () -> store().members().replace(sub, sub.with(access), act),
                    () -> store().apis().delete(role, act));
            assertThat(Race.winners(Race.race(both))).isEqualTo(1);
            assertThat(store().apis().role(role.id()).isPresent())
                    .isEqualTo(!store().members()
                            .organization(sub.id())
                            .orElseThrow()
                            .access()
                            .isEmpty());
        }
    }

    @Test
    void customersOfTheOrganizationShowIt() {
        Organization sub = done(store().members().add(nouns.organization(root(), "sub"), act));
        Application shop = done(store().members().add(nouns.application(root(), "shop"), act));
        Id customer = done(store().customers().add(nouns.customer(sub.id(), "c-1"), act))
                .id();
        done(store().members().replace(sub, sub.with(List.of(new Access(shop.id(), Optional.empty()))), act));
        assertThat(store().facts().loadSubject(customer))
                .isInstanceOfSatisfying(
                        Look.Known.class,
                        known -> assertThat(((Subject) known.value())
                                        .chain()
                                        .getFirst()
                                        .access())
                                .containsExactly(new Access(shop.id(), Optional.empty())));
    }

    @Test
    void aNoteIsKeptWithACredentialAndIsNoFact() {
        Application shop = done(store().members().add(nouns.application(root(), "shop"), act));
        Credential key =
                nouns.credential(shop, CredentialKind.API_KEY).noting("PUBLIC_API\napplicationId=a\tb\\ \u00e9");
        Credential added = done(store().members().add(key, act));
        assertThat(added.note()).isEqualTo(key.note());
        assertThat(store().members().credential(key.id())).contains(added);
        assertThat(facts(key.id()).credential().note()).isEmpty();
        Credential other = done(store().members().replace(added, added.noting("other"), act));
        assertThat(other.note()).isEqualTo("other");
        assertThat(trail().getFirst().detail()).contains("other");
        assertThat(other.standing().version()).isEqualTo(added.standing().version() + 1);
    }
}
