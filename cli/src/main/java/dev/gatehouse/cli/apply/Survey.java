package dev.gatehouse.cli.apply;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.GatehouseException;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Membership;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Page;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.User;
import dev.gatehouse.core.member.ProfileClaim;
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
import java.util.TreeMap;
import java.util.stream.Stream;

/// Looks at what a server has, through its admin API, and brings it into the normal form of files.
final class Survey {
    private static final String ADMIN_API = "gatehouse";
    private static final String NO_PEOPLE = "your key may not see users and members (users:read); they are left out";
    private static final String BOOTSTRAP = "bootstrap";

    private final AdminClient client;
    private final Extent extent;
    private final Mistakes mistakes;
    private final Caller caller;
    private final Map<Key, Found> found = new LinkedHashMap<>();
    private final Set<Key> revoked = new HashSet<>();
    private final Map<OrganizationPath, String> organizations = new HashMap<>();
    private final Map<String, Key.Role> roles = new HashMap<>();
    private final Map<String, Key.Application> applications = new HashMap<>();
    private final Map<String, Key.User> users = new HashMap<>();
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
        survey.members();
        survey.providers();
        return new Server(survey.caller, survey.found, survey.revoked, survey.organizations, survey.notes);
    }

    /// Those that files name, or all for an export. They are the provider's alone.
    private void providers() {
        boolean asked = extent.keys().stream().anyMatch(Key.Provider.class::isInstance);
        if (!caller.provider() || !(asked || extent.everybody())) {
            return;
        }
        Map<String, OrganizationPath> paths = new HashMap<>();
        organizations.forEach((path, id) -> paths.put(id, path));
        client.identityProviders().items().forEach(shown -> {
            String name = shown.text("name").orElse("");
            Json.Obj spec = ProviderShape.normal(name, shown, paths, roles);
            put(new Key.Provider(name), shown.text("id").orElse(""), shown, spec, false);
        });
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
        users(path, id);
    }

    private void users(OrganizationPath home, String id) {
        if (extent.everybody()) {
            permitted(() -> byName(Page.all(ask -> client.users(id, ask)).stream(), User::username)
                    .forEach(user -> user(new Key.User(home, user.username()), user)));
            return;
        }
        extent.users(home)
                .forEach(key -> client.users(id, Page.Ask.named(key.name())).items().stream()
                        .findFirst()
                        .ifPresent(user -> user(key, user)));
    }

    /// Looks at people, if the key may; one that may not exports everything else.
    private void permitted(Runnable look) {
        try {
            look.run();
        } catch (GatehouseException.Refused refused) {
            if (refused.status() != 403) {
                throw refused;
            }
            if (!notes.contains(NO_PEOPLE)) {
                notes.add(NO_PEOPLE);
            }
        }
    }

    /// Whether it has a password is asked for those alone that files name.
    private void user(Key.User key, User user) {
        if (over(user.json())) {
            revoked.add(key);
            return;
        }
        Json.Obj profile = Json.Obj.EMPTY;
        for (ProfileClaim claim : ProfileClaim.values()) {
            Optional<Json> value = user.json().get(claim.wire());
            profile = value.isPresent() ? profile.with(claim.wire(), value.get()) : profile;
        }
        // A claim of OpenID Connect has the name of what they all are.
        Json.Obj shown = user.json().without("profile");
        Json.Obj spec = standing(Nouns.USER, profile.members().isEmpty() ? shown : shown.with("profile", profile));
        boolean asked = !extent.everybody() && client.hasPassword(user.id());
        users.put(user.id(), key);
        put(key, user.id(), user.json(), asked ? spec.with("password", Wanted.GIVEN) : spec, false);
    }

    /// Those of users whose home is seen, when all users are known.
    private void members() {
        if (extent.everybody()) {
            new TreeMap<>(organizations)
                    .forEach((path, id) -> permitted(() -> Page.all(ask -> client.memberships(id, ask)).stream()
                            .filter(one -> !over(one.json()))
                            .sorted(Comparator.comparing(this::username))
                            .forEach(one -> member(path, one))));
            return;
        }
        extent.memberships()
                .forEach(key -> Optional.ofNullable(found.get(key.user()))
                        .flatMap(user -> Page.all(ask -> client.membershipsOf(user.id(), ask)).stream()
                                .filter(one -> one.organization().equals(organizations.get(key.organization())))
                                .findFirst())
                        .ifPresent(one -> member(key.organization(), one)));
    }

    private String username(Membership membership) {
        return Optional.ofNullable(users.get(membership.user()))
                .map(Key.User::name)
                .orElse("");
    }

    private void member(OrganizationPath path, Membership membership) {
        Optional<Key.User> user = Optional.ofNullable(users.get(membership.user()));
        if (user.isEmpty()) {
            notes.add("a member of " + path + " has its home outside of your organization; it is left out");
            return;
        }
        Key.Membership key = new Key.Membership(path, user.get());
        Json.Obj spec = withRole(key, standing(Values.STANDING, membership.json()), membership.role());
        put(key, membership.id(), membership.json(), spec, false);
        if (extent.enters(key)) {
            credentials(key, membership.id());
        }
    }

    private Json.Obj withRole(Key key, Json.Obj spec, Optional<String> id) {
        Optional<Key.Role> role = id.map(roles::get);
        if (id.isPresent() && role.isEmpty()) {
            notes.add("the role of " + key + " is of an organization above yours; it is left as it is");
        }
        return role.map(one -> spec.with("role", reference(one))).orElse(spec);
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
        Json.Obj json = organization.json();
        Map<String, OrganizationPath> named = new HashMap<>();
        organizations.forEach((above, id) -> named.put(id, above));
        boolean sayer = caller.provider() || path.parent().top();
        Json.Arr access = AccessShape.named(json, applications, roles, named, sayer);
        if (access.items().size() < json.items(AccessShape.ACCESS).size()) {
            notes.add("what is said of access to " + path + " by others than you, or of what is in no files, stays");
        }
        Json.Obj shown = DefaultRoleShape.shown(json.with(AccessShape.ACCESS, access));
        put(key, organization.id(), json, standing(Nouns.ORGANIZATION, shown), false);
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
        if (Kept.by(application.clientId())) {
            notes.add(Kept.note(key));
            return;
        }
        Json.Obj shown = application.json();
        boolean own = application.clientId().equals(application.id());
        Json.Obj spec = withRole(
                key, standing(Nouns.APPLICATION, own ? shown.without("client_id") : shown), application.role());
        boolean fixed = caller.provider()
                && key.organization().top()
                && application.clientId().equals(BOOTSTRAP);
        applications.put(application.id(), key);
        put(key, application.id(), shown, spec, fixed);
        if (extent.enters(key) && !fixed) {
            credentials(key, application.id());
        }
    }

    /// The names of credentials may repeat, as they do while one replaces another: the newest stands for the
    /// name.
    private void credentials(Key.Holder holder, String id) {
        Map<String, List<Credential>> byName = new LinkedHashMap<>();
        byName(Page.all(ask -> client.credentials(id, ask)).stream(), Credential::name)
                .filter(credential -> !credential.revoked())
                .forEach(credential -> byName.computeIfAbsent(credential.name(), _ -> new ArrayList<>())
                        .add(credential));
        byName.forEach((name, all) -> {
            Key key = new Key.Credential(holder, name);
            Credential newest = all.stream().max(AGE).orElseThrow();
            if (all.size() > 1) {
                notes.add(all.size() + " live credentials have the name of " + key + "; the newest is meant");
            }
            boolean test = newest.hint().matches("gh[ksgu]_test_.*");
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
