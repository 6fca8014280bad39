package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Compares what files want with what a server has. Everything that the server would refuse and that can be known
/// before is a mistake here, so that nothing is half done.
final class Planner {
    private static final List<String> FIXED = Stream.concat(
                    Stream.of(
                            "client_id",
                            "kind",
                            "environment",
                            "jwks",
                            JwksValue.URI,
                            TrustValue.ISSUER,
                            TrustValue.SUBJECT),
                    CertificateNames.ALL.stream())
            .toList();

    private static final int MAX_DEPTH = dev.gatehouse.core.member.Organization.MAX_DEPTH;

    private final Server server;
    private final Map<Key, Wanted> wanted;
    private final Map<String, String> environment;
    private final boolean prune;
    private final Mistakes mistakes;
    private final References references;
    private final ProviderChecks providers;
    private final Set<OrganizationPath> mentioned = new HashSet<>();

    Planner(Server server, Map<Key, Wanted> wanted, Map<String, String> environment, boolean prune, Mistakes mistakes) {
        this.server = server;
        this.wanted = wanted;
        this.environment = environment;
        this.prune = prune;
        this.mistakes = mistakes;
        this.references = new References(mistakes);
        this.providers = new ProviderChecks(server, wanted, references, mistakes);
        wanted.keySet().forEach(key -> {
            if (key instanceof Key.Organization(OrganizationPath path)) {
                mentioned.addAll(path.upwards());
            }
        });
        server.all().filter(one -> !goes(one)).forEach(one -> references.add(one.key(), one.spec()));
        wanted.values().forEach(one -> references.add(one.key(), one.spec()));
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        new Distinct(server, wanted, this::goes, mistakes).check();
        wanted.values().forEach(one -> {
            checkPlace(one);
            Optional<Key.Role> role = role(one);
            Json.Obj spec = one.key() instanceof Key.Provider
                    ? ProviderShape.resolved(one, references)
                    : role.map(key -> one.spec().with("role", Survey.reference(key)))
                            .orElse(one.spec());
            step(one, spec).ifPresent(steps::add);
        });
        server.all().filter(this::goes).filter(one -> !below(one)).forEach(one -> steps.add(new Step.Remove(one)));
        return steps;
    }

    private Optional<Step> step(Wanted one, Json.Obj spec) {
        Optional<Found> found = server.at(one.key());
        if (found.isPresent() && found.get().fixed()) {
            mistakes.add(one.place(), one.key() + " is kept by Gatehouse itself; leave it out");
            return Optional.empty();
        }
        if (found.isEmpty()) {
            checkRights(one, spec);
            checkWhole(one);
            Json.Obj made = one.key() instanceof Key.Organization ? AccessShape.settled(spec, Json.Obj.EMPTY) : spec;
            checkAccess(one, made);
            providers.needsSecret(one, spec);
            return Optional.of(new Step.Create(one, made, one.given(environment, mistakes)));
        }
        Json.Obj after = spec;
        if (one.key() instanceof Key.Application && spec.get("client_id").isEmpty()) {
            after = found.get()
                    .spec()
                    .get("client_id")
                    .map(id -> spec.with("client_id", id))
                    .orElse(spec);
        }
        if (one.key() instanceof Key.Organization) {
            after = AccessShape.settled(spec, found.get().spec());
            checkAccess(one, after);
        }
        if (one.key() instanceof Key.User && spec.get("password").isEmpty()) {
            after = found.get().spec().get("password").isPresent() ? spec.with("password", Wanted.GIVEN) : spec;
        }
        List<Difference> differences = Difference.of(found.get().spec(), after);
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        checkRights(one, spec);
        boolean anew =
                differences.stream().anyMatch(difference -> difference.member().equals("password"))
                        || ProviderChecks.secretBegins(one, spec, found.get());
        if (anew) {
            providers.needsSecret(one, spec);
        }
        Step.Change change = new Step.Change(
                one, after, found.get(), differences, anew ? one.given(environment, mistakes) : Optional.empty());
        for (String fixed : one.key() instanceof Key.Provider ? List.of(ProviderShape.ISSUER) : FIXED) {
            if (change.touches(fixed)) {
                mistakes.add(
                        one.place(),
                        "the " + fixed + " of " + one.key()
                                + " cannot change; give it another name to have another one");
            }
        }
        if (server.caller().standsOn(found.get().id())) {
            mistakes.add(
                    one.place(),
                    one.key() + " is what your own key stands on, and nobody changes that; use another key (it would"
                            + " change " + differences.getFirst().at() + ")");
        }
        return Optional.of(change);
    }

