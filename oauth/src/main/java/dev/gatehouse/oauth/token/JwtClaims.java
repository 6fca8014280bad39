package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.json.DetailJson;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Claims as the payload of a JWT access token (RFC 9068 section 2.2), with `act` when an application acts for a
/// customer or for the subject of a token that it exchanged (RFC 8693 section 4.1). `lin` is ours, see
/// [JwtLineage]; so are `origin`, of the pages that it is for alone, and `since`, the first issue of a token that
/// was renewed. `cnf` names the key or the certificate that it is bound to. `acr` is `2` where it came of the yes
/// of a user who had shown a second factor (RFC 9068 section 2.2.1), and is not there otherwise.
/// `authorization_details` are those of RFC 9396 section 9.1.
final class JwtClaims {
    private static final String SCOPE = "scope";
    private static final String ORIGIN = "origin";
    private static final String SINCE = "since";
    private static final String CONFIRMATION = "cnf";
    private static final String SURE = "acr";
    private static final String DETAILS = AuthorizationDetails.NAME;

    private JwtClaims() {}

    static byte[] encode(Claims claims, Api api) {
        StringBuilder out = new StringBuilder(400).append('{');
        JsonText.member(out, "iss", api.issuer());
        JsonText.member(out.append(','), "aud", api.audience());
        JsonText.member(out.append(','), "sub", claims.subject());
        JsonText.member(out.append(','), "client_id", claims.clientId());
        if (!claims.scopes().isEmpty()) {
            JsonText.member(out.append(','), SCOPE, claims.scopes().text());
        }
        JsonText.member(out.append(','), "jti", claims.id().text());
        out.append(",\"iat\":").append(claims.issuedAt().getEpochSecond());
        out.append(",\"exp\":").append(claims.expiresAt().getEpochSecond());
        ActClaim.append(out, claims.acting());
        JsonText.member(out.append(','), "lin", JwtLineage.text(claims.lineage()));
        if (claims.lineage().granted().filter(Lineage.Granted::sure).isPresent()) {
            JsonText.member(out.append(','), SURE, Acr.ALL.getLast());
        }
        if (claims.origin().isPresent()) {
            JsonText.member(out.append(','), ORIGIN, claims.origin().get().text());
        }
        if (claims.since().isPresent()) {
            out.append(",\"")
                    .append(SINCE)
                    .append("\":")
                    .append(claims.since().get().getEpochSecond());
        }
        if (claims.key().isPresent()) {
            out.append(",\"").append(CONFIRMATION).append("\":{");
            JsonText.member(
                    out, claims.key().get().means().wire(), claims.key().get().thumbprint());
            out.append('}');
        }
        if (!claims.details().isEmpty()) {
            out.append(",\"")
                    .append(DETAILS)
                    .append("\":")
                    .append(claims.details().text());
        }
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /// What it is bound to: a key or a certificate, and nothing else is of ours (RFC 9449 section 6.1, RFC 8705
    /// section 3.1).
    private static Optional<Confirmation> key(Json.Members claims) {
        Optional<Json.Members> cnf =
                claims.object(CONFIRMATION).filter(object -> object.byName().size() == 1);
        return Stream.of(Confirmation.Means.values())
                .flatMap(means -> cnf
                        .flatMap(object -> object.text(means.wire()))
                        .filter(Confirmation::thumbprint)
                        .map(text -> new Confirmation(means, text))
                        .stream())
                .findFirst();
    }

    /// A lineage with what is said besides of how somebody had signed in.
    private static Optional<Lineage> sure(Lineage lineage, Json.Members claims) {
        return !claims.byName().containsKey(SURE)
                ? Optional.of(lineage)
                : lineage.granted()
                        .filter(_ -> claims.text(SURE).equals(Optional.of(Acr.ALL.getLast())))
                        .map(granted -> lineage.by(granted.sure(true)));
    }

    private static Optional<AuthorizationDetails> details(Json.Members claims) {
        Optional<Json> said = Optional.ofNullable(claims.byName().get(DETAILS));
        return said.isEmpty()
                ? Optional.of(AuthorizationDetails.NONE)
                : said.flatMap(DetailJson::value).flatMap(AuthorizationDetails::of);
    }

    /// Left out of a token that has authorization details alone (RFC 9068 section 2.2.3).
    private static Optional<Scopes> scopes(Json.Members claims, AuthorizationDetails details) {
        boolean alone = !details.isEmpty() && !claims.byName().containsKey(SCOPE);
        return alone
                ? Optional.of(Scopes.NONE)
                : claims.text(SCOPE).flatMap(text -> text.isEmpty() ? Optional.of(Scopes.NONE) : Scopes.parse(text));
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
        Optional<Lineage> lineage =
                claims.text("lin").flatMap(JwtLineage::parse).flatMap(one -> sure(one, claims));
        boolean passed = lineage.filter(one -> !one.passed().isEmpty()).isPresent();
        Optional<List<String>> actors = passed ? ActClaim.read(claims) : Optional.of(List.of());
        Optional<Long> issuedAt = claims.whole("iat");
        Optional<Long> expiresAt = claims.whole("exp");
        Optional<Origin> origin = claims.text(ORIGIN).flatMap(Origin::parse);
        Optional<AuthorizationDetails> details = details(claims);
        Optional<Scopes> scopes = details.flatMap(some -> scopes(claims, some));
        Optional<Long> since = claims.whole(SINCE).filter(first -> first >= 0 && first <= issuedAt.orElse(-1L));
        if (!claims.text("iss").equals(Optional.of(api.issuer()))
                || !claims.text("aud").equals(Optional.of(api.audience()))
                || claims.byName().containsKey("nbf")
                || subject.isEmpty()
                || client.isEmpty()
                || id.isEmpty()
                || scopes.isEmpty()
                || lineage.isEmpty()
                || actors.isEmpty()
                || details.isEmpty()
                || issuedAt.isEmpty()
                || expiresAt.isEmpty()
                || (claims.byName().containsKey(ORIGIN) && origin.isEmpty())
                || (claims.byName().containsKey(CONFIRMATION) && key(claims).isEmpty())
                || (claims.byName().containsKey(SINCE)
                        && (since.isEmpty() || lineage.get().tokens().isEmpty()))
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
                Instant.ofEpochSecond(expiresAt.get()),
                origin,
                since.map(Instant::ofEpochSecond),
                key(claims),
                actors.get(),
                details.get()));
    }
}
