package dev.gatehouse.connect.refresh;

import dev.gatehouse.connect.key.Assertions;
import dev.gatehouse.connect.key.Identities;
import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.OAuth.BodyFormat;
import dev.gatehouse.connect.platform.OAuth.ClientProof;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Grant;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.egress.ClientIdentity;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// Asks a platform's token endpoint (RFC 6749 sections 4.1.3, 4.3, 4.4 and 6, RFC 7523 section 2.1),
/// as its file says.
public final class TokenEndpoint {
    private static final int MOST = 64 * 1024;

    private final Egress egress;
    private final PlatformClients clients;
    private final Assertions assertions;

    /// @param egress makes the requests
    /// @param clients who the operator is at each platform
    /// @param assertions signs with the keys of customers
    public TokenEndpoint(Egress egress, PlatformClients clients, Assertions assertions) {
        this.egress = egress;
        this.clients = clients;
        this.assertions = assertions;
    }

    /// Obtains a token with this credential.
    public Obtained obtain(Platform platform, Way way, Grant grant, Parts parts) {
        return ask(platform, way, client(platform, grant, parts), parts, (oauth, form) -> {
            form.put("grant_type", grant.type());
            if (credential(form, grant, way, oauth, parts)) {
                return Optional.empty();
            }
            return Optional.of(
                    grant == Grant.REFRESH_TOKEN
                            ? new Obtained.Dead("there is no refresh token")
                            : nothing("a part of the credential is missing"));
        });
    }

    /// Redeems the code that a browser brought back (RFC 6749 section 4.1.3), at the endpoint of the platform
    /// that it was sent to and no other (GAUNTLET J03).
    ///
    /// @param given what else the connection's credential consists of
    /// @param redirect where the browser was sent back to
    /// @param verifier of the challenge that it went with (RFC 7636 section 4.5)
    public Obtained redeem(Platform platform, Way way, Parts given, Secret code, String redirect, Secret verifier) {
        return ask(platform, way, clients.at(platform.type()), given, (oauth, form) -> {
            form.put("grant_type", "authorization_code");
            form.put("code", code.reveal());
            form.put("redirect_uri", redirect);
            if (oauth.pkce()) {
                form.put("code_verifier", verifier.reveal());
            }
            return Optional.empty();
        });
    }

    /// @param grant puts what a token is asked for with into the form, or says why there is nothing to ask
    private Obtained ask(
            Platform platform,
            Way way,
            Optional<PlatformClient> client,
            Parts parts,
            BiFunction<OAuth, Map<String, String>, Optional<Obtained>> grant) {
        OAuth oauth =
                platform.oauth().orElseThrow(() -> new IllegalStateException("a way that obtains tokens has a server"));
        Map<String, String> values = parts.reveal();
        Optional<String> url = way.token().orElse(oauth.token()).fill(values).filter(platform::owns);
        if (url.isEmpty()) {
            return nothing("the token endpoint is not at a host of the platform");
        }
        if (client.isEmpty()
                && oauth.client() != ClientProof.NONE
                && way.assertion().isEmpty()) {
            return nothing("there is no client for this platform");
        }
        Optional<ClientIdentity> identity = Identities.of(way, values);
        if (way.identified() && identity.isEmpty()) {
            return nothing("the certificate cannot be used");
        }
        Map<String, String> form = new LinkedHashMap<>();
        Optional<Obtained> unasked = grant.apply(oauth, form);
        if (unasked.isPresent()) {
            return unasked.get();
        }
        oauth.tokenParameters().forEach((name, value) -> value.fill(values).ifPresent(text -> form.put(name, text)));
        List<Header> headers = new ArrayList<>(List.of(new Header("Accept", "application/json")));
        client.ifPresent(who -> prove(who, oauth.client(), form, headers));
        Bytes body = body(oauth.body(), form, headers);
        EgressRequest request = new EgressRequest("POST", url.get(), headers, body, MOST);
        Fetched fetched = egress.fetch(request.by(identity));
        return way.identified() && fetched.certificateRefused()
                ? new Obtained.Barred()
                : TokenAnswer.read(platform, oauth, fetched);
    }

    /// Of a client that a certificate tells (RFC 8705 section 2) nothing else is secret. An assertion says whose it
    /// is; a client is proven besides where the credential has one.
    private Optional<PlatformClient> client(Platform platform, Grant grant, Parts parts) {
        Secret none = Secret.of("");
        boolean told = platform.oauth().map(OAuth::client).equals(Optional.of(ClientProof.NONE));
        return grant.asTheOperator()
                ? clients.at(platform.type())
                : parts.part("client_id")
                        .flatMap(id -> parts.part("client_secret")
                                .or(() -> told ? Optional.of(none) : Optional.empty())
                                .map(secret -> new PlatformClient(id.reveal(), secret)));
    }

    private boolean credential(Map<String, String> form, Grant grant, Way way, OAuth oauth, Parts parts) {
        return switch (grant) {
            case REFRESH_TOKEN -> part(form, parts, "refresh_token");
            case PASSWORD -> part(form, parts, "username") && part(form, parts, "password");
            case CLIENT_CREDENTIALS -> scoped(form, way, oauth, parts);
            case JWT_BEARER -> {
                Optional<Secret> assertion = way.assertion().flatMap(terms -> assertions.sign(terms, parts.reveal()));
                assertion.ifPresent(signed -> form.put("assertion", signed.reveal()));
                yield assertion.isPresent() && scoped(form, way, oauth, parts);
            }
        };
    }

    private static boolean scoped(Map<String, String> form, Way way, OAuth oauth, Parts parts) {
        String asked = way.scopes().orElse(oauth.scopes()).stream()
                .flatMap(scope -> scope.fill(parts.reveal()).stream())
                .collect(Collectors.joining(oauth.separator()));
        if (!asked.isEmpty()) {
            form.put("scope", asked);
        }
        return true;
    }

    private static boolean part(Map<String, String> form, Parts parts, String name) {
        Optional<Secret> part = parts.part(name);
        part.ifPresent(value -> form.put(name, value.reveal()));
        return part.isPresent();
    }

    private static void prove(PlatformClient client, ClientProof how, Map<String, String> form, List<Header> headers) {
        switch (how) {
            case BASIC -> {
                String both =
                        encoded(client.id()) + ":" + encoded(client.secret().reveal());
                headers.add(new Header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))));
            }
            case BODY -> {
                form.put("client_id", client.id());
                form.put("client_secret", client.secret().reveal());
            }
            case NONE -> form.put("client_id", client.id());
        }
    }

    private static Bytes body(BodyFormat format, Map<String, String> form, List<Header> headers) {
        String text = switch (format) {
            case FORM -> {
                headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
                yield form.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
            }
            case JSON -> {
                headers.add(new Header("Content-Type", "application/json"));
                Detail json = Detail.none();
                form.forEach(json::with);
                yield json.json();
            }
        };
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Obtained nothing(String why) {
        return new Obtained.Nothing(why, true, Optional.empty());
    }
}
