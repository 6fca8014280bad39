package dev.gatehouse.storage.reference;

import java.util.List;

/// People, what they sign in with, and who they are elsewhere.
final class PeopleTables {
    static final List<Table> TABLES = List.of(
            new Table("person", "A user. Username and profile are personal and nowhere else.", Table.FOR_GOOD, """
                organization  its home
                username      unique in the installation, lower case
                profile       lines of a standard claim's name and its value
                memberships   how many are not revoked, at most 64
                """),
            new Table(
                    "membership",
                    "A user as a member of an organization; one that is not revoked for each of both.",
                    Table.FOR_GOOD,
                    """
                    person       the user
                    role         what it may do there; absent: nothing
                    credentials  how many are not revoked, at most 1000
                    """),
            new Table(
                    "login_session",
                    "An open login of a user. The string that it is known by is nowhere.",
                    "Until it has been over for five minutes; at most 1000 open ones for each user.",
                    """
                    pepper                    which pepper the digest was made with
                    digest                    HMAC-SHA-256 of its string, by which it is found
                    person                    who logged in
                    membership                as which member
                    credential                the password that opened it
                    credential_generation     of the password when it was opened
                    member_generation         of user and membership, added up
                    organizations_generation  of both chains of organizations, added up
                    opened_at                 when
                    ends_at                   when its life is over
                    idle                      how long it lives unused, in microseconds
                    seen_at                   the last use that was written down
                    dies_at                   when it is over unless it is used
                    address                   the only address that may use it; absent: any
                    apis                      Apis that it may be used at; empty: any
                    single                    it is the one that its user may have
                    ended                     closed or revoked
                    methods                   how its user proved itself, in the words of RFC 8176
                    passkey                   the key that opened it; absent: a password
                    """),
            new Table(
                    "second_factor",
                    "The authenticator app that a user signs in with besides the password.",
                    "Until it is taken away.",
                    """
                    person      whose
                    totp        its secret, encrypted and bound to the user and to `since`
                    since       when it was set up
                    last_step   the newest time step whose code was used (RFC 6238)
                    tries       how many codes were tried and none was right
                    tries_from  since when these are counted
                    recovery_tries  how many recovery codes were tried and none was right
                    recovery_from   since when these are counted
                    """),
            new Table(
                    "recovery_code",
                    "A code for the day when a user's app is lost.",
                    "Until it is used, or others are drawn.",
                    """
                    digest  HMAC-SHA-256 of the user and the code
                    pepper  which pepper that was made with
                    person  whose
                    """),
            new Table(
                    "passkey",
                    "A key that a user signs in with, which a device keeps (WebAuthn).",
                    "Until it is taken away; at most 20 of a user.",
                    """
                    id          as the device knows it
                    person      whose
                    credential             the password of the login in which it was made
                    credential_generation  of that password then
                    membership             the membership of that login
                    member_generation      of user and membership then, summed
                    site        whose browsers use it (RP ID)
                    name        the user's own for it
                    public_key  the public part
                    counter     how often the device says that it signed; 0: it does not count
                    synced      whether it may be on several devices
                    sure        whether it was made in a login by more than one factor
                    created_at  when it was made
                    used_at     when it opened a login last
                    copied_at   when two were seen that count the same
                    """),
            new Table(
                    "identity_provider",
                    "A server of somebody else that says who people are.",
                    "Until it is taken away.",
                    """
                    id             its id
                    name           stands in the address where browsers come back to; never changed
                    title          what people read
                    issuer         never changed
                    client_id      who we are there
                    method         how we prove it
                    secret         by what, encrypted and bound to the row, the issuer and `secret_number`
                    secret_number  counts the secrets
                    scopes         asked for besides `openid`
                    apis           whose pages offer it
                    organizations  whose people it is for; all when empty
                    joins_at       where who comes for the first time becomes a user
                    joins_as       with which role
                    trusted        values of `amr` and `acr` that take the place of our second factor
                    active         whether anybody signs in by it
                    joined         how many it made users in `joined_hour`
                    joined_hour    hours since 1970
                    cut_to         the last credential whose link was cut, while all of them are to be; absent: none is
                    created_at     when it was added
                    version        counts the writes
                    """),
            new Table("identity_link", "Who a user is at an identity provider.", "Until it is taken away.", """
                credential  that what is opened by it names
                person      whose
                provider    where
                subject     who it is there
                since       when it was linked
                """),
            new Table(
                    "identity_trip",
                    "A browser on its way to an identity provider and back.",
                    "Until it is taken, ten minutes at most.",
                    """
                    digest    of what only that browser has
                    pepper    under which
                    step      what for: `sign_in`, `link`, `confirm`
                    provider  where to
                    api       from whose pages
                    session   the login in which an account is linked
                    person    whose login
                    subject   who it is there, to be confirmed
                    ask       the sealed request that waits
                    max_age   how many seconds ago at most the person may have proven itself there
                    began_at  when it set out
                    dies_at   until when it counts
                    """));

    private PeopleTables() {}
}
