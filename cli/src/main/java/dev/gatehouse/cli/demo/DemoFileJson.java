package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.Admin;
import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.cli.demo.DemoFile.Probe;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The spelling of [DemoFile].
final class DemoFileJson {
    /// Members that are Gatehouse's, not the provider's.
    private static final List<String> OURS = List.of("kind", "credential", "application", "scopes");

    /// The one name that there may be several of: words with blanks between them here, a list in the file.
    static final String ORIGINS = "origins";

    private DemoFileJson() {}

    static Json.Obj write(DemoFile file) {
        Json.Obj admin = Json.Obj.EMPTY
                .with("base", file.admin().base().toString())
                .with("key", file.admin().key().reveal());
        Json.Obj all = Json.Obj.EMPTY
                .with("admin", admin)
                .with("upstream", file.upstream().toString())
                .with(
                        "apis",
                        new Json.Arr(file.apis().stream()
                                .<Json>map(DemoFileJson::api)
                                .toList()));
        Json.Obj more = file.accounts()
                .map(accounts -> all.with("accounts", AccountsJson.write(accounts)))
                .orElse(all);
        return file.crm().map(crm -> more.with("crm", crm.json())).orElse(more);
    }

    private static Json.Obj api(DemoApi api) {
        Json.Obj probe = Json.Obj.EMPTY
                .with("method", api.probe().method())
                .with("path", api.probe().path())
                .with("scope", api.probe().scope());
        return Json.Obj.EMPTY
                .with("name", api.name())
                .with("dialect", api.dialect())
                .with("base", api.base().toString())
                .with("issuer", api.issuer())
                .with("probe", probe)
                .with(
                        "credentials",
                        new Json.Arr(api.credentials().stream()
                                .<Json>map(DemoFileJson::credential)
                                .toList()));
    }

    private static Json.Obj credential(DemoCredential credential) {
        Json.Obj proof = Json.Obj.EMPTY.with("kind", credential.kind());
        for (Map.Entry<String, String> name : credential.names().entrySet()) {
            Json value = name.getKey().equals(ORIGINS)
                    ? Json.strings(List.of(name.getValue().split(" ", -1)))
                    : new Json.Str(name.getValue());
            proof = proof.with(name.getKey(), value);
        }
        proof = proof.with(
                DemoCredential.secretName(credential.kind()).orElseThrow(),
                credential.secret().reveal());
        return proof.with("credential", credential.credential())
                .with("application", credential.application())
                .with("scopes", Json.strings(credential.scopes()));
    }

    static Optional<DemoFile> read(Json.Obj json) {
        try {
            Json.Obj admin = object(json.get("admin").orElseThrow());
            return Optional.of(new DemoFile(
                    new Admin(uri(admin, "base"), Secret.of(text(admin, "key"))),
                    uri(json, "upstream"),
                    objects(json, "apis").stream().map(DemoFileJson::readApi).toList(),
                    json.get("accounts").map(DemoFileJson::object).map(AccountsJson::read),
                    json.get("crm").map(DemoFileJson::object).map(Crm::read)));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static DemoApi readApi(Json.Obj json) {
        Json.Obj probe = object(json.get("probe").orElseThrow());
        return new DemoApi(
                text(json, "name"),
                text(json, "dialect"),
                uri(json, "base"),
                text(json, "issuer"),
                new Probe(text(probe, "method"), text(probe, "path"), text(probe, "scope")),
                objects(json, "credentials").stream()
                        .map(DemoFileJson::readCredential)
                        .toList());
    }

    private static DemoCredential readCredential(Json.Obj json) {
        String kind = text(json, "kind");
        String secret = DemoCredential.secretName(kind).orElseThrow();
        Map<String, String> names = new LinkedHashMap<>();
        json.members().forEach((name, value) -> {
            if (value instanceof Json.Str(String text) && !OURS.contains(name) && !name.equals(secret)) {
                names.put(name, text);
            } else if (name.equals(ORIGINS)) {
                names.put(name, String.join(" ", words(json, ORIGINS)));
            }
        });
        return new DemoCredential(
                kind,
                names,
                Secret.of(text(json, secret)),
                text(json, "credential"),
                text(json, "application"),
                words(json, "scopes"));
    }

    private static List<String> words(Json.Obj json, String name) {
        return json.items(name).stream()
                .map(item -> item instanceof Json.Str(String word) ? word : "")
                .toList();
    }

    static List<Json.Obj> objects(Json.Obj json, String name) {
        List<Json.Obj> objects = new ArrayList<>();
        json.items(name).forEach(item -> objects.add(object(item)));
        return objects;
    }

    static Json.Obj object(Json value) {
        if (value instanceof Json.Obj object) {
            return object;
        }
        throw new NoSuchElementException("not an object");
    }

    static String text(Json.Obj json, String name) {
        return json.text(name).orElseThrow();
    }

    private static URI uri(Json.Obj json, String name) {
        return URI.create(text(json, name));
    }
}
