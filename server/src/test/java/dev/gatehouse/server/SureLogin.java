package dev.gatehouse.server;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// People who let the client of [Landing] act for them, in logins by one factor or by two.
record SureLogin(RunningServer server, Landing client, AuthenticatorApps apps) {
    /// Makes an app out of the page that shows its secret.
    interface AuthenticatorApps {
        AuthenticatorApp scanning(String page);
    }

    private static final String SIGN_IN = "/oauth2/sign-in";
    private static final String SECURITY = "/oauth2/security";

    /// Tokens of a login that showed the password alone.
    JsonNode byPassword(Person person) {
        return allowed(person, Optional.empty());
    }

    /// Tokens of one that showed the code of an app besides, which is set up for it.
    JsonNode byBoth(Person person) {
        Reader reader = new Reader(server, "orders");
        reader.signIn(person);
        reader.open(SECURITY);
        reader.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = apps.scanning(reader.page().text());
        reader.send(SECURITY, "code", app.code());
        return allowed(person, Optional.of(app));
    }

    private JsonNode allowed(Person person, Optional<AuthenticatorApp> app) {
        Reader reader = new Reader(server, "orders");
        reader.open(client.request("openid things:read offline_access", ""));
        reader.send(SIGN_IN, "username", person.username(), "password", person.password());
        app.ifPresent(one -> reader.send("/oauth2/second-factor", "code", one.code(1)));
        reader.follow();
        reader.send("/oauth2/consent", "decision", "allow");
        return client.redeem(client.answer(reader.onwards()).get("code")).json();
    }

    /// What a call with these tokens is answered at a node.
    static int called(RunningServer node, JsonNode tokens) {
        return node.call(
                        "orders",
                        "GET",
                        "/things",
                        "Authorization",
                        "Bearer " + tokens.get("access_token").asString())
                .status();
    }
}
