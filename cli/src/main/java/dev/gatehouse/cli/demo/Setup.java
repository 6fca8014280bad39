package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.Admin;
import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.cli.demo.DemoFile.Probe;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Api;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.Secret;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.dialect.write.PublicUuid;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Brings an installation to what the demo shows, through its public admin API. A setup that was cut short is
/// finished by the next start.
final class Setup {
    private static final String READ = "orders:read";
    private static final String WRITE = "orders:write";
    private static final List<String> SCOPES = List.of(READ, WRITE);

    private final AdminClient admin;
    private final Admin access;
    private final Ports ports;
    private final RandomGenerator random;
    private final Maker maker;
    private final Optional<DemoFile> before;
    private final Crm crm;

    /// @param access goes into the file as it is
    /// @param before the file of an earlier start, whose secrets are still good if their credentials are there
    /// @param crm somebody else's platform
    /// @param fresh whether the installation was made by this start
    /// @param random a secure one, for secrets in the shapes of providers
    Setup(
            AdminClient admin,
            Admin access,
            Ports ports,
            Optional<DemoFile> before,
            Crm crm,
            boolean fresh,
            RandomGenerator random) {
        this.admin = admin;
        this.access = access;
        this.ports = ports;
        this.random = random;
        this.before = before;
        this.crm = crm;
        this.maker = new Maker(admin, new Found(admin, fresh), before);
    }

    /// @param provider the organization of the caller
    DemoFile run(String provider) {
        Organization customer = maker.organization(provider, "Acme");
        // None of these waits for another: each has an Api, roles and applications of its own.
        Beside<DemoApi> orders = Beside.start(() -> orders(provider, customer));
        Beside<Accounts> accounts = Beside.start(() -> accounts(provider, customer));
        List<Beside<DemoApi>> moved = Provider.ALL.stream()
                .map(one -> Beside.start(() -> moved(one, provider, customer)))
                .toList();
        List<DemoApi> apis = Stream.concat(Stream.of(orders), moved.stream())
                .map(Beside::join)
                .toList();
        return new DemoFile(access, at(Ports.UPSTREAM), apis, Optional.of(accounts.join()), Optional.of(crm));
    }

    private Accounts accounts(String provider, Organization customer) {
        return new AccountsSetup(admin, maker, before.flatMap(DemoFile::accounts), accountsApi(), at(Ports.APP), random)
                .run(provider, customer);
    }

    private Json.Obj accountsApi() {
        return wanted(AccountsSetup.NAME, List.of())
                .with("scopes", AccountsSetup.catalogue())
                .with(
                        "routes",
                        new Json.Arr(List.of(
                                route("GET", "/orders").with("all", Json.strings(List.of(AccountsSetup.READ))))))
                .with(
                        "cors",
                        Json.Obj.EMPTY.with(
                                "origins", Json.strings(List.of(at(Ports.APP).toString()))));
    }

    private URI at(String listener) {
        return URI.create("http://127.0.0.1:" + ports.of(listener));
    }

