package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Membership;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.Secret;
import dev.gatehouse.client.User;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Brings the OpenID provider of the demo to what it shows: the Api `accounts` where a person signs in, and three
/// applications that send it there.
///
/// @param before what an earlier start wrote down, whose secrets are still good if what they prove is there
/// @param app where the sample application is
record AccountsSetup(
        AdminClient admin, Maker maker, Optional<Accounts> before, Json.Obj wanted, URI app, RandomGenerator random) {
    static final String NAME = "accounts";
    static final String READ = "orders:read";
    private static final String USERNAME = "alice";
    private static final String SECRET = "Secret of the demo";
    private static final List<String> SCOPES = List.of(READ, "openid", "profile", "email", "offline_access");

    /// The scopes of the Api, as consent pages say them.
    static Json.Obj catalogue() {
        return Json.Obj.EMPTY
                .with(READ, Json.Obj.EMPTY.with("description", "See your orders"))
                .with("openid", Json.Obj.EMPTY.with("description", "Know who you are"))
                .with("profile", Json.Obj.EMPTY.with("description", "See your name"))
                .with("email", Json.Obj.EMPTY.with("description", "See your e-mail address"))
                .with("offline_access", Json.Obj.EMPTY.with("description", "Go on while you are away"));
    }

    Accounts run(String provider, Organization customer) {
        Optional<User> known = known(customer);
        Beside<User> alice = Beside.start(() -> known.orElseGet(() -> alice(customer)));
        Beside<Secret> password = Beside.start(() ->
                before.filter(_ -> known.isPresent()).map(Accounts::password).orElseGet(() -> password(alice.join())));
        String issuer = maker.api(wanted).issuer();
        Beside<Boolean> member = Beside.start(
                () -> member(customer, alice.join(), maker.role(provider, NAME + "-person", NAME, List.of(READ))));
        Role client = maker.role(provider, NAME + "-client", NAME, SCOPES);
        URI callback = app.resolve("/callback");
        List<Accounts.Client> clients = Stream.of(
                        Beside.start(() -> client(provider, client, "accounts-web", "client_secret", callback)),
                        Beside.start(() -> client(provider, client, "accounts-signer", "private_key_jwt", callback)),
                        Beside.start(() -> client(provider, client, "accounts-app", "none", app.resolve("/"))))
                .toList()
                .stream()
                .map(Beside::join)
                .toList();
        member.join();
        return new Accounts(issuer, app, USERNAME, password.join(), clients);
    }

    private Optional<User> known(Organization home) {
        return maker.found().users(home).stream()
                .filter(user -> user.username().equals(USERNAME))
                .findFirst();
    }

    private User alice(Organization home) {
        return admin.createUser(
                home.id(),
                Json.Obj.EMPTY
                        .with("username", USERNAME)
                        .with("name", "Alice Example")
                        .with("email", "alice@example.com"));
    }

    private Secret password(User user) {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        Secret drawn = Secret.of(HexFormat.of().formatHex(bytes));
        admin.setPassword(user.id(), drawn);
        return drawn;
    }

    /// Sees to it that a user has a role where it is at home.
    ///
    /// @return whether it had none
    private boolean member(Organization home, User user, Role role) {
        boolean missing =
                maker.found().memberships(home).stream().map(Membership::user).noneMatch(user.id()::equals);
        if (missing) {
            admin.createMembership(
                    home.id(), Json.Obj.EMPTY.with("user", user.id()).with("role", role.id()));
        }
        return missing;
    }

    private Accounts.Client client(String provider, Role role, String clientId, String method, URI redirect) {
        Json.Obj terms = Json.Obj.EMPTY
                .with("token_endpoint_auth_method", method)
                .with("grant_types", Json.strings(List.of("authorization_code", "refresh_token")))
                .with("redirect_uris", Json.strings(List.of(redirect.toString())))
                .with(
                        "post_logout_redirect_uris",
                        Json.strings(List.of(app.resolve("/").toString())));
        Optional<Application> known = maker.found().applications(provider).stream()
                .filter(application -> application.clientId().equals(clientId))
                .findFirst();
        known.filter(application -> terms.members().keySet().stream()
                        .anyMatch(term -> !application.json().get(term).equals(terms.get(term))))
                .ifPresent(application -> admin.patch(application.id(), terms, Guard.NONE));
        Application application = known.orElseGet(() -> admin.createApplication(
                provider,
                terms.with("name", "Sample " + clientId)
                        .with("client_id", clientId)
                        .with("role", role.id())));
        return new Accounts.Client(
                clientId,
                method.equals("client_secret") ? Optional.of(secret(application)) : Optional.empty(),
                method.equals("private_key_jwt") ? Optional.of(key(application)) : Optional.empty(),
                redirect.toString());
    }

    /// The secret that is in the file, or a new one; one that was lost is revoked.
    private Secret secret(Application application) {
        return kept(application, Accounts.Client::secret)
                .orElseGet(() -> admin.createCredential(application.id(), credential("secret"))
                        .secret()
                        .orElseThrow(() -> new DemoException("a new credential came without its secret")));
    }

    /// The same for the key that it signs with.
    private Secret key(Application application) {
        return kept(application, Accounts.Client::privateJwk).orElseGet(() -> {
            Json.Obj jwk = DemoJwk.draw(application.clientId());
            admin.createCredential(application.id(), credential("public_key").with("jwks", DemoJwk.open(jwk)));
            return Secret.of(jwk.compact());
        });
    }

    private static Json.Obj credential(String kind) {
        return Json.Obj.EMPTY.with("kind", kind).with("name", SECRET).with("scopes", "role");
    }

    private Optional<Secret> kept(Application application, Function<Accounts.Client, Optional<Secret>> of) {
        List<Credential> live = maker.found().credentials(application).stream()
                .filter(credential -> credential.name().equals(SECRET) && !credential.revoked())
                .toList();
        Optional<Secret> kept = before.stream()
                .flatMap(file -> file.clients().stream())
                .filter(client -> client.clientId().equals(application.clientId()))
                .flatMap(client -> of.apply(client).stream())
                .findFirst()
                .filter(_ -> !live.isEmpty());
        if (kept.isEmpty()) {
            live.forEach(lost -> admin.act(Action.REVOKE, lost.id(), Json.Obj.EMPTY));
        }
        return kept;
    }
}
