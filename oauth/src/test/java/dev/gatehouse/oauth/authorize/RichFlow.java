package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.Payments;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Requests with authorization details (RFC 9396).
abstract class RichFlow extends GrantFlow {
    static final String BOTH = Payments.json("123.50", "Merchant", "initiate", "status");
    static final String ONE = Payments.json("123.50", "Merchant", "status");
    static final String MORE = Payments.json("999.00", "Merchant", "status");
    static final String ERROR = "invalid_authorization_details";

    Map<String, String> asking(String details) {
        Map<String, String> request = request(world.confidential, "openid offline_access orders:read");
        request.put("authorization_details", details);
        return request;
    }

    AuthorizeStep ask(Map<String, String> parameters, Api api) {
        return world.authorize.ask(get(encoded(parameters)), api, Optional.of(world.signedIn));
    }

    AuthorizeStep.Consent consent(AuthorizeStep step) {
        assertThat(step).isInstanceOf(AuthorizeStep.Consent.class);
        return (AuthorizeStep.Consent) step;
    }

    String allowed(AuthorizeStep step, Api api) {
        return Optional.ofNullable(answer(world.authorize.allowed(consent(step).ask(), api, world.signedIn, get("")))
                        .get("code"))
                .orElseThrow();
    }

    static String sentence(DetailText detail) {
        return detail.sentence("en").stream().map(DetailType.Part::text).collect(Collectors.joining());
    }

    static String details(String json) {
        return "&authorization_details=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    Reply token(String body, Api api) {
        return world.tokens.answer(post(body), api);
    }

    Reply refresh(String token, String more, Api api) {
        return token("grant_type=refresh_token&refresh_token=" + token + conf() + more, api);
    }

    Reply introspect(String token, Api api) {
        return world.introspection.answer(post("token=" + token + conf()), api);
    }

    static Object told(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return members(reply).get("authorization_details");
    }

    static Object of(String value, String... actions) {
        return Payments.of(value, "Merchant", actions).plain();
    }

    /// The Api as it is from now on in the store, too.
    Api stored(Api api) {
        assertThat(world.store.apis().replace(api, world.act)).isInstanceOf(Stored.Done.class);
        return world.store.facts().api(api.id()).orElseThrow();
    }

    /// The Api after its types were changed: this one is gone.
    static Api without(Api api, String type) {
        Map<String, DetailType> types = new TreeMap<>(api.catalogue().types());
        types.remove(type);
        return with(api, types);
    }

    static Api with(Api api, Map<String, DetailType> types) {
        return api.with(api.catalogue().with(types));
    }
}
