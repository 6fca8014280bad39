package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.Admin;
import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.cli.demo.DemoFile.Probe;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The spelling of [DemoFile].
final class DemoFileJson {
    private DemoFileJson() {}

    static Json.Obj write(DemoFile file) {
        Json.Obj admin = Json.Obj.EMPTY
                .with("base", file.admin().base().toString())
                .with("key", file.admin().key().reveal());
        return Json.Obj.EMPTY
                .with("admin", admin)
                .with("upstream", file.upstream().toString())
                .with(
                        "apis",
                        new Json.Arr(file.apis().stream()
                                .<Json>map(DemoFileJson::api)
                                .toList()));
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
        Json.Obj kind = Json.Obj.EMPTY.with("kind", credential.kind());
        Json.Obj proof = credential
                .id()
                .map(id ->
                        kind.with("id", id).with("secret", credential.secret().reveal()))
                .orElse(kind.with("key", credential.secret().reveal()));
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
                    objects(json, "apis").stream().map(DemoFileJson::readApi).toList()));
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
        Optional<String> id = json.text("id");
        return new DemoCredential(
                text(json, "kind"),
                id,
                Secret.of(text(json, id.isPresent() ? "secret" : "key")),
                text(json, "credential"),
                text(json, "application"),
                json.items("scopes").stream()
                        .map(scope -> scope instanceof Json.Str(String word) ? word : "")
                        .toList());
    }

    private static List<Json.Obj> objects(Json.Obj json, String name) {
        List<Json.Obj> objects = new ArrayList<>();
        json.items(name).forEach(item -> objects.add(object(item)));
        return objects;
    }

    private static Json.Obj object(Json value) {
        if (value instanceof Json.Obj object) {
            return object;
        }
        throw new NoSuchElementException("not an object");
    }

    private static String text(Json.Obj json, String name) {
        return json.text(name).orElseThrow();
    }

    private static URI uri(Json.Obj json, String name) {
        return URI.create(text(json, name));
    }
}
