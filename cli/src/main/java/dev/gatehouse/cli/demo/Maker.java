package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Api;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Makes what is missing: everything is looked up by its name before.
///
/// @param before the file of an earlier start, whose secrets are still good if their credentials are there
record Maker(AdminClient admin, Found found, Optional<DemoFile> before) {
    private static final List<String> PLACES =
            List.of("issuer", "listener", "upstream", "products", "cors", "return_to");

    /// The Api of this name, moved to where it is wanted now; an earlier release made none for pages.
    Api api(Json.Obj wanted) {
        String name = wanted.text("name").orElseThrow();
        List<String> places = wanted.get("scopes")
                        .filter(scopes -> scopes.compact().contains("browser_safe"))
                        .isPresent()
                ? Stream.concat(PLACES.stream(), Stream.of("scopes")).toList()
                : PLACES;
        Optional<Api> known =
                found.apis().stream().filter(api -> api.name().equals(name)).findFirst();
        if (known.isEmpty()) {
            return admin.createApi(wanted);
        }
        Api api = known.get();
        if (places.stream().allMatch(place -> api.json().get(place).equals(wanted.get(place)))) {
            return api;
        }
        Json.Obj here = api.json().without("id").without("name").without("audience");
        for (String place : places) {
            Optional<Json> value = wanted.get(place);
            here = value.isPresent() ? here.with(place, value.get()) : here;
        }
        admin.replace(api.id(), here);
        return new Api(api.id(), api.name(), wanted.text("issuer").orElseThrow(), here);
    }

    Role role(String provider, String name, String api, List<String> scopes) {
        return found.roles(provider).stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseGet(() -> admin.createRole(
                        provider,
                        Json.Obj.EMPTY
                                .with("name", name)
                                .with("rights", Json.Obj.EMPTY.with(api, Json.strings(scopes)))));
    }

    Organization organization(String provider, String name) {
        return found.organizations(provider).stream()
                .filter(organization -> organization.name().equals(name))
                .findFirst()
                .orElseGet(() -> admin.createOrganization(
                        Json.Obj.EMPTY.with("name", name).with("parent", provider)));
    }

    /// @param clientId its public id when it is made; one of Gatehouse's when empty
    Application application(Organization customer, String name, Role role, Optional<String> clientId) {
        return found.applications(customer.id()).stream()
                .filter(application -> application.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    Json.Obj wanted = Json.Obj.EMPTY.with("name", name).with("role", role.id());
                    return admin.createApplication(
                            customer.id(),
                            clientId.map(id -> wanted.with("client_id", id)).orElse(wanted));
                });
    }

    void customer(Organization organization, String name) {
        boolean there = found.customers(organization).stream()
                .anyMatch(customer -> customer.name().equals(name));
        if (!there) {
            admin.createCustomer(organization.id(), Json.Obj.EMPTY.with("name", name));
        }
    }

    /// The credential whose secret is in the file, or a new one. One whose secret was lost, because an earlier
    /// start ended between making it and writing the file, is revoked.
    ///
    /// @param names what names it in the file
    /// @param given its secret when it is made; one that Gatehouse draws when empty
    DemoCredential credential(
            Application owner,
            String kind,
            Json.Obj wanted,
            Map<String, String> names,
            List<String> scopes,
            Optional<Supplier<Secret>> given) {
        Optional<DemoCredential> kept = before.stream()
                .flatMap(file -> file.apis().stream())
                .flatMap(api -> api.credentials().stream())
                .filter(credential -> credential.kind().equals(kind))
                .findFirst();
        List<Credential> live = found.credentials(owner).stream()
                .filter(credential ->
                        wanted.text("name").equals(Optional.of(credential.name())) && !credential.revoked())
                .toList();
        for (Credential credential : live) {
            if (kept.isPresent() && kept.get().credential().equals(credential.id())) {
                return kept.get();
            }
        }
        live.forEach(lost -> admin.act(Action.REVOKE, lost.id(), Json.Obj.EMPTY));
        Optional<Secret> own = given.map(Supplier::get);
        Credential made = admin.createCredential(
                owner.id(),
                own.map(secret -> wanted.with("secret", secret.reveal())).orElse(wanted));
        Secret secret =
                own.or(made::secret).orElseThrow(() -> new DemoException("a new credential came without its secret"));
        return new DemoCredential(kind, names, secret, made.id(), owner.id(), scopes);
    }
}
