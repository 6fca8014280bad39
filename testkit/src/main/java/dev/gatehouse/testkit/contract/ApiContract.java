package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.ApiStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Apis and roles.
public abstract class ApiContract extends StoreContract {
    private ApiStore apis() {
        return store().apis();
    }

    private static void same(Api actual, Api expected) {
        assertThat(actual).usingRecursiveComparison().ignoringFields("table").isEqualTo(expected);
    }

    private static Application having(Application it, Optional<Id> role) {
        return new Application(
                it.id(), it.organization(), it.clientId(), it.name(), role, it.standing(), it.createdAt());
    }

    @Test
    void whatIsAddedIsReadBackAsItWas() {
        Api api = nouns.api(root(), "orders");
        int before = trail().size();
        same(done(apis().add(api, act)), api);
        audited(before, "api.add", api.id());
        assertThat(apis().apis()).extracting(Api::name).containsExactly(Api.ADMIN, "orders");
        same(apis().apis().getLast(), api);
        same(store().facts().api(api.id()).orElseThrow(), api);
    }

    /// ADR 0044.
    @Test
    void whatIsWantedOfPeopleIsSaidAndTakenBack() {
        Api api = done(apis().add(nouns.api(root(), "orders").needing(true), act));
        assertThat(api.secondFactor()).isTrue();
        assertThat(store().facts().api(api.id()).orElseThrow().secondFactor()).isTrue();
        Stored<Api> taken = apis().replace(api.needing(false), act);
        assertThat(done(taken).secondFactor()).isFalse();
        Stored<Api> said = apis().replace(done(taken).needing(true), act);
        assertThat(((Stored.Done<Api>) said).receipt()).as("it narrows").isPresent();
        assertThat(apis().apis().getLast().secondFactor()).isTrue();
    }

    @Test
    void theOwnerRoleHoldsEveryCatalogueAndNothingElse() {
        Api api = done(apis().add(nouns.api(root(), "orders"), act));
        Rights both = apis().role(installed.owner().id()).orElseThrow().rights();
        assertThat(both.at(api.id())).isEqualTo(Scopes.of("orders:read", "orders:write"));
        assertThat(both.at(installed.admin().id()))
                .isEqualTo(installed.admin().catalogue().all());
        Catalogue next = Catalogue.of(Map.of("invoices", new Catalogue.Entry("", Scopes.NONE)));
        done(apis().replace(nouns.api(api.id(), root(), "orders", next, 0), act));
        assertThat(apis().role(installed.owner().id()).orElseThrow().rights().at(api.id()))
                .isEqualTo(Scopes.of("invoices"));
        assertThat(facts(installed.key().id()).role().orElseThrow().rights().at(api.id()))
                .isEqualTo(Scopes.of("invoices"));
    }

    @Test
    void anApiIsReplacedOnlyOverTheVersionThatWasSeen() {
        Api api = done(apis().add(nouns.api(root(), "orders"), act));
        Api next = nouns.api(api.id(), root(), "other name", Catalogue.EMPTY, 0);
        int before = trail().size();
        Api replaced = done(apis().replace(next, act));
        audited(before, "api.replace", api.id());
        assertThat(replaced.version()).isEqualTo(1);
        assertThat(replaced.name()).isEqualTo("orders");
        assertThat(replaced.audience()).isEqualTo(next.audience());
        assertThat(apis().replace(next, act)).isInstanceOf(Stored.Moved.class);
        assertThat(apis().replace(nouns.api(root(), "nowhere"), act)).isInstanceOf(Stored.Missing.class);
        assertThat(trail()).hasSize(before + 1);
    }

