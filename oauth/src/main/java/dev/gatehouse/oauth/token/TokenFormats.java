package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.oauth.keys.Keys;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// All formats of access tokens. New tokens are of the Api's format; both are read, so that tokens from before a
/// change of format live on.
public final class TokenFormats implements TokenReader {
    private final Keys keys;
    private final JwtFormat jwt;
    private final SealedFormat sealed;
    private final BooleanSupplier marks;
    private volatile boolean marked;

    /// Formats under these keys.
    ///
    /// @param verifiedTokens how many verified signatures are remembered; about 1 kB each
    public TokenFormats(Keys keys, InstantSource clock, long verifiedTokens) {
        this(keys, clock, verifiedTokens, () -> true);
    }

    /// The same among others.
    ///
    /// @param marks whether all who read tokens know what says of those that nobody else reads how somebody had
    ///     signed in
    public TokenFormats(Keys keys, InstantSource clock, long verifiedTokens, BooleanSupplier marks) {
        this.keys = keys;
        this.jwt = new JwtFormat(keys, new VerifiedTokens(verifiedTokens), clock);
        this.sealed = new SealedFormat(keys, clock, marks);
        this.marks = marks;
        this.marked = marks.getAsBoolean();
    }

    @Override
    public boolean recognises(Secret presented) {
        return sealed.recognises(presented.reveal()) || jwt.recognises(presented.reveal());
    }

    /// Once all know it something may have been asked of people that only it tells: who comes back after that and
    /// does not is no reason to go by less.
    @Override
    public boolean marked() {
        if (!marked && marks.getAsBoolean()) {
            marked = true;
        }
        return marked;
    }

    @Override
    public Read read(Secret presented, Api api) {
        String text = presented.reveal();
        if (sealed.recognises(text)) {
            return sealed.read(text, api);
        }
        return jwt.recognises(text) ? jwt.read(text, api) : new Read.Refused("no form of token that we issue");
    }

    @Override
    public Read readLoading(Secret presented, Api api) {
        keys.catchUp();
        return read(presented, api);
    }

    /// Writes a token in the Api's format; empty when no key for it is at hand.
    ///
    /// @param hidden in the one that nobody else reads, whatever the Api's is
    Optional<String> write(Claims claims, Api api, boolean hidden) {
        try {
            return switch (hidden ? TokenFormat.SEALED : api.tokens().format()) {
                case JWT -> jwt.write(claims, api);
                case SEALED -> sealed.write(claims, api);
            };
        } catch (FactsUnavailable e) {
            return Optional.empty();
        }
    }
}
