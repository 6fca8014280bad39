package dev.gatehouse.cli.apply;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.server.config.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Writes what a server has as the files that [Plan] reads: no ids, no secrets, always in the same order.
public final class Export {
    /// The files that are written.
    static final List<String> FILES = List.of("apis.yaml", "organizations.yaml");

    private static final String HEADER =
            "# Written by `gatehouse export`; `gatehouse apply` reads it. It holds no secrets.\n";

    /// What was written, or why nothing was.
    public sealed interface Made {
        /// The files are there.
        ///
        /// @param notes what could not be written as it is
        record Good(List<Path> files, List<String> notes) implements Made {}

        /// Nothing was written.
        record Wrong(List<Mistake> mistakes) implements Made {}
    }

    private Export() {}

    /// Writes the files into a folder. One that has other YAML files is left alone: files and export would say
    /// the same things twice.
    public static Made write(AdminClient client, Path folder) throws IOException {
        Mistakes mistakes = new Mistakes();
        if (Files.exists(folder)) {
            Folder.files(folder, mistakes).stream()
                    .filter(file -> !FILES.contains(folder.relativize(file).toString()))
                    .forEach(file -> mistakes.add(
                            file.toString(), "is not one of those that are written here; take another folder"));
        }
        if (!mistakes.none()) {
            return new Made.Wrong(mistakes.all());
        }
        Server server = Survey.of(client, new Extent.All(Set.of(), true), mistakes);
        if (!mistakes.none()) {
            return new Made.Wrong(mistakes.all());
        }
        Files.createDirectories(folder);
        Path apis = folder.resolve(FILES.getFirst());
        Path organizations = folder.resolve(FILES.getLast());
        boolean provider = server.caller().provider();
        if (provider) {
            Json.Obj providers = providers(server);
            Json.Obj file = Json.Obj.EMPTY.with("apis", apis(server));
            Files.writeString(
                    apis,
                    HEADER + YamlText.of(Value.empty(providers) ? file : file.with(ProviderShape.FILE_KEY, providers)));
        } else {
            Files.deleteIfExists(apis);
        }
        Files.writeString(
                organizations, HEADER + YamlText.of(Json.Obj.EMPTY.with("organizations", organizations(server))));
        return new Made.Good(provider ? List.of(apis, organizations) : List.of(organizations), server.notes());
    }

    private static Json.Obj apis(Server server) {
        Json.Obj apis = Json.Obj.EMPTY;
        for (Found one : server.found().values()) {
            if (one.key() instanceof Key.Api(String name) && !one.fixed()) {
                apis = apis.with(name, one.spec());
            }
        }
        return apis;
    }

    private static Json.Obj providers(Server server) {
        Json.Obj providers = Json.Obj.EMPTY;
        for (Found one : server.found().values()) {
            if (one.key() instanceof Key.Provider(String name)) {
                providers = providers.with(name, one.spec());
            }
        }
        return providers;
    }

    private static Json.Obj organizations(Server server) {
        References references = new References(new Mistakes());
        server.all().forEach(one -> references.add(one.key(), one.spec()));
        Map<OrganizationPath, Json.Obj> below = new TreeMap<>();
        below.put(OrganizationPath.TOP, Json.Obj.EMPTY);
        Map<Key, Json.Obj> applications = new LinkedHashMap<>();
        for (Found one : server.found().values()) {
            if (one.fixed()) {
                continue;
            }
            switch (one.key()) {
                case Key.Api _, Key.Provider _, Key.Customer _ -> {}
                case Key.Organization(OrganizationPath path) -> below.put(path, DefaultRoleShape.written(one.spec()));
                case Key.Role(OrganizationPath path, String name) ->
                    below.computeIfPresent(path, (_, was) -> within(was, "roles", name, one.spec()));
                case Key.Application(OrganizationPath path, String _) ->
                    applications.put(one.key(), withRole(references, path, one.spec(), "client_id"));
                case Key.User(OrganizationPath path, String name) ->
                    below.computeIfPresent(path, (_, was) -> within(was, "users", name, one.spec()));
                case Key.Membership(OrganizationPath path, Key.User user) -> {
                    Json.Obj spec = path.equals(user.organization())
                            ? one.spec()
                            : one.spec().with("home", user.organization().toString());
                    Json.Obj written = withRole(references, path, spec, "home");
                    below.computeIfPresent(path, (_, was) -> within(was, "members", user.name(), written));
                }
                case Key.Credential(Key.Application application, String name) ->
                    applications.computeIfPresent(
                            application, (_, was) -> within(was, "credentials", name, one.spec()));
                case Key.Credential(Key.Membership member, String name) ->
                    below.computeIfPresent(
                            member.organization(),
                            (_, was) -> within(
                                    was,
                                    "members",
                                    member.name(),
                                    within(
                                            References.rights(References.rights(was, "members"), member.name()),
                                            "credentials",
                                            name,
                                            one.spec())));
            }
        }
        applications.forEach((key, spec) -> {
            if (key instanceof Key.Application(OrganizationPath path, String name)) {
                below.computeIfPresent(path, (_, was) -> within(was, "applications", name, spec));
            }
        });
        Json.Obj organizations = Json.Obj.EMPTY;
        for (Map.Entry<OrganizationPath, Json.Obj> one : below.entrySet()) {
            organizations = organizations.with(one.getKey().toString(), one.getValue());
        }
        return organizations;
    }

    /// With its role after the member that comes first.
    private static Json.Obj withRole(References references, OrganizationPath path, Json.Obj spec, String first) {
        Optional<Json> role = spec.get("role")
                .map(value -> value instanceof Json.Obj reference ? references.written(path, reference) : value);
        Json.Obj out = Json.Obj.EMPTY;
        Optional<Json> before = spec.get(first);
        out = before.isPresent() ? out.with(first, before.get()) : out;
        out = role.isPresent() ? out.with("role", role.get()) : out;
        for (Map.Entry<String, Json> member : spec.members().entrySet()) {
            if (!out.members().containsKey(member.getKey())) {
                out = out.with(member.getKey(), member.getValue());
            }
        }
        return out;
    }

    private static Json.Obj within(Json.Obj object, String section, String name, Json value) {
        return object.with(section, References.rights(object, section).with(name, value));
    }
}
