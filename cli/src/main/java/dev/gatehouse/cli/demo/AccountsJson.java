package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import java.net.URI;

/// The spelling of [Accounts].
final class AccountsJson {
    private AccountsJson() {}

    static Json.Obj write(Accounts accounts) {
        return Json.Obj.EMPTY
                .with("issuer", accounts.issuer())
                .with("app", accounts.app().toString())
                .with(
                        "user",
                        Json.Obj.EMPTY
                                .with("username", accounts.username())
                                .with("password", accounts.password().reveal()))
                .with(
                        "clients",
                        new Json.Arr(accounts.clients().stream()
                                .<Json>map(AccountsJson::client)
                                .toList()));
    }

    private static Json.Obj client(Accounts.Client client) {
        Json.Obj json = Json.Obj.EMPTY.with("client_id", client.clientId()).with("redirect_uri", client.redirect());
        Json.Obj proving = client.secret()
                .map(secret -> json.with("client_secret", secret.reveal()))
                .orElse(json);
        return client.privateJwk()
                .map(jwk -> proving.with("private_jwk", Json.parse(jwk.reveal())))
                .orElse(proving);
    }

    /// @throws java.util.NoSuchElementException when it is not whole
    static Accounts read(Json.Obj json) {
        Json.Obj user = DemoFileJson.object(json.get("user").orElseThrow());
        return new Accounts(
                DemoFileJson.text(json, "issuer"),
                URI.create(DemoFileJson.text(json, "app")),
                DemoFileJson.text(user, "username"),
                Secret.of(DemoFileJson.text(user, "password")),
                DemoFileJson.objects(json, "clients").stream()
                        .map(client -> new Accounts.Client(
                                DemoFileJson.text(client, "client_id"),
                                client.text("client_secret").map(Secret::of),
                                client.get("private_jwk").map(jwk -> Secret.of(jwk.compact())),
                                DemoFileJson.text(client, "redirect_uri")))
                        .toList());
    }
}
