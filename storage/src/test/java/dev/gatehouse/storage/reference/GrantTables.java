package dev.gatehouse.storage.reference;

import java.util.List;

/// What people allow, on which way they are asked, and what their logins end.
final class GrantTables {
    static final List<Table> TABLES = List.of(
            new Table(
                    "user_grant",
                    "What a user granted an application, from its code to its last refresh token.",
                    "Until it has been over for five minutes; at most 100 that have not ended for each user and"
                            + " application.",
                    """
                    api                       where it counts
                    application               who acts on it
                    client_id                 the `client_id` of the application
                    person                    who granted it
                    session                   the login that it was granted in, or the one that it goes on with
                    sid                       the login as the application was told of it; absent: `session`
                    membership                as which member
                    credential                the password that opened the login
                    credential_generation     of the password then
                    member_generation         of user and membership, added up
                    organizations_generation  of both chains of organizations, added up
                    scopes                    what was granted
                    authenticated_at          when the user logged in
                    methods                   how, as in `amr`
                    redirect                  what the redirect_uri must be when the code is redeemed; absent: none was said
                    challenge                 what the code_verifier must hash to; absent: none was said
                    jkt                       of the key that redeeming the code, then refreshing, takes a proof of, or, with ones in its last two bits, of the certificate; absent: none
                    details                   authorization details that were granted, as JSON; empty: none
                    asked                     what the application asked to be told besides, as JSON; absent: nothing
                    nonce                     of the request, for ID tokens
                    issued_at                 when it was granted
                    ends_at                   when it is over at the latest
                    pepper                    which pepper the digest was made with
                    digest                    HMAC-SHA-256 of the code, or of the request that was answered without one; it is found by it
                    code_ends_at              when the code can no longer be redeemed; where there is none, until when its request is remembered
                    state                     `code`, `used` where it has no refresh tokens, `live` where it has, or `ended`
                    offline                   whether it outlives its login
                    number                    of the newest refresh token; 0 where there is none
                    rotated_at                when that one was issued
                    dies_at                   when the row is over unless it is used
                    """),
            new Table(
                    "consent", "What a user lets an application have without being asked again.", Table.FOR_GOOD, """
                        person       the user
                        application  which one
                        api          where
                        scopes       which
                        details      the newest authorization details that it allowed, as JSON; empty: none
                        given_at     when this was last said
                        """),
            new Table(
                    "device_request",
                    "A device that waits for a person to say yes elsewhere (RFC 8628), or a request that a client"
                            + " sends to a person.",
                    "Ten minutes, and five more; at most 1000 of an application wait, and 5 for one person.",
                    """
                    code          HMAC-SHA-256 of what the device has, by which it asks; then also of the grant
                    code_pepper   which pepper that was made with
                    typed         HMAC-SHA-256 of what the person types
                    typed_pepper  which pepper that was made with
                    api           where
                    application   whose device it is
                    scopes        that were asked for; absent: whatever the application may have
                    details       authorization details that were asked for, as JSON; empty: none
                    state         `waiting`, `allowed` or `denied`
                    polled_at     when the device asked last; 0: never
                    pause         how long it waits between two questions, in microseconds
                    dies_at       when it waits no more
                    person        whom it is sent to, where nobody types anything
                    message       what that person is shown
                    """),
            new Table(
                    "device_turn",
                    "Whoever keeps a device of an application updates its row, so that each counts the others.",
                    "Forever.",
                    """
                    application  whose
                    turns        how many there were
                    """),
            new Table(
                    "request_notice",
                    "What a client is told when a person has answered its request (CIBA ping).",
                    "Until it was told or was given up; five minutes after its request at most.",
                    """
                    code         that of the request
                    code_pepper  which pepper that was made with
                    application  who is told
                    said         the client's token and the id of the request, encrypted for this row
                    since        when the person answered; 0: not yet
                    attempt      counts who took it
                    tries        how often telling was tried
                    due_at       when it is told next; absent until the person answers
                    ends_at      when it goes in any case
                    """),
            new Table(
                    "request_code",
                    "A code that a person set so that no client sends requests without.",
                    "Until it is taken away.",
                    """
                    person   whose
                    id       names this one
                    digest   HMAC-SHA-256 of the stretched code
                    pepper   which pepper that was made with
                    stretch  how it was stretched: Argon2id with its parameters and salt
                    since    when it was set
                    """),
            new Table(
                    "login_client",
                    "An application that signed a person in during a login, and hears of its end.",
                    "Until the login ends, or would be over; at most 100 of a login and 1000 of a person.",
                    """
                    session      the login as it is now
                    sid          the login as the application knows it: an earlier one, where the person signed in again
                    application  which one
                    api          where
                    person       whose login it is
                    membership   by which the login acts
                    credential   that opened the login
                    signed_in    when it did so last
                    ends_at      when the login is over however much it is used
                    """),
            new Table(
                    "logout_notice",
                    "An application that is still to be told of a login that ended.",
                    "Until it is delivered, or given up: after twelve tries, or a day.",
                    """
                    sid          the login as the application knows it
                    application  which one
                    api          where
                    person       whose login it was
                    attempt      counts who took it; what is said of an earlier one changes nothing
                    tries        how often the application was really asked
                    since        when the login ended
                    due_at       when it is to be sent, or whoever took it is given up
                    """));

    private GrantTables() {}
}
