package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Claims as the payload of a JWT access token (RFC 9068 section 2.2). `lin` is ours: organization, application and
/// credential (ids without their prefixes) and the four generations, joined by dots.
final class JwtClaims {
    private static final int LINEAGE_PARTS = 7;

    private JwtClaims() {}

    static byte[] encode(Claims claims, Api api) {
        StringBuilder out = new StringBuilder(400).append('{');
        JsonText.member(out, "iss", api.issuer());
        JsonText.member(out.append(','), "aud", api.audience());
        JsonText.member(out.append(','), "sub", claims.subject());
        JsonText.member(out.append(','), "client_id", claims.clientId());
        JsonText.member(out.append(','), "scope", claims.scopes().text());
        JsonText.member(out.append(','), "jti", claims.id().text());
        out.append(",\"iat\":").append(claims.issuedAt().getEpochSecond());
        out.append(",\"exp\":").append(claims.expiresAt().getEpochSecond());
        out.append(",\"lin\":\"");
        Lineage lineage = claims.lineage();
        bare(out, lineage.organization());
        bare(out, lineage.application());
        bare(out, lineage.credential());
        Generations generations = lineage.generations();
        out.append(generations.credential()).append('.').append(generations.member());
        out.append('.').append(generations.customer()).append('.').append(generations.organizations());
        return out.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void bare(StringBuilder out, Id id) {
        out.append(id.text(), id.kind().prefix().length() + 1, id.text().length())
                .append('.');
    }

    /// Reads a verified payload. Empty when it was not issued for this Api or when any claim is missing or of
    /// another type; `nbf` is not ours and is refused, because ignoring it would accept too early.
    static Optional<Claims> decode(byte[] payload, Api api, Instant now) {
        Optional<Json.Members> json = StrictJson.object(payload);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        Json.Members claims = json.get();
        Optional<String> subject = claims.text("sub");
        Optional<String> client = claims.text("client_id");
        Optional<Id> id = claims.text("jti").flatMap(text -> Id.parse(Kind.TOKEN, text));
        Optional<Scopes> scopes =
                claims.text("scope").flatMap(text -> text.isEmpty() ? Optional.of(Scopes.NONE) : Scopes.parse(text));
        Optional<Lineage> lineage = claims.text("lin").flatMap(JwtClaims::lineage);
        Optional<Long> issuedAt = claims.whole("iat");
        Optional<Long> expiresAt = claims.whole("exp");
        if (!claims.text("iss").equals(Optional.of(api.issuer()))
                || !claims.text("aud").equals(Optional.of(api.audience()))
                || claims.byName().containsKey("nbf")
                || subject.isEmpty()
                || client.isEmpty()
                || id.isEmpty()
                || scopes.isEmpty()
                || lineage.isEmpty()
                || issuedAt.isEmpty()
                || expiresAt.isEmpty()
                || !Times.possible(issuedAt.get(), expiresAt.get(), now.getEpochSecond())) {
            return Optional.empty();
        }
        return Optional.of(new Claims(
                id.get(),
                api.id(),
                subject.get(),
                client.get(),
                lineage.get(),
                scopes.get(),
                Instant.ofEpochSecond(issuedAt.get()),
                Instant.ofEpochSecond(expiresAt.get())));
    }

    private static Optional<Lineage> lineage(String text) {
        List<String> parts = List.of(text.split("\\.", LINEAGE_PARTS + 1));
        if (parts.size() != LINEAGE_PARTS) {
            return Optional.empty();
        }
        Optional<Id> organization = id(Kind.ORGANIZATION, parts.get(0));
        Optional<Id> application = id(Kind.APPLICATION, parts.get(1));
        Optional<Id> credential = id(Kind.CREDENTIAL, parts.get(2));
        Optional<Long> first = generation(parts.get(3));
        Optional<Long> second = generation(parts.get(4));
        Optional<Long> third = generation(parts.get(5));
        Optional<Long> fourth = generation(parts.get(6));
        if (organization.isEmpty()
                || application.isEmpty()
                || credential.isEmpty()
                || first.isEmpty()
                || second.isEmpty()
                || third.isEmpty()
                || fourth.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Lineage(
                organization.get(),
                application.get(),
                credential.get(),
                new Generations(first.get(), second.get(), third.get(), fourth.get())));
    }

    private static Optional<Id> id(Kind kind, String bare) {
        return Id.parse(kind, kind.prefix() + '_' + bare);
    }

    /// One spelling of each number: digits without a leading zero.
    private static Optional<Long> generation(String digits) {
        return digits.matches("0|[1-9][0-9]{0,17}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
