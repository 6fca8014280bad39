package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ApiAddress;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ApiStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Apis and roles in memory.
final class MemoryApis implements ApiStore {
    private final Writes writes;

    MemoryApis(Writes writes) {
        this.writes = writes;
    }

    @Override
    public Stored<Api> add(Api api, Act act) {
        bounded(api);
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            if (tables.organization(api.organization()).isEmpty()) {
                return new Stored.Missing<>();
            }
            Optional<String> shared = taken(tables, api);
            if (shared.isPresent()) {
                return new Stored.Conflict<>(shared.get() + " is in use");
            }
            if (!Insert.api(tables, api)) {
                return new Stored.Conflict<>("the name, audience or issuer is in use");
            }
            return recorded(transaction, "api.add", api.id());
        });
    }

    @Override
    public Stored<Api> replace(Api api, Act act) {
        bounded(api);
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Api> found = tables.api(api.id());
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            Api there = found.get();
            if (there.version() != api.version()) {
                return new Stored.Moved<>();
            }
            boolean taken = tables.apis.values().stream()
                    .filter(other -> !other.id().equals(api.id()))
                    .anyMatch(other -> other.audience().equals(api.audience())
                            || other.issuer().equals(api.issuer()));
            if (taken) {
                return new Stored.Conflict<>("the audience or issuer is in use");
            }
            Optional<String> shared = taken(tables, api);
            if (shared.isPresent()) {
                return new Stored.Conflict<>(shared.get() + " is in use");
            }
            tables.apis.put(there.id(), Insert.api(api, there.organization(), there.name(), there.version() + 1));
            tables.secretCopies
                    .values()
                    .removeIf(copy -> copy.api().equals(api.id())
                            && !api.speech().reveal().contains(copy.kind()));
            if (RegistrationPolicy.countsAnew(
                    there.clients().registration(), api.clients().registration())) {
                MemoryUnusedClients.count(tables, api.id(), act.at());
            }
            return recorded(transaction, "api.replace", api.id());
        });
    }

    @Override
    public Stored<Api> delete(Api api, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Api> found = tables.api(api.id());
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (found.get().version() != api.version()) {
                return new Stored.Moved<>();
            }
            tables.apis.remove(api.id());
            tables.grants.values().removeIf(row -> row.grant().claims().api().equals(api.id()));
            tables.consents.keySet().removeIf(one -> one.api().equals(api.id()));
            tables.keys.values().removeIf(key -> key.api().equals(Optional.of(api.id())));
            tables.secretCopies.values().removeIf(copy -> copy.api().equals(api.id()));
            tables.retiredUses.keySet().removeIf(one -> one.api().equals(api.id()));
            tables.initialTokens.values().removeIf(one -> one.api().equals(api.id()));
            Roles.setOwners(tables, api.id(), Scopes.NONE);
            transaction.audit(
                    "api.delete",
                    Optional.of(found.get().organization()),
                    api.id(),
                    Detail.of("name", found.get().name()).with("version", api.version()));
            return new Stored.Done<>(found.get());
        });
    }

    private static void bounded(Api api) {
        if (api.routes().size() > Api.MAX_ROUTES) {
            throw new IllegalArgumentException("an Api has at most " + Api.MAX_ROUTES + " routes");
        }
    }

    /// What an Api wants that another one has.
    private static Optional<String> taken(Tables tables, Api api) {
        ApiAddress wanted = ApiAddress.of(api);
        return tables.apis.values().stream()
                .filter(other -> !other.id().equals(api.id()))
                .flatMap(other -> wanted.shared(ApiAddress.of(other)).stream())
                .findFirst();
    }

    private static Stored<Api> recorded(Transaction transaction, String verb, Id id) {
        Tables tables = transaction.tables();
        Api stored = tables.api(id).orElseThrow();
        Roles.setOwners(tables, id, stored.catalogue().all());
        transaction.audit(
                verb,
                Optional.of(stored.organization()),
                id,
                Detail.of("name", stored.name())
                        .with("version", stored.version())
                        .with("routes", stored.routes().size()));
        return new Stored.Done<>(stored);
    }

    @Override
    public List<Api> apis() {
        return byName(writes.now());
    }

    /// Names are compared as databases do it, by their UTF-8 bytes.
    static List<Api> byName(Tables tables) {
        return tables.apis.values().stream()
                .sorted(Comparator.comparing(
                        api -> api.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
    }

    @Override
    public Stored<Role> add(Role role, Act act) {
        return writes.run(act, transaction -> Roles.add(transaction, role));
    }

    @Override
    public Stored<Role> replace(Role role, Act act) {
        return writes.narrow(act, transaction -> Roles.replace(transaction, role));
    }

    @Override
    public Stored<Role> delete(Role role, Act act) {
        return writes.narrow(act, transaction -> Roles.delete(transaction, role));
    }

    @Override
    public Optional<Role> role(Id id) {
        return writes.now().role(id);
    }

    @Override
    public boolean bounds(Id role, Id application) {
        return writes.now().organizations.values().stream()
                .flatMap(organization -> organization.access().stream())
                .anyMatch(access -> access.application().equals(application)
                        && access.role().equals(Optional.of(role)));
    }

    @Override
    public Page<Role> roles(Id organization, Slice slice) {
        return Pages.read(writes.now().roles, role -> role.organization().equals(organization), Role::name, slice);
    }
}
