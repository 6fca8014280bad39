package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The CRM of the demo, in `demo.json`: somebody else's platform, with accounts to connect.
///
/// @param base where its API is
/// @param certificate that its TLS shows
/// @param redirect a page that browsers may come back to with tokens
/// @param secret of Gatehouse's client there; its accounts and tokens are made of it, so that they stay good
public record Crm(URI base, Path certificate, URI redirect, Secret secret) {
    /// Its type as a platform.
    public static final String TYPE = "DemoCRM";

    static final String CLIENT = "gatehouse-demo";
    static final String EMAIL = "ann@crm.example";

    /// The key that it takes.
    public Secret key() {
        return derived("key");
    }

    /// The password of its user.
    public Secret password() {
        return derived("password");
    }

    Secret derived(String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] bytes = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return Secret.of(HexFormat.of().formatHex(Arrays.copyOf(bytes, 16)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    /// Where its pages are.
    URI origin() {
        return base.resolve("/");
    }

    Json.Obj json() {
        return Json.Obj.EMPTY
                .with("type", TYPE)
                .with("base", base.toString())
                .with("certificate", certificate.toString())
                .with("redirect", redirect.toString())
                .with("client_secret", secret.reveal())
                .with(
                        "accounts",
                        new Json.Arr(List.of(
                                account("key", Json.Obj.EMPTY.with("key", key().reveal())),
                                account(
                                        "user",
                                        Json.Obj.EMPTY
                                                .with("email", EMAIL)
                                                .with("password", password().reveal())))));
    }

    private static Json account(String authorization, Json.Obj credential) {
        return Json.Obj.EMPTY.with("authorization", authorization).with("credential", credential);
    }

    /// @throws java.util.NoSuchElementException when it is not whole
    static Crm read(Json.Obj json) {
        return new Crm(
                URI.create(DemoFileJson.text(json, "base")),
                Path.of(DemoFileJson.text(json, "certificate")),
                URI.create(DemoFileJson.text(json, "redirect")),
                Secret.of(DemoFileJson.text(json, "client_secret")));
    }
}
