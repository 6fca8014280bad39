package dev.gatehouse.core.api;

import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One protected API of the provider. An installation holds several, told apart by host name or by listener.
///
/// @param name unique in the installation, in URLs and files
/// @param audience what its tokens name in `aud`
/// @param issuer what its tokens name in `iss`; its metadata and keys are found below it (RFC 8414)
/// @param listener the listener whose calls are all this Api's, whatever host they name
/// @param hosts host names (with port when not the scheme's own) whose calls are this Api's on listeners that
///     serve several
/// @param keyHeader a header besides `Authorization: Bearer` in which an API key may come
/// @param upstream where allowed calls go; an Api without one only issues and verifies
/// @param routes in the order they were given
/// @param table the same routes, ready for look-ups
/// @param onDatabaseLoss how old facts may be that its calls are decided on while the database is away (ADR
///     0001); zero for the age that every node keeps to. Tokens are never issued on such facts
/// @param cors the pages that may use it with tokens which their servers handed them, besides those of domain
///     keys
/// @param limits how often it may be called
/// @param speech how it speaks with its callers
/// @param clients what it requires of all its OAuth clients
/// @param secondFactor whether people act at it with a second factor only (ADR 0044)
/// @param version counts the writes to the row, for conditional updates
public record Api(
        Id id,
        Id organization,
        String name,
        String audience,
        String issuer,
        Optional<String> listener,
        Set<String> hosts,
        Optional<String> keyHeader,
        TokenPolicy tokens,
        Optional<URI> upstream,
        Catalogue catalogue,
        List<Route> routes,
        RouteTable table,
        Duration onDatabaseLoss,
        OriginSet cors,
        Limits limits,
        Speech speech,
        ClientRules clients,
        boolean secondFactor,
        long version) {
    /// One that takes people as their organizations do.
    public Api(
            Id id,
            Id organization,
            String name,
            String audience,
            String issuer,
            Optional<String> listener,
            Set<String> hosts,
            Optional<String> keyHeader,
            TokenPolicy tokens,
            Optional<URI> upstream,
            Catalogue catalogue,
            List<Route> routes,
            RouteTable table,
            Duration onDatabaseLoss,
            OriginSet cors,
            Limits limits,
            Speech speech,
            ClientRules clients,
            long version) {
        this(
                id,
                organization,
                name,
                audience,
                issuer,
                listener,
                hosts,
                keyHeader,
                tokens,
                upstream,
                catalogue,
                routes,
                table,
                onDatabaseLoss,
                cors,
                limits,
                speech,
                clients,
                false,
                version);
    }

    /// One that speaks the built-in dialect, refuses as soon as its facts may be outdated, is for no pages of its
    /// own and has no limits.
    public Api(
            Id id,
            Id organization,
            String name,
            String audience,
            String issuer,
            Optional<String> listener,
            Set<String> hosts,
            Optional<String> keyHeader,
            TokenPolicy tokens,
            Optional<URI> upstream,
            Catalogue catalogue,
            List<Route> routes,
            RouteTable table,
            long version) {
        this(
                id,
                organization,
                name,
                audience,
                issuer,
                listener,
                hosts,
                keyHeader,
                tokens,
                upstream,
                catalogue,
                routes,
                table,
                Duration.ZERO,
                OriginSet.NONE,
                Limits.NONE,
                Speech.OAUTH,
                ClientRules.NONE,
                version);
    }

    /// Whether it is an OpenID provider: its catalogue says so.
    public boolean openId() {
        return catalogue.knows(Identity.OPENID);
    }

    /// Whether it needs a key to sign access tokens with.
    public boolean signs() {
        return tokens.format() == TokenFormat.JWT;
    }

    /// Whether it needs keys to sign what it tells clients with.
    public boolean tells() {
        return openId() || clients.profile().isPresent();
    }

    /// The same Api for what is only tried: its upstream is the one for tests.
    public Api inTest() {
        return of(tokens, speech.testUpstream(), catalogue, limits, speech, clients, secondFactor);
    }

    /// The same, with this said of second factors.
    public Api needing(boolean second) {
        return of(tokens, upstream, catalogue, limits, speech, clients, second);
    }

    /// The same, requiring this of its clients.
    public Api requiring(ClientRules rules) {
        return of(tokens, upstream, catalogue, limits, speech, rules, secondFactor);
    }

    /// The same with other tokens.
    public Api with(TokenPolicy other) {
        return of(other, upstream, catalogue, limits, speech, clients, secondFactor);
    }

    /// The same with other scopes and types of details.
    public Api with(Catalogue other) {
        return of(tokens, upstream, other, limits, speech, clients, secondFactor);
    }

    /// The same with other limits.
    public Api with(Limits other) {
        return of(tokens, upstream, catalogue, other, speech, clients, secondFactor);
    }

    /// The same, speaking otherwise.
    public Api with(Speech other) {
        return of(tokens, upstream, catalogue, limits, other, clients, secondFactor);
    }

    private Api of(
            TokenPolicy policy,
            Optional<URI> to,
            Catalogue scopes,
            Limits most,
            Speech words,
            ClientRules rules,
            boolean second) {
        return new Api(
                id,
                organization,
                name,
                audience,
                issuer,
                listener,
                hosts,
                keyHeader,
                policy,
                to,
                scopes,
                routes,
                table,
                onDatabaseLoss,
                cors,
                most,
                words,
                rules,
                second,
                version);
    }

    /// The name of Gatehouse's own admin API, which is an Api like the others.
    public static final String ADMIN = "gatehouse";

    /// The longest that an Api may do without the database.
    public static final Duration MAX_DATABASE_LOSS = Duration.ofMinutes(10);

    /// The most patterns of origins of one Api, or of one credential.
    public static final int MAX_ORIGINS = 64;

    /// The most routes of one Api.
    public static final int MAX_ROUTES = 2000;

    /// Why clients of this Api cannot keep to what it says, or are sent where nobody is; whoever writes one
    /// down looks.
    public Optional<String> unfit() {
        return clients.unfit().or(this::elsewhere).or(() -> clients.profile().flatMap(this::unfit));
    }

    private Optional<String> elsewhere() {
        return clients.certificates()
                .filter(base -> !hosts.contains(ClientRules.host(base)))
                .map(base -> "the host of mtls_base is one of the hosts");
    }

    private Optional<String> unfit(ClientProfile profile) {
        if (!speech.dialect().equals(Speech.STANDARD)) {
            return profile.wrong("an Api speaks the dialect " + Speech.STANDARD);
        }
        if (clients.pushedLife().compareTo(ClientProfile.PUSHED_LIFE) > 0) {
            return profile.wrong("pushed_request_life_seconds is at most " + ClientProfile.PUSHED_LIFE.toSeconds());
        }
        return signs() && tokens.algorithm() == SigningAlgorithm.RS256
                ? profile.wrong("jwt tokens are signed with PS256, ES256 or EdDSA")
                : Optional.empty();
    }
}
