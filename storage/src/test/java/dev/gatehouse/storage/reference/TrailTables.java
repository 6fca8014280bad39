package dev.gatehouse.storage.reference;

import java.util.List;

/// What was done, is over, or counts once.
final class TrailTables {
    static final List<Table> TABLES = List.of(
            new Table(
                    "dead",
                    "A token that was ended before its time.",
                    "Until five minutes after `expires_at`; at most 900,000 that have not expired, of one customer of"
                            + " the provider 56,250.",
                    """
                    kind        what ended
                    expires_at  when the token ends by itself
                    charged_to  the customer whose share it takes: the highest organization above its client but for the provider's own
                    """),
            new Table("audit", "One write, recorded in its transaction.", Table.FOR_GOOD, """
                position            the order of insertion
                at                  when
                request_id          of the request that wrote
                actor_part          the part of Gatehouse that wrote; absent: a member did
                actor_organization  the member that wrote
                actor_application   the application that wrote
                actor_user          the user that wrote, when it was no application
                actor_credential    the member that wrote
                verb                what was done
                organization        whose noun was written
                target_kind         the kind of the noun
                target              its id
                detail              JSON, never a secret
                mac                 a keyed MAC over all of these but `position`
                seal                the seal that it is in; absent until it is sealed
                """),
            new Table("audit_seal", "A link of the chain over the audit trail.", Table.FOR_GOOD, """
                number          1, 2, 3 ... without gaps
                at              when
                first_position  of its rows
                last_position   of its rows
                row_count       how many
                entries         id, soundness and digest of each row
                root            of the Merkle tree over the entries
                previous        the SHA-256 of the signature before; zeros in the first
                signature       a compact JWS over all of this
                """),
            new Table(
                    "used_assertion",
                    "An assertion that a client proved itself by (RFC 7523), or the cookie of a browser that was"
                            + " handed over to a platform: each counts once.",
                    "Until it is over, at most an hour and a half; later uses remove it.",
                    """
                    application  whose it is; of a cookie the Api
                    jti          the SHA-256 of the name that its application gave it, or a MAC of the cookie
                    expires_at   of no use from then on
                    """),
            new Table(
                    "pushed_request",
                    "An authorization request that a client pushed (RFC 9126), so that it is answered once.",
                    "As long as a browser may come with it; once answered, three hours without its parameters; at"
                            + " most 10,000 of an application wait.",
                    """
                    digest       an HMAC of what the client calls it
                    pepper       the key of the HMAC
                    api          where it was pushed
                    application  whose it is
                    parameters   as of an authorization request, nothing of client authentication among them
                    used         whether it was answered
                    dies_at      when the row may go; until then a browser may come with it, unless it was answered
                    """),
            new Table(
                    "used_proof",
                    "A proof of a key that was shown (RFC 9449), so that it counts once.",
                    "A minute and a half; later uses remove it.",
                    """
                    proof       the SHA-256 of the key and of the name of the proof under it
                    expires_at  of no use from then on
                    """),
            new Table(
                    "password_reset",
                    "Who asked for a new password: a name as it was typed, whether or not anybody has it.",
                    "An hour; at most three for each name, and 10,000 that wait; at once where nobody has the name.",
                    """
                    username  what was typed
                    slot      which of the places that a name has
                    asked_at  when
                    api       at whose page
                    language  of the page, and of the letter
                    attempt   which attempt to send a letter is the newest
                    tries     how often sending was really tried
                    refused   how often the name was asked for beyond its places
                    due_at    when it is looked at; empty: nothing is left to do
                    ends_at   when the row goes
                    """),
            new Table(
                    "mailbox",
                    "How many letters a mailbox had, so that nobody's is filled.",
                    "A day from a letter on, and until its hour is over; a row for each mailbox that had one.",
                    """
                    digest   an HMAC of its address in small letters, without what follows a `+`
                    hour_at  when the hour began that is counted
                    in_hour  letters in it
                    day_at   when the day began that is counted
                    in_day   letters in it
                    ends_at  when the row goes
                    """),
            new Table(
                    "retired_use",
                    "Who still calls a route that goes: a row for each route and credential.",
                    "Until its Api is deleted.",
                    """
                    api         which Api
                    path        the path of the route, as it is written
                    credential  whose call it was
                    day         the last day on which it called, in days since 1970, UTC
                    """),
            new Table(
                    "kept_reply",
                    "The reply to a request that carried an `Idempotency-Key`.",
                    "A day; at most 10,000 for each caller.",
                    """
                    id          derived from the pepper, the caller and its key
                    request     a keyed digest of what was asked
                    reply       encrypted under a key that needs the caller's own
                    expires_at  of no use from then on; later claims remove it
                    caller      the credential; absent in rows of older releases
                    """));

    private TrailTables() {}
}
