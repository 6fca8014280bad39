package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.ProviderAttributes.ACTIVE;
import static dev.gatehouse.server.admin.ProviderAttributes.APIS;
import static dev.gatehouse.server.admin.ProviderAttributes.CLIENT_ID;
import static dev.gatehouse.server.admin.ProviderAttributes.ISSUER;
import static dev.gatehouse.server.admin.ProviderAttributes.JOINING;
import static dev.gatehouse.server.admin.ProviderAttributes.METHOD;
import static dev.gatehouse.server.admin.ProviderAttributes.NAME;
import static dev.gatehouse.server.admin.ProviderAttributes.NEW_JOINING;
import static dev.gatehouse.server.admin.ProviderAttributes.ORGANIZATIONS;
import static dev.gatehouse.server.admin.ProviderAttributes.SCOPES;
import static dev.gatehouse.server.admin.ProviderAttributes.SECRET;
import static dev.gatehouse.server.admin.ProviderAttributes.TITLE;
import static dev.gatehouse.server.admin.ProviderAttributes.TRUSTED;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore.Held;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What somebody writes about an identity provider, and whether it may be so.
final class WrittenProvider {
    private WrittenProvider() {}

    /// One that is new.
    static Got<Held> fresh(Call call) {
        Given given = call.given();
        IdentityProvider plain = new IdentityProvider(
                Id.random(Kind.IDENTITY_PROVIDER, call.desk().random()),
                given.need(NAME),
                given.get(TITLE).orElse(given.need(NAME)),
                given.need(ISSUER),
                given.need(CLIENT_ID),
                given.get(METHOD)
                        .orElse(
                                given.get(SECRET).isPresent()
                                        ? ProviderMethod.SECRET_BASIC
                                        : ProviderMethod.PRIVATE_KEY_JWT),
                List.of(),
                Set.of(),
                Restriction.unrestricted(),
                Optional.empty(),
                Set.of(),
                true,
                call.now(),
                0);
        return listed(call, plain, given.get(JOINING)).then(provider -> sealed(call, provider, Optional.empty()));
    }

    /// What is left out stays.
    static Got<Held> over(Call call, Held before) {
        Given given = call.given();
        IdentityProvider it = before.provider();
        IdentityProvider plain = new IdentityProvider(
                it.id(),
                it.name(),
                given.get(TITLE).orElse(it.title()),
                it.issuer(),
                given.get(CLIENT_ID).orElse(it.clientId()),
                given.get(METHOD).orElse(it.method()),
                it.scopes(),
                it.apis(),
                it.organizations(),
                it.joining(),
                it.trusted(),
                it.active(),
                it.createdAt(),
                it.version());
        return listed(call, plain, given.get(NEW_JOINING).orElse(it.joining()))
                .then(provider -> sealed(call, provider, Optional.of(before)));
    }

    /// The lists, each of what is there and what the caller may hand out.
    private static Got<IdentityProvider> listed(
            Call call, IdentityProvider it, Optional<IdentityProvider.Joining> joins) {
        Given given = call.given();
        Got<Set<Id>> apis = given.get(APIS).map(names -> apis(call, names)).orElseGet(() -> Got.of(it.apis()));
        return apis.then(serving -> joining(call, it, joins)
                        .then(joining -> organizations(call, it)
                                .map(organizations -> new IdentityProvider(
                                        it.id(),
                                        it.name(),
                                        it.title(),
                                        it.issuer(),
                                        it.clientId(),
                                        it.method(),
                                        given.get(SCOPES).orElse(it.scopes()),
                                        serving,
                                        organizations,
                                        joining,
                                        given.get(TRUSTED)
                                                .<Set<String>>map(HashSet::new)
                                                .orElse(it.trusted()),
                                        given.get(ACTIVE).orElse(it.active()),
                                        it.createdAt(),
                                        it.version()))))
                .then(after -> consistent(call, after))
                .then(after -> IdentityRights.believed(call, it, after));
    }

    /// Nobody is made a user whom the provider then does not let in.
    private static Got<IdentityProvider> consistent(Call call, IdentityProvider it) {
        boolean shut = it.joining()
                .filter(joining -> !IdentityRights.admits(call, it, joining.organization()))
                .isPresent();
        return shut
                ? Got.no(new Problem.InvalidField(
                        "joining.organization",
                        "one of `organizations`, or below one of them; all when these are empty"))
                : Got.of(it);
    }

    private static Got<Set<Id>> apis(Call call, List<String> names) {
        Set<Id> ids = new HashSet<>();
        for (String name : names) {
            Optional<Api> api = call.view().api(name);
            if (api.isEmpty()) {
                return Got.no(new Problem.InvalidField("apis", "names of Apis; " + name + " is none"));
            }
            ids.add(api.get().id());
        }
        return Got.of(ids);
    }

    private static Got<Restriction<Id>> organizations(Call call, IdentityProvider it) {
        Optional<List<Id>> asked = call.given().get(ORGANIZATIONS);
        List<Id> ids = new ArrayList<>(asked.orElse(it.organizations().listed()));
        Optional<Id> lost = ids.stream()
                .filter(id -> call.desk().store().members().organization(id).isEmpty())
                .findFirst();
        return asked.isPresent() && lost.isPresent()
                ? Got.no(new Problem.InvalidField(
                        "organizations", "organizations that are there; " + lost.get() + " is not"))
                : Got.of(Restriction.ofListed(ids));
    }

    /// Nobody lets others have what it does not hold itself.
    private static Got<Optional<IdentityProvider.Joining>> joining(
            Call call, IdentityProvider it, Optional<IdentityProvider.Joining> asked) {
        if (asked.isEmpty() || asked.equals(it.joining())) {
            return Got.of(asked);
        }
        Id home = asked.get().organization();
        if (call.desk().store().members().organization(home).isEmpty()) {
            return Got.no(new Problem.InvalidField("joining.organization", "an organization that is there"));
        }
        return IdentityRights.users(call, home)
                .then(_ -> Applications.role(call, home, Optional.of(asked.get().role())))
                .then(role -> role.filter(Role::builtIn).isPresent()
                        ? Got.no(new Problem.InvalidField(
                                "joining.role", "a role that is not built in: no owner is made so"))
                        : Got.of(asked));
    }

    /// A secret is for the issuer and its number; the method says whether there is one.
    private static Got<Held> sealed(Call call, IdentityProvider provider, Optional<Held> before) {
        Optional<Secret> given = call.given().get(SECRET);
        if (!provider.method().secret()) {
            return given.isPresent()
                    ? Got.no(new Problem.InvalidField(SECRET.name(), "left out: the method is private_key_jwt"))
                    : Got.of(new Held(
                            provider, Optional.empty(), before.map(Held::number).orElse(0L)));
        }
        long number = before.map(Held::number).orElse(0L) + 1;
        Optional<Encrypted> anew = given.map(secret -> call.desk().providers().seal(provider, number, secret));
        if (anew.isPresent()) {
            return Got.of(new Held(provider, anew, number));
        }
        return before.filter(held -> held.secret().isPresent())
                .<Got<Held>>map(held -> Got.of(new Held(provider, held.secret(), held.number())))
                .orElseGet(() -> Got.no(new Problem.MissingField(SECRET.name())));
    }
}
