package dev.gatehouse.cli.apply;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Page;
import dev.gatehouse.client.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at what a server has, through its admin API, and brings it into the normal form of files.
final class Survey {
    private static final String ADMIN_API = "gatehouse";
    private static final String BOOTSTRAP = "bootstrap";

    private final AdminClient client;
    private final Extent extent;
    private final Mistakes mistakes;
    private final Caller caller;
    private final Map<Key, Found> found = new LinkedHashMap<>();
    private final Set<Key> revoked = new HashSet<>();
    private final Map<OrganizationPath, String> organizations = new HashMap<>();
    private final Map<String, Key.Role> roles = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Survey(AdminClient client, Extent extent, Mistakes mistakes) {
        this.client = client;
        this.extent = extent;
        this.mistakes = mistakes;
        this.caller = Caller.of(client);
    }

    /// Looks as far as the extent goes. A value that this command does not know is a mistake: the server is
    /// newer.
    static Server of(AdminClient client, Extent extent, Mistakes mistakes) {
        Survey survey = new Survey(client, extent, mistakes);
        Page.all(client::apis).forEach(api -> {
            boolean fixed = api.name().equals(ADMIN_API);
            Json.Obj spec = fixed ? api.json() : ApiShape.normal(api.json(), mistakes);
            survey.put(new Key.Api(api.name()), api.id(), api.json(), spec, fixed);
        });
        survey.enter(OrganizationPath.TOP, survey.caller.organization());
        return new Server(survey.caller, survey.found, survey.revoked, survey.organizations, survey.notes);
    }

    private void enter(OrganizationPath path, String id) {
        organizations.put(path, id);
        if (!extent.enters(path)) {
            return;
        }
        byName(Page.all(ask -> client.roles(id, ask)).stream(), Role::name).forEach(role -> role(path, role));
        byName(Page.all(ask -> client.applications(id, ask)).stream(), Application::name)
                .forEach(application -> application(new Key.Application(path, application.name()), application));
        byName(Page.all(ask -> client.organizations(Optional.of(id), ask)).stream(), Organization::name)
                .forEach(child -> organization(path.child(child.name()), child));
        extent.customers(path)
                .forEach(key -> client.customers(id, Page.Ask.named(key.name())).items().stream()
                        .findFirst()
                        .ifPresent(customer -> customer(key, customer.json())));
    }

    private void customer(Key.Customer key, Json.Obj shown) {
        if (over(shown)) {
            revoked.add(key);
        } else {
            put(key, shown.text("id").orElse(""), shown, standing(Values.STANDING, shown), false);
        }
    }

    private void organization(OrganizationPath path, Organization organization) {
        Key key = new Key.Organization(path);
        if (over(organization.json())) {
            revoked.add(key);
            return;
        }
        put(key, organization.id(), organization.json(), standing(Values.STANDING, organization.json()), false);
        enter(path, organization.id());
    }

    private void role(OrganizationPath path, Role role) {
        Key.Role key = new Key.Role(path, role.name());
        roles.put(role.id(), key);
        boolean builtIn = role.json().get("built_in").equals(Optional.of(new Json.Bool(true)));
        put(key, role.id(), role.json(), Nouns.ROLE.normal(role.json(), mistakes), builtIn);
    }

    private void application(Key.Application key, Application application) {
        if (over(application.json())) {
            revoked.add(key);
            return;
        }
        Json.Obj shown = application.json();
        boolean own = application.clientId().equals(application.id());
        Json.Obj spec = standing(Nouns.APPLICATION, own ? shown.without("client_id") : shown);
        if (application.role().isPresent()) {
            Optional<Key.Role> role = application.role().map(roles::get);
            if (role.isEmpty()) {
                notes.add("the role of " + key + " is of an organization above yours; it is left as it is");
            }
            spec = role.isPresent() ? spec.with("role", reference(role.get())) : spec;
        }
        boolean fixed = caller.provider()
                && key.organization().top()
                && application.clientId().equals(BOOTSTRAP);
        put(key, application.id(), shown, spec, fixed);
        if (extent.enters(key) && !fixed) {
            credentials(key, application.id());
        }
    }

    /// The names of credentials may repeat, as they do while one replaces another: the newest stands for the
    /// name.
    private void credentials(Key.Application application, String id) {
        Map<String, List<Credential>> byName = new LinkedHashMap<>();
        byName(Page.all(ask -> client.credentials(id, ask)).stream(), Credential::name)
                .filter(credential -> !credential.revoked())
                .forEach(credential -> byName.computeIfAbsent(credential.name(), _ -> new ArrayList<>())
                        .add(credential));
        byName.forEach((name, all) -> {
            Key key = new Key.Credential(application, name);
            Credential newest = all.stream().max(AGE).orElseThrow();
            if (all.size() > 1) {
                notes.add(all.size() + " live credentials have the name of " + key + "; the newest is meant");
            }
            boolean test = newest.hint().matches("gh[ks]_test_.*");
            Json.Obj shown = test ? newest.json().with("environment", "test") : newest.json();
            put(key, newest.id(), newest.json(), standing(Nouns.CREDENTIAL, shown), false);
        });
    }

    private static final Comparator<Credential> AGE = Comparator.<Credential, Boolean>comparing(
                    credential -> !credential.json().text("state").equals(Optional.of("expired")))
            .thenComparing(credential ->
                    credential.json().text("created_at").map(Instant::parse).orElse(Instant.MIN))
            .thenComparing(Credential::id);

    /// Whoever is not the provider neither sets nor lifts holds but the owner's.
    private Json.Obj standing(Shape shape, Json.Obj shown) {
        List<Json> settable = shown.items("holds").stream()
                .filter(hold -> caller.provider() || hold.equals(new Json.Str("owner")))
                .toList();
        return shape.normal(shown.with("holds", new Json.Arr(settable)), mistakes);
    }

    /// A role as a member of an application's normal form.
    static Json.Obj reference(Key.Role role) {
        return Json.Obj.EMPTY
                .with("name", role.name())
                .with("organization", role.organization().toString());
    }

    private void put(Key key, String id, Json.Obj json, Json.Obj spec, boolean fixed) {
        found.put(key, new Found(key, id, json, spec, fixed));
    }

    private static boolean over(Json.Obj shown) {
        return shown.text("state").equals(Optional.of("revoked"));
    }

    private static <T> Stream<T> byName(Stream<T> all, java.util.function.Function<T, String> name) {
        return all.sorted(Comparator.comparing(name));
    }
}
