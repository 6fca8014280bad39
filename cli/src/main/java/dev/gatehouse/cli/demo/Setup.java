package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.Admin;
import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.cli.demo.DemoFile.Probe;
import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Api;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Page;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Brings an installation to what the demo shows, through its public admin API: everything is looked up by its
/// name and made when it is missing, so that a setup that was cut short is finished by the next start.
final class Setup {
    private static final String READ = "orders:read";
    private static final String WRITE = "orders:write";
    private static final List<String> SCOPES = List.of(READ, WRITE);

    private final AdminClient admin;
    private final Admin access;
    private final Ports ports;
    private final Optional<DemoFile> before;

    /// @param access goes into the file as it is
    /// @param before the file of an earlier start, whose secrets are still good if their credentials are there
    Setup(AdminClient admin, Admin access, Ports ports, Optional<DemoFile> before) {
        this.admin = admin;
        this.access = access;
        this.ports = ports;
        this.before = before;
    }

    DemoFile run() {
        String provider = own("organization");
        Api api = orders();
        Role role = role(provider);
        Organization customer = customer(provider);
        Application shop = application(customer, role);
        DemoCredential pair = credential(shop, DemoCredential.KEY_PAIR, "secret", "Key pair of the demo");
        DemoCredential key = credential(shop, DemoCredential.API_KEY, "api_key", "API key of the demo");
        return new DemoFile(
                access,
                upstream(),
                List.of(new DemoApi(
                        api.name(),
                        "oauth",
                        base(),
                        api.issuer(),
                        new Probe("GET", "/orders", READ),
                        List.of(pair, key))));
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + ports.of(Ports.ORDERS));
    }

    private URI upstream() {
        return URI.create("http://127.0.0.1:" + ports.of(Ports.UPSTREAM));
    }

    /// The id of something of the caller's own.
    private String own(String noun) {
        return admin.whoami()
                .get(noun)
                .flatMap(value -> value instanceof Json.Obj object ? object.text("id") : Optional.empty())
                .orElseThrow(() -> new DemoException("the admin API does not say whose key this is"));
    }

    private Api orders() {
        Json.Obj wanted = wanted();
        Optional<Api> known = Page.all(admin::apis).stream()
                .filter(api -> api.name().equals(Ports.ORDERS))
                .findFirst();
        if (known.isEmpty()) {
            return admin.createApi(wanted);
        }
        Api api = known.get();
        boolean moved = List.of("issuer", "listener", "upstream").stream()
                .anyMatch(name -> !api.json().text(name).equals(wanted.text(name)));
        if (moved) {
            Json.Obj rest = api.json().without("id").without("name").without("audience");
            Json.Obj here = rest.with("issuer", base().toString())
                    .with("listener", Ports.ORDERS)
                    .with("upstream", upstream().toString());
            admin.replace(api.id(), here);
            return new Api(api.id(), api.name(), base().toString(), here);
        }
        return api;
    }

    private Json.Obj wanted() {
        return Json.Obj.EMPTY
                .with("name", Ports.ORDERS)
                .with("issuer", base().toString())
                .with("listener", Ports.ORDERS)
                .with("upstream", upstream().toString())
                .with(
                        "scopes",
                        Json.Obj.EMPTY
                                .with(READ, Json.Obj.EMPTY.with("description", "See orders"))
                                .with(WRITE, Json.Obj.EMPTY.with("description", "Place orders")))
                .with(
                        "routes",
                        new Json.Arr(List.of(
                                route("GET", "/orders").with("all", Json.strings(List.of(READ))),
                                route("POST", "/orders").with("all", Json.strings(List.of(WRITE))),
                                route("GET", "/health").with("open", new Json.Bool(true)))));
    }

    private static Json.Obj route(String method, String path) {
        return Json.Obj.EMPTY.with("methods", Json.strings(List.of(method))).with("path", path);
    }

    private Role role(String provider) {
        String name = "orders-customer";
        return Page.all(ask -> admin.roles(provider, ask)).stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseGet(() -> admin.createRole(
                        provider,
                        Json.Obj.EMPTY
                                .with("name", name)
                                .with("rights", Json.Obj.EMPTY.with(Ports.ORDERS, Json.strings(SCOPES)))));
    }

    private Organization customer(String provider) {
        String name = "Acme";
        return Page.all(ask -> admin.organizations(Optional.of(provider), ask)).stream()
                .filter(organization -> organization.name().equals(name))
                .findFirst()
                .orElseGet(() -> admin.createOrganization(
                        Json.Obj.EMPTY.with("name", name).with("parent", provider)));
    }

    private Application application(Organization customer, Role role) {
        String name = "Acme shop";
        return Page.all(ask -> admin.applications(customer.id(), ask)).stream()
                .filter(application -> application.name().equals(name))
                .findFirst()
                .orElseGet(() -> admin.createApplication(
                        customer.id(),
                        Json.Obj.EMPTY
                                .with("name", name)
                                .with("client_id", "acme-shop")
                                .with("role", role.id())));
    }

    /// The credential whose secret is in the file, or a new one. One whose secret was lost, because an earlier
    /// start ended between making it and writing the file, is revoked.
    private DemoCredential credential(Application shop, String kind, String wire, String name) {
        Optional<DemoCredential> kept = before.stream()
                .flatMap(file -> file.apis().stream())
                .flatMap(api -> api.credentials().stream())
                .filter(credential -> credential.kind().equals(kind))
                .findFirst();
        List<Credential> live = Page.all(ask -> admin.credentials(shop.id(), ask)).stream()
                .filter(credential -> credential.name().equals(name) && !credential.revoked())
                .toList();
        for (Credential credential : live) {
            if (kept.isPresent() && kept.get().credential().equals(credential.id())) {
                return kept.get();
            }
        }
        live.forEach(lost -> admin.act(Action.REVOKE, lost.id(), Json.Obj.EMPTY));
        Credential made = admin.createCredential(
                shop.id(),
                Json.Obj.EMPTY
                        .with("kind", wire)
                        .with("name", name)
                        .with("scopes", Json.Obj.EMPTY.with(Ports.ORDERS, Json.strings(SCOPES))));
        Secret secret = made.secret().orElseThrow(() -> new DemoException("a new credential came without its secret"));
        Optional<String> id = kind.equals(DemoCredential.KEY_PAIR) ? Optional.of(shop.clientId()) : Optional.empty();
        return new DemoCredential(kind, id, secret, made.id(), shop.id(), SCOPES);
    }
}
