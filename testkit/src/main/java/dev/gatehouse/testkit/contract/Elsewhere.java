package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import java.util.Optional;
import java.util.function.Supplier;

/// Providers and links in a store, and what has become of them.
final class Elsewhere {
    private final Supplier<Store> store;
    private final Act act;
    final IdentityNouns made;

    Elsewhere(Supplier<Store> store, Act act, IdentityNouns made) {
        this.store = store;
        this.act = act;
        this.made = made;
    }

    IdentityStore identities() {
        return store.get().identities();
    }

    /// One that is on.
    Held added(String name) {
        return StoreContract.done(identities().add(made.held(name, true, 0), act));
    }

    Link linked(Held at, GrantFixture.Somebody who, String subject) {
        Credential credential = made.credential(who.user());
        return StoreContract.done(
                identities().link(IdentityNouns.link(at, credential, subject), credential, who.login(), act));
    }

    /// The same, whatever comes of it.
    Stored<Link> linking(Held at, GrantFixture.Somebody who, String subject) {
        Credential credential = made.credential(who.user());
        return identities().link(IdentityNouns.link(at, credential, subject), credential, who.login(), act);
    }

    /// Who signs in by a subject now.
    Optional<Link> found(Held at, String subject) {
        return identities()
                .provider(at.provider().id())
                .flatMap(now -> identities().linked(now.provider(), subject))
                .map(IdentityStore.Found::link);
    }

    /// As the store has it.
    Standing standing(Link link) {
        return store.get().members().credential(link.credential()).orElseThrow().standing();
    }

    /// As decisions rest on it.
    Standing facts(GrantFixture.Somebody who, Link link) {
        return store.get().facts().load(link.credential(), who.membership().id())
                        instanceof FactSource.Look.Known<Members>(Members members)
                ? members.credential().standing()
                : Standing.FRESH;
    }
}
