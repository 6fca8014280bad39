package dev.gatehouse.storage.reference;

import java.util.List;

/// Apis, who registers itself at them, and keys of theirs.
final class ApiTables {
    static final List<Table> TABLES = List.of(
            new Table("api", "One protected Api of the provider.", "Until it is deleted.", """
                audience         `aud` of its tokens
                issuer           `iss` of its tokens
                listener         the listener that it is bound to
                hosts            lines of host names that it is served under
                key_header       the header that takes API keys besides `Authorization`
                database_loss_seconds how old facts may be for its calls while the database is away; 0: no older than others
                dialect          the name of the wire format that its callers use
                products         lines of name and address, for dialects that tell them
                test_upstream    where calls go that a test key opens
                reveal           the kinds of its keys whose secrets are kept in `secret_copy`
                returns          lines of pages that browsers go on to from a platform
                clients          lines of what is required of all its OAuth clients, and `implicit` where some may have tokens in place of codes
                registration     lines of who may register clients, and as what; empty: nobody
                second_factor    whether people act at it with one only
                token_format     `jwt` or `sealed`
                token_algorithm  of signatures
                token_padding    `pss` beside `RS256` where they are by PS256; absent: not
                token_life       of tokens that nobody asked another life for, in seconds
                token_least      the shortest life that can be asked for; absent: 1
                token_most       the longest one; absent: `token_life`
                upstream         where allowed calls go
                details          lines of each type of authorization details, of its members and of its descriptions in other languages
                catalogue        lines of scope, description, implied scopes, and `page` where it is browser-safe
                cors             lines of origins whose pages it answers besides those of domain keys
                limits           lines of `credential`, `address` or `guesses` and a rate such as `40/1 80`
                routes           lines of id, methods, path, need, scopes, and where there are such a rate, `header` or `name` of a connection, a retirement, `signed`, and the type of an authorization detail; in their order
                """),
            new Table(
                    "initial_token",
                    "A token that lets clients register themselves at an Api (RFC 7591 section 3).",
                    "Until it is withdrawn, or over when the next one of its Api is made; at most 500 of an Api.",
                    """
                    api      the Api
                    digest   HMAC-SHA-256 of it under a pepper
                    pepper   which one
                    uses     how many registrations are left; each takes one by a conditional update
                    dies_at  when it is over
                    """),
            new Table(
                    "registered_client",
                    "What registration knows of an application that registered itself (RFC 7591, RFC 7592).",
                    "For good; as many that are not revoked as the policy of the Api lets in.",
                    """
                    application  the application
                    api          where it registered
                    digest       HMAC-SHA-256 of its registration access token under a pepper; absent where its name is the URL of its metadata
                    pepper       which one; absent with it
                    metadata     what is told again and decides nothing, as JSON
                    used_at      when it was last used, to the hour
                    taken_at     when it was written last
                    """),
            new Table(
                    "registration_turn",
                    "What registrations at an Api wait for, one after the other, so that each counts all before it.",
                    "For good.",
                    """
                    api    the Api
                    turns  how many there were
                    """),
            new Table(
                    "stored_key",
                    "A key that signs or seals tokens, assertions or the audit trail.",
                    "For good; the private part until it is withdrawn.",
                    """
                    api           whose tokens it is for; absent: of the installation
                    purpose       `sign`, `identify`, `identify_ec`, `identify_ps`, `assert`, `seal` or `audit`
                    algorithm     of the key
                    state         `prepared`, `active`, `retired` or `withdrawn`
                    public_part   a JWK
                    encrypted     the private part under a key that is not in the database, bound to all other columns
                    activated_at  first used
                    retired_at    last used
                    """));

    private ApiTables() {}
}
