package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.oauth.keys.Keys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes an access token from an allowed verdict; from nothing else.
public final class Minter {
    private final TokenFormats formats;
    private final Keys keys;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// A minter that draws token ids from `random`, which is a secure one.
    public Minter(TokenFormats formats, Keys keys, InstantSource clock, RandomGenerator random) {
        this.formats = formats;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /// Mints a token for the Api that the verdict is about. Does no I/O.
    public Minted mint(Verdict.Allowed allowed) {
        Api api = allowed.facts().api();
        Members members = allowed.members();
        long issuedAt = clock.instant().getEpochSecond();
        String client = members.application().clientId();
        Claims claims = new Claims(
                Id.random(Kind.TOKEN, random),
                api.id(),
                client,
                client,
                allowed.lineage(),
                allowed.scopes(),
                Instant.ofEpochSecond(issuedAt),
                Instant.ofEpochSecond(end(members, issuedAt, api.tokens().life().toSeconds())));
        Optional<String> text = formats.write(claims, api);
        if (text.isEmpty()) {
            return new Minted.NoKey();
        }
        return text.get().length() > Format.MAX_LENGTH
                ? new Minted.TooLong()
                : new Minted.Token(Secret.of(text.get()), claims);
    }

    /// The end of the policy's life, or of the first member's window when that comes before: a service that knows
    /// only the JWKS must not accept the token for longer.
    private static long end(Members members, long issuedAt, long life) {
        long end = issuedAt + life;
        end = Math.min(end, end(members.credential().standing().window(), end));
        end = Math.min(end, end(members.application().standing().window(), end));
        for (Organization organization : members.chain()) {
            end = Math.min(end, end(organization.standing().window(), end));
        }
        return Math.max(end, issuedAt + 1);
    }

    private static long end(Window window, long otherwise) {
        return window.expiresAt().map(Instant::getEpochSecond).orElse(otherwise);
    }

    /// Draws the key that an Api lacks. Blocks.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    public void ensureKey(Api api) {
        keys.ensure(api);
    }
}
