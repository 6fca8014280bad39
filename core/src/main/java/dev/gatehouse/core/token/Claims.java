package dev.gatehouse.core.token;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an access token says, whatever its format. Whole seconds.
///
/// @param id unique for each issue (`jti`)
/// @param api the one Api that it is for
/// @param subject the public name of who it stands for: the customer's id, the user's, or the `client_id` when an
///     application stands for itself (RFC 9068 section 2.2)
/// @param clientId whom it was issued to: a `client_id`, or the id of a user
/// @param scopes what was granted; the ceiling of what it may do, never the floor
/// @param origin the pages that may use it, and nobody else
/// @param since when the first of the tokens was issued that this one renews, each in the place of the one
///     before; absent when it renews none
/// @param key what whoever shows it has to prove to have (RFC 9449 section 6, RFC 8705 section 3); absent where
///     having it is enough
/// @param actors the public names of those who act for the subject of a token that was passed on by exchange, the
///     last one first (RFC 8693 section 4.1); empty for every other token, see [#acting]
/// @param details what was granted more exactly than scopes say it (RFC 9396); a ceiling likewise
public record Claims(
        Id id,
        Id api,
        String subject,
        String clientId,
        Lineage lineage,
        Scopes scopes,
        Instant issuedAt,
        Instant expiresAt,
        Optional<Origin> origin,
        Optional<Instant> since,
        Optional<Confirmation> key,
        List<String> actors,
        AuthorizationDetails details) {
    /// Keeps a copy.
    public Claims {
        actors = List.copyOf(actors);
    }

    /// One of scopes alone.
    public Claims(
            Id id,
            Id api,
            String subject,
            String clientId,
            Lineage lineage,
            Scopes scopes,
            Instant issuedAt,
            Instant expiresAt,
            Optional<Origin> origin,
            Optional<Instant> since,
            Optional<Confirmation> key,
            List<String> actors) {
        this(
                id,
                api,
                subject,
                clientId,
                lineage,
                scopes,
                issuedAt,
                expiresAt,
                origin,
                since,
                key,
                actors,
                AuthorizationDetails.NONE);
    }

    /// A first token, for nobody's page.
    public Claims(
            Id id,
            Id api,
            String subject,
            String clientId,
            Lineage lineage,
            Scopes scopes,
            Instant issuedAt,
            Instant expiresAt) {
        this(
                id,
                api,
                subject,
                clientId,
                lineage,
                scopes,
                issuedAt,
                expiresAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// The same with these details.
    public Claims detailed(AuthorizationDetails what) {
        return new Claims(
                id, api, subject, clientId, lineage, scopes, issuedAt, expiresAt, origin, since, key, actors, what);
    }

    /// Who acts for the subject, the last one first: an application for its customer, and whoever got the token by
    /// exchange.
    public List<String> acting() {
        return lineage.passed().isEmpty() && lineage.customer().isPresent() ? List.of(clientId) : actors;
    }

    /// The same, which does not say whether somebody had shown a second factor who granted it.
    public Claims unsure() {
        return sure(false);
    }

    /// The same, granted by somebody who had shown this much.
    Claims sure(boolean second) {
        Lineage said = lineage.granted()
                .map(granted -> lineage.by(granted.sure(second)))
                .orElse(lineage);
        return new Claims(
                id, api, subject, clientId, said, scopes, issuedAt, expiresAt, origin, since, key, actors, details);
    }

    /// When the first token of its line was issued.
    public Instant begun() {
        return since.orElse(issuedAt);
    }

    /// The first token of its line, which every other one names: ending that ends all.
    public Id first() {
        return since.isPresent() ? lineage.tokens().getLast() : id;
    }

    /// When the last token of its line has ended, if it has one: those of pages and those that were renewed do.
    public Instant lineEnd() {
        return lineEnd(false);
    }

    /// The same where tokens that came from no other are renewed, which the first of a line does not tell itself.
    ///
    /// @param renews whether tokens of its Api are renewed
    public Instant lineEnd(boolean renews) {
        Instant last = begun().plus(TokenPolicy.MAX_RENEWAL);
        boolean line = since.isPresent()
                || origin.isPresent()
                || (renews && lineage.tokens().isEmpty());
        return line && last.isAfter(expiresAt) ? last : expiresAt;
    }
}