    private DemoApi orders(String provider, Organization customer) {
        Api api = maker.api(wanted(Ports.ORDERS, SCOPES)
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
                                route("GET", "/health").with("open", new Json.Bool(true))))));
        Role role = maker.role(provider, "orders-customer", Ports.ORDERS, SCOPES);
        Application shop = maker.application(customer, "Acme shop", role, Optional.of("acme-shop"));
        DemoCredential pair = maker.credential(
                shop,
                DemoCredential.KEY_PAIR,
                credential("secret", "Key pair of the demo", Ports.ORDERS, SCOPES),
                Map.of("id", shop.clientId()),
                SCOPES,
                Optional.empty());
        DemoCredential key = maker.credential(
                shop,
                DemoCredential.API_KEY,
                credential("api_key", "API key of the demo", Ports.ORDERS, SCOPES),
                Map.of(),
                SCOPES,
                Optional.empty());
        Probe probe = new Probe("GET", "/orders", READ);
        return new DemoApi(api.name(), "oauth", at(Ports.ORDERS), api.issuer(), probe, List.of(pair, key));
    }

    private static Json.Obj route(String method, String path) {
        return Json.Obj.EMPTY.with("methods", Json.strings(List.of(method))).with("path", path);
    }

    private Json.Obj wanted(String name, List<String> scopes) {
        Json.Obj catalogue = Json.Obj.EMPTY;
        for (String scope : scopes) {
            catalogue = catalogue.with(scope, Json.Obj.EMPTY.with("description", scope));
        }
        return Json.Obj.EMPTY
                .with("name", name)
                .with("issuer", at(name).toString())
                .with("listener", name)
                .with("upstream", at(Ports.UPSTREAM).toString())
                .with("scopes", catalogue);
    }

    private static Json.Obj credential(String kind, String name, String api, List<String> scopes) {
        return Json.Obj.EMPTY
                .with("kind", kind)
                .with("name", name)
                .with("scopes", Json.Obj.EMPTY.with(api, Json.strings(scopes)));
    }

    /// A provider that has moved in, and its customer, whose code stays as it was.
    private DemoApi moved(Provider one, String provider, Organization customer) {
        String name = one.dialect();
        Json.Obj products = Json.Obj.EMPTY;
        for (Map.Entry<String, String> product : one.products().entrySet()) {
            products = products.with(product.getKey(), at(name) + product.getValue());
        }
        Json.Obj spoken =
                wanted(name, one.scopes()).with("dialect", one.dialect()).with("routes", new Json.Arr(one.routes()));
        Json.Obj wanted = one.inPages() ? spoken.with("scopes", safe(one.scopes())) : spoken;
        Json.Obj placed = one.products().isEmpty() ? wanted : wanted.with("products", products);
        Api api = maker.api(
                one.kind().equals(Provider.CONNECTING)
                        ? placed.with(
                                "return_to", Json.strings(List.of(crm.redirect().toString())))
                        : placed);
        Role role = maker.role(provider, name + "-customer", name, one.scopes());
        Application application = maker.application(customer, "Acme at " + name, role, publicId(one));
        if (one.kind().equals("sfs_key")) {
            maker.customer(customer, Provider.CLIENT_KEY);
        }
        boolean keyOnly = one.publicId().isEmpty();
        DemoCredential credential = maker.credential(
                application,
                one.kind(),
                credential(keyOnly ? "api_key" : "secret", "Credential of the demo", name, one.scopes()),
                names(one, application, customer),
                one.scopes(),
                keyOnly ? Optional.empty() : Optional.of(this::secret));
        List<DemoCredential> more =
                new SecondCredentials(admin, maker, before, at(Ports.APP), random).of(one, customer, application, role);
        return new DemoApi(
                name,
                one.dialect(),
                at(name),
                api.issuer(),
                one.probe(),
                Stream.concat(Stream.of(credential), more.stream()).toList());
    }

    /// Scopes that keys in pages may have.
    private static Json.Obj safe(List<String> scopes) {
        Json.Obj catalogue = Json.Obj.EMPTY;
        for (String scope : scopes) {
            catalogue = catalogue.with(
                    scope, Json.Obj.EMPTY.with("description", scope).with("browser_safe", new Json.Bool(true)));
        }
        return catalogue;
    }

    /// A public id as the provider has them.
    private Optional<String> publicId(Provider one) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return one.publicId().map(name -> switch (one.kind()) {
            case "inbenta_secret" -> Base64.getEncoder().encodeToString(bytes);
            case "nomba_client" -> UUID.nameUUIDFromBytes(bytes).toString();
            default -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
    }

    private static Map<String, String> names(Provider one, Application application, Organization customer) {
        Map<String, String> names = new LinkedHashMap<>();
        one.publicId().ifPresent(name -> names.put(name, application.clientId()));
        switch (one.kind()) {
            case "sfs_key" -> names.put("clientKey", Provider.CLIENT_KEY);
            case "nomba_client" ->
                names.put(
                        "accountId",
                        PublicUuid.of(Id.parse(Kind.ORGANIZATION, customer.id()).orElseThrow()));
            default -> {}
        }
        return names;
    }

    /// 44 letters and digits.
    private Secret secret() {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 44; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return Secret.of(text.toString());
    }
}
