package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.endpoint.Metadata;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads what an ordinary call presents: a bearer token or API key in `Authorization` (RFC 6750 section 2.1), a
/// token that is bound to a key there with a proof of that (RFC 9449 section 7.1), or
/// an API key in the header that the Api names. Exactly one, or none.
final class Carriers {
    /// Query parameters that carry credentials in other systems. They end up in logs and Referer headers, so a
    /// request that uses one is refused rather than ignored (RFC 9700 section 4.3.2, GAUNTLET C02).
    private static final Set<String> QUERY_CREDENTIALS =
            Set.of("access_token", "api_key", "apikey", "api-key", "x-api-key", "client_secret");

    private Carriers() {}

    static Carried read(HttpFacts head, Api api, Holders holders) {
        if (head.query().filter(Carriers::carriesCredential).isPresent()) {
            return unreadable(new Refusal.Malformed("a credential in the query is not accepted"), head, api);
        }
        List<String> authorization = head.values("Authorization");
        List<String> keys = api.keyHeader().map(head::values).orElse(List.of());
        // RFC 6750 section 2: clients MUST NOT use more than one method in each request.
        if (authorization.size() + keys.size() > 1) {
            return unreadable(new Refusal.SeveralCredentials(), head, api);
        }
        if (!keys.isEmpty()) {
            return new Carried.One(new Presented.Key(Secret.of(keys.getFirst())));
        }
        if (authorization.isEmpty()) {
            return new Carried.Nothing();
        }
        return schemeValue(authorization.getFirst(), "dpop")
                .<Carried>map(token -> new Carried.Later(() -> bound(head, api, holders, Secret.of(token))))
                .orElseGet(() -> bearer(authorization.getFirst(), head, api));
    }

    /// RFC 9449 section 7.1.
    private static Carried bound(HttpFacts head, Api api, Holders holders, Secret token) {
        return switch (holders.calling(head, api, addresses(head, api), token)) {
            case Holders.Looked.Nothing() -> unreadable(new Refusal.NotHolder(Refusal.Lacking.PROOF), head, api);
            case Holders.Looked.Refused(Refusal.NotHolder refusal) -> unreadable(refusal, head, api);
            case Holders.Looked.Proven(DpopProof proof) ->
                new Carried.Proven(
                        new Presented.Bound(token, proof.key()),
                        allowed -> unfit(proof, allowed),
                        () -> holders.use(proof));
        };
    }

    private static Optional<Refusal> unfit(DpopProof proof, Verdict.Allowed allowed) {
        return proof.fits(allowed) ? Optional.empty() : Optional.of(new Refusal.NotHolder(Refusal.Lacking.PROOF));
    }

    /// What the call may be called in its proof: below the issuer, or below the host that it came to when that is
    /// the Api's own. Never what a caller made up (GAUNTLET F02).
    private static List<String> addresses(HttpFacts head, Api api) {
        String issued = Metadata.address(api, head.path());
        return api.hosts().contains(head.host())
                ? List.of(issued, (head.secure() ? "https://" : "http://") + head.host() + head.path())
                : List.of(issued);
    }

    /// One that is bound to a certificate comes as any other (RFC 8705 section 3).
    private static Carried bearer(String value, HttpFacts head, Api api) {
        Optional<String> credentials = schemeValue(value, "bearer");
        if (credentials.isEmpty()) {
            return unreadable(new Refusal.BadCredential("another scheme than Bearer"), head, api);
        }
        Secret text = Secret.of(credentials.get());
        return new Carried.One(
                credentials.get().startsWith("ghk_")
                        ? new Presented.Key(text)
                        : Presented.bearer(text, head.thumbprint()));
    }

    private static Carried unreadable(Refusal refusal, HttpFacts head, Api api) {
        return new Carried.Unreadable(refusal, Refusals.reply(refusal, head, api));
    }

    /// RFC 9110 section 11.1: the scheme is compared without case, one space follows.
    private static Optional<String> schemeValue(String value, String scheme) {
        int space = value.indexOf(' ');
        return space > 0 && value.substring(0, space).toLowerCase(Locale.ROOT).equals(scheme)
                ? Optional.of(value.substring(space + 1))
                : Optional.empty();
    }

    private static boolean carriesCredential(String query) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (QUERY_CREDENTIALS.contains(decoded(name).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // not percent-encoding: an upstream that reads it otherwise sees no credential name either
        }
    }
}
