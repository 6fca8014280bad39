package dev.gatehouse.storage.reference;

import java.util.List;

/// The customers of organizations and their connections to platforms.
final class ConnectionTables {
    static final List<Table> TABLES = List.of(
            new Table("customer", "An organization's own end customer.", Table.FOR_GOOD, ""),
            new Table("connection", "What an organization has at a platform of somebody else's.", Table.FOR_GOOD, """
                platform          its type, as the catalogue spells it
                kind              `key`, `user`, `oauth_internal`, `oauth_external`, `client_credentials`, `jwt_bearer` or `certificate`
                description       what the organization says of it; empty: nothing
                health            `live`, or `needs_reauth`: the platform takes the credential no more
                sealed            the credential, encrypted and bound to this row, its kind and its number
                credential        the number of the credential; each new one is one higher
                token_expires_at  when the access token ends, where that is known
                changed_at        when it was last given another credential, name or description; nothing: not since it was made
                fence             raised by each lease and by each credential from outside
                leased_until      until when somebody is renewing the credential
                begun             set by the lease before the platform is asked, cleared when it is known what came of it
                lost              whether the lease found that mark
                retry_at          no attempt before
                failures          attempts in a row that came to nothing
                """),
            new Table(
                    "connection_event",
                    "What the operator's systems are still to be told of a connection, where they want to: the newest.",
                    "Until it is delivered, or given up: after twelve tries, or a day.",
                    """
                    connection    which one
                    organization  whose it is
                    type          `failing`, `needs_reauth` or `recovered`
                    because       why, without secrets
                    at            when it happened
                    attempt       counts who took it; what is said of an earlier one changes nothing
                    tries         how often the receiver was really asked
                    due_at        when it is to be sent, or whoever took it is given up
                    """),
            new Table(
                    "connect_session",
                    "The way of a browser to a platform and back.",
                    "Until it has been over for five minutes; at most 200 that are not over for each organization.",
                    """
                    api               at whose address its pages are
                    connection        that it makes or connects again
                    again             whether that is there already
                    platform          its type, as the catalogue spells it
                    name              of the connection
                    began_by          whom the organization's server named
                    return_to         the page that the browser goes on to
                    state             `open`, `started`, `returned`, `ready`, `finished` or `failed`
                    pepper            the key that `digest` was made under
                    digest            of what takes the next step: the link, the browser's cookie, the code
                    sealed            what was given, then the credential, encrypted and bound to this row; empty when it is over
                    token_expires_at  when the access token ends, where that is known
                    dies_at           over from then on
                    """));

    private ConnectionTables() {}
}