    /// What it says about where and by whom.
    private void checkPlace(Wanted one) {
        if (server.revoked().contains(one.key())) {
            mistakes.add(
                    one.place(), one.key() + " was revoked, which is for good and keeps its name; take another name");
        }
        switch (one.key()) {
            case Key.Api _
            when !server.caller().provider() ->
                mistakes.add(one.place(), "Apis are written by the provider, and your key is not the provider's");
            case Key.Organization(OrganizationPath path) -> {
                Key above = new Key.Organization(path.parent());
                if (!path.parent().top()
                        && !wanted.containsKey(above)
                        && server.at(above).isEmpty()) {
                    mistakes.add(
                            one.place(),
                            path + " is below " + path.parent() + ", which is neither here nor on the" + " server");
                }
                if (path.names().size() >= MAX_DEPTH) {
                    mistakes.add(one.place(), path + " is deeper than " + MAX_DEPTH + " organizations");
                }
            }
            case Key.Membership(OrganizationPath path, Key.User user) -> {
                if (!wanted.containsKey(user) && server.at(user).isEmpty()) {
                    mistakes.add(
                            one.place(),
                            user.name() + " cannot be a member of " + path + ": no user of that name has its home in "
                                    + user.organization() + ", neither here nor on the server; say home: PATH");
                }
            }
            case Key.Provider _ -> providers.check(one);
            case Key.Api _, Key.Role _, Key.Application _, Key.Credential _, Key.Customer _, Key.User _ -> {}
        }
        boolean beyond = one.spec().items("holds").stream().anyMatch(hold -> !hold.equals(new Json.Str("owner")));
        if (beyond && !server.caller().provider()) {
            mistakes.add(one.place(), "only the provider sets holds other than owner");
        }
    }

    /// What bounds others must be there, and stays for as long as it does.
    private void checkAccess(Wanted one, Json.Obj after) {
        boolean said = one.spec().get(AccessShape.ACCESS).isPresent();
        after.items(AccessShape.ACCESS).stream()
                .flatMap(entry -> AccessShape.references(entry).stream())
                .filter(key -> said || key instanceof Key.Role)
                .filter(key -> !wanted.containsKey(key)
                        && server.at(key).filter(found -> !goes(found)).isEmpty())
                .forEach(key ->
                        mistakes.add(one.place(), "access names " + key + ", which is neither here nor on the server"));
        if (AccessShape.twice(after)) {
            mistakes.add(one.place(), "access says twice, by one organization, what an application may do");
        }
    }

    private Optional<Key.Role> role(Wanted one) {
        return one.role().flatMap(name -> switch (one.key()) {
            case Key.Application(OrganizationPath organization, String _) -> references.role(organization, name);
            case Key.Membership(OrganizationPath organization, Key.User _) -> references.role(organization, name);
            case Key.Api _,
                    Key.Provider _,
                    Key.Organization _,
                    Key.Role _,
                    Key.Credential _,
                    Key.Customer _,
                    Key.User _ -> Optional.empty();
        });
    }

    /// A new credential takes the whole of a role that is there.
    private void checkWhole(Wanted one) {
        if (one.key() instanceof Key.Credential(Key.Holder holder, String _)
                && one.spec().get("scopes").equals(Optional.of(new Json.Str("role")))) {
            boolean wants = Optional.ofNullable(wanted.get(holder))
                    .flatMap(Wanted::role)
                    .isPresent();
            boolean has = server.at(holder)
                    .filter(found -> found.json().get("role").isPresent())
                    .isPresent();
            if (!wants && !has) {
                mistakes.add(one.place(), one.key() + " has scopes: role, and its " + holder.kind() + " has no role");
            }
        }
    }

    private void checkRights(Wanted one, Json.Obj spec) {
        switch (one.key()) {
            case Key.Role _ -> references.checkRights(one.place(), References.rights(spec, "rights"));
            case Key.Credential(Key.Holder holder, String _) -> {
                Json.Obj scopes = References.rights(spec, "scopes");
                references.checkRights(one.place(), scopes);
                Wanted above = wanted.get(holder);
                if (above != null) {
                    references.checkReach(
                            one.place(),
                            scopes,
                            above.role().flatMap(name -> references.role(holder.organization(), name)));
                }
                spec.items("apis").forEach(api -> references.checkApi(one.place(), Difference.shown(api)));
            }
            case Key.Api _,
                    Key.Provider _,
                    Key.Organization _,
                    Key.Application _,
                    Key.Customer _,
                    Key.User _,
                    Key.Membership _ -> {}
        }
    }

    /// Whether `--prune` takes it away: it is not in the files, and neither Gatehouse's own nor the caller's.
    /// Customers, users and members that the files do not name were not even looked at, and whoever takes an
    /// identity provider away says so: all who sign in by it are out.
    private boolean goes(Found one) {
        boolean needed = one.key() instanceof Key.Organization(OrganizationPath path) && mentioned.contains(path);
        boolean foreign = one.key() instanceof Key.Api && !server.caller().provider();
        return prune
                && !wanted.containsKey(one.key())
                && !one.fixed()
                && !(one.key() instanceof Key.Provider)
                && !needed
                && !foreign
                && !server.caller().standsOn(one.id());
    }

    /// Whether something above it goes too, and takes it along.
    private boolean below(Found one) {
        return switch (one.key()) {
            case Key.Api _, Key.Provider _ -> false;
            case Key.Organization(OrganizationPath path) -> gone(path.parent());
            case Key.Role(OrganizationPath path, String _) -> gone(path);
            case Key.Application(OrganizationPath path, String _) -> gone(path);
            case Key.Customer(OrganizationPath path, String _) -> gone(path);
            case Key.User(OrganizationPath path, String _) -> gone(path);
            case Key.Membership(OrganizationPath path, Key.User _) -> gone(path);
            case Key.Credential(Key.Holder holder, String _) ->
                gone(holder.organization())
                        || server.at(holder).filter(this::goes).isPresent();
        };
    }

    private boolean gone(OrganizationPath path) {
        return path.upwards().stream()
                .flatMap(above -> server.at(new Key.Organization(above)).stream())
                .anyMatch(this::goes);
    }
}
