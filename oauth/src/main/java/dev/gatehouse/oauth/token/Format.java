package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader;
import java.util.Optional;

/// One format of access tokens.
sealed interface Format permits JwtFormat, SealedFormat {
    /// The longest token that is written or read; longer ones do not fit the header limits of common servers.
    int MAX_LENGTH = 7000;

    /// Whether the text has the outer form of this format.
    boolean recognises(String text);

    /// Reads and proves.
    TokenReader.Read read(String text, Api api);

    /// Writes a token; empty when there is no key to write it under.
    Optional<String> write(Claims claims, Api api);
}