    @Test
    void namesAudiencesAndIssuersAreUnique() {
        Api api = done(apis().add(nouns.api(root(), "orders"), act));
        Api other = done(apis().add(nouns.api(root(), "invoices"), act));
        int before = trail().size();
        Rights owner = apis().role(installed.owner().id()).orElseThrow().rights();
        assertThat(apis().add(like(api, "orders", "https://a.example", "https://i.example"), act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(apis().add(like(api, "others", api.audience(), "https://i.example"), act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(apis().add(like(api, "others", "https://a.example", api.issuer()), act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(apis().replace(nouns.api(other.id(), root(), "orders", Catalogue.EMPTY, 0), act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(apis().add(nouns.api(nouns.id(Kind.ORGANIZATION), "lost"), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(apis().role(installed.owner().id()).orElseThrow().rights()).isEqualTo(owner);
        assertThat(apis().apis())
                .extracting(Api::id)
                .contains(api.id(), other.id())
                .hasSize(3);
        assertThat(trail()).hasSize(before);
    }

    private Api like(Api api, String name, String audience, String issuer) {
        return new Api(
                nouns.id(Kind.API),
                api.organization(),
                name,
                audience,
                issuer,
                api.listener(),
                api.hosts(),
                api.keyHeader(),
                api.tokens(),
                api.upstream(),
                api.catalogue(),
                api.routes(),
                api.table(),
                0);
    }

    @Test
    void rolesAreAddedReplacedAndListed() {
        Role role = new Role(nouns.id(Kind.ROLE), root(), "reader", Rights.NONE, false, 0);
        int before = trail().size();
        assertThat(done(apis().add(role, act))).isEqualTo(role);
        audited(before, "role.add", role.id());
        Role twin = new Role(nouns.id(Kind.ROLE), root(), "reader", Rights.NONE, false, 0);
        assertThat(apis().add(twin, act)).isInstanceOf(Stored.Conflict.class);
        Rights rights = Rights.at(installed.admin().id(), Scopes.of("orders:read"));
        Role next = new Role(role.id(), root(), "viewer", rights, false, 0);
        Role replaced = done(apis().replace(next, act));
        audited(before + 1, "role.replace", role.id());
        assertThat(replaced).isEqualTo(new Role(role.id(), root(), "viewer", rights, false, 1));
        assertThat(apis().replace(next, act)).isInstanceOf(Stored.Moved.class);
        assertThat(apis().replace(new Role(role.id(), root(), "owner", rights, false, 1), act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(apis().replace(twin, act)).isInstanceOf(Stored.Missing.class);
        Role owner = apis().role(installed.owner().id()).orElseThrow();
        assertThat(apis().replace(owner, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(apis().roles(root(), Slice.first(10)).items()).containsExactlyInAnyOrder(owner, replaced);
        assertThat(apis().role(root())).isEmpty();
    }

    @Test
    void anApiIsDeletedWithItsKeysAndTheScopesOfTheOwner() {
        Api api = done(apis().add(nouns.api(root(), "orders"), act));
        int before = trail().size();
        Api late = nouns.api(api.id(), root(), "orders", Catalogue.EMPTY, 1);
        assertThat(apis().delete(late, act)).isInstanceOf(Stored.Moved.class);
        assertThat(trail()).hasSize(before);
        same(done(apis().delete(api, act)), api);
        audited(before, "api.delete", api.id());
        assertThat(apis().apis()).extracting(Api::name).containsExactly(Api.ADMIN);
        assertThat(store().facts().api(api.id())).isEmpty();
        assertThat(apis().role(installed.owner().id()).orElseThrow().rights().byApi())
                .doesNotContainKey(api.id());
        assertThat(facts(installed.key().id()).role().orElseThrow().rights().byApi())
                .doesNotContainKey(api.id());
        assertThat(apis().delete(api, act)).isInstanceOf(Stored.Missing.class);
        done(apis().add(nouns.api(root(), "orders"), act));
    }

    @Test
    void aRoleIsDeletedWhenNobodyHasIt() {
        Role role = done(apis().add(new Role(nouns.id(Kind.ROLE), root(), "reader", Rights.NONE, false, 0), act));
        Application with = nouns.application(root(), "shop", role.id());
        Application application = done(store().members().add(with, act));
        int before = trail().size();
        assertThat(apis().delete(role, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(apis().delete(installed.owner(), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(trail()).hasSize(before);
        Application without = done(store().members().replace(application, having(application, Optional.empty()), act));
        Role late = new Role(role.id(), root(), "reader", Rights.NONE, false, 1);
        assertThat(apis().delete(late, act)).isInstanceOf(Stored.Moved.class);
        assertThat(done(apis().delete(role, act))).isEqualTo(role);
        audited(before + 1, "role.delete", role.id());
        assertThat(apis().role(role.id())).isEmpty();
        assertThat(apis().delete(role, act)).isInstanceOf(Stored.Missing.class);
        assertThat(store().members().replace(without, having(without, Optional.of(role.id())), act))
                .isInstanceOf(Stored.Missing.class);
        done(apis().add(new Role(nouns.id(Kind.ROLE), root(), "reader", Rights.NONE, false, 0), act));
    }
}
