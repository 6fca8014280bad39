package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Membership;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.Secret;
import dev.gatehouse.client.User;
import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What customers of some providers have besides: Inbenta's a key for their pages, Infobip's a person with a
/// name and a password.
///
/// @param before the file of an earlier start
/// @param app where the pages of the demo are
record SecondCredentials(AdminClient admin, Maker maker, Optional<DemoFile> before, URI app, RandomGenerator random) {
    private static final String USERNAME = "acme-infobip";

    /// Those of one provider's customer.
    ///
    /// @param application that the customer's servers are
    /// @param role what the customer may do
    List<DemoCredential> of(Provider one, Organization customer, Application application, Role role) {
        return switch (one.dialect()) {
            case "inbenta" -> List.of(domainKey(one, application));
            case "infobip" -> List.of(person(one, customer, role));
            default -> List.of();
        };
    }

    /// Pages may have moved since an earlier start.
    private DemoCredential domainKey(Provider one, Application application) {
        Json.Arr origins = Json.strings(List.of(app.toString()));
        Map<String, String> names = new LinkedHashMap<>();
        names.put("x-inbenta-key", application.clientId());
        names.put(DemoFileJson.ORIGINS, app.toString());
        DemoCredential key = maker.credential(
                application,
                DemoCredential.DOMAIN_KEY,
                Json.Obj.EMPTY
                        .with("kind", "domain_key")
                        .with("name", "Domain key of the demo")
                        .with("scopes", Json.Obj.EMPTY.with(one.dialect(), Json.strings(one.scopes())))
                        .with("origins", origins),
                names,
                one.scopes(),
                Optional.empty());
        if (!key.names().equals(names)) {
            admin.patch(key.credential(), Json.Obj.EMPTY.with("origins", origins), Guard.NONE);
        }
        return new DemoCredential(key.kind(), names, key.secret(), key.credential(), key.application(), key.scopes());
    }

    private DemoCredential person(Provider one, Organization home, Role role) {
        Optional<User> known = maker.found().users(home).stream()
                .filter(user -> user.username().equals(USERNAME))
                .findFirst();
        User user = known.orElseGet(() -> admin.createUser(
                home.id(), Json.Obj.EMPTY.with("username", USERNAME).with("name", "Acme")));
        if (maker.found().memberships(home).stream().map(Membership::user).noneMatch(user.id()::equals)) {
            admin.createMembership(
                    home.id(), Json.Obj.EMPTY.with("user", user.id()).with("role", role.id()));
        }
        return before.stream()
                .flatMap(file -> file.apis().stream())
                .flatMap(api -> api.credentials().stream())
                .filter(kept -> kept.kind().equals(DemoCredential.PERSON)
                        && kept.application().equals(user.id()))
                .findFirst()
                .orElseGet(() -> password(one, user));
    }

    private DemoCredential password(Provider one, User user) {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        Secret drawn = Secret.of(HexFormat.of().formatHex(bytes));
        String credential = admin.setPassword(user.id(), drawn).text("id").orElseThrow();
        return new DemoCredential(
                DemoCredential.PERSON, Map.of("username", USERNAME), drawn, credential, user.id(), one.scopes());
    }
}
