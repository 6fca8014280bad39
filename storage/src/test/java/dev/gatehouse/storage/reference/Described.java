package dev.gatehouse.storage.reference;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the tables and columns are for: the part of the reference that no database knows.
final class Described {
    /// A table.
    ///
    /// @param about what a row is
    /// @param kept how long, and how many at most
    /// @param columns what those are for that [#COMMON] does not explain
    record Table(String about, String kept, Map<String, String> columns) {}

    private static final String FOR_GOOD = "For good.";

    /// Columns that mean the same in every table.
    static final Map<String, String> COMMON = columns("""
            id            the 64 random bits of the id, the top bit flipped
            organization  the organization that it belongs to
            name          what people call it
            created_at    when it was made
            version       counts the writes to the row; updates are conditional on it
            holds         a bit set: 1 owner, 2 provider, 4 policy, 8 schedule
            revoked       ended for good
            generation    counts the cuts: what was issued under an earlier one is dead
            held_depth    the depth of the organization that set the hold `owner`; who is deeper does not lift it
            not_before    of no use before
            expires_at    of no use from then on
            """);

    /// In the order of the page.
    static final List<String> ORDER = List.of(
            "organization",
            "role",
            "application",
            "credential",
            "secret_copy",
            "api_reveal",
            "person",
            "membership",
            "login_session",
            "second_factor",
            "recovery_code",
            "passkey",
            "identity_provider",
            "identity_link",
            "identity_trip",
            "user_grant",
            "consent",
            "device_request",
            "device_turn",
            "request_notice",
            "request_code",
            "login_client",
            "logout_notice",
            "customer",
            "connection",
            "connection_event",
            "connect_session",
            "api",
            "initial_token",
            "registered_client",
            "registration_turn",
            "stored_key",
            "dead",
            "audit",
            "audit_seal",
            "used_assertion",
            "pushed_request",
            "used_proof",
            "password_reset",
            "mailbox",
            "retired_use",
            "kept_reply",
            "meta",
            "change",
            "node");

    private Described() {}

    static Table table(String name) {
        return switch (name) {
            case "organization" ->
                new Table(
                        "A customer of the provider; a tree, whose root is the provider itself.",
                        FOR_GOOD,
                        columns("""
                        parent     the organization above; absent for the root
                        depth      1 for the root; at most 8, which bounds every chain
                        first_key  what those right below it begin with: kind of key, name of role; empty: nothing
                        default_role  what applications and members get whose maker names no role: `role` and its name, or `none`; empty: what the nearest above says
                        second_factor  whether people act in it with a second factor only
                        access     what applications of those above may do here at most: lines of an application and a role, or `deny`
                        access_by  the same by who says it: lines of an application, a role or `deny`, and the organization that says so; a line of `access` that none of these has is nobody's
                        """));
            case "role" -> new Table("A named set of scopes at each Api.", "Until it is deleted.", columns("""
                        rights    lines of an Api's id and scopes
                        built_in  the provider's `owner`, whose rights follow the catalogues
                        """));
            case "application" -> new Table("A machine member of an organization.", FOR_GOOD, columns("""
                        client_id        its public name, unique in the installation
                        role             what it may do; absent: nothing
                        client           lines of a word and a value: what it may do as a client of OAuth, `response` of them what it is answered with besides codes; empty: act for itself
                        token_life       how long its tokens live, in seconds; absent: as long as others
                        credentials      how many are not revoked, at most 1000
                        back_channel     where it is told of logins that end; absent: nowhere
                        front_channel    what browsers load when somebody signs out; absent: nothing
                        logout_sessions  which of the two has to say which login ended: `back`, `front`; absent: none has to
                        """));
            case "credential" ->
                new Table(
                        "What proves an application, a user or a member. The secret itself is nowhere, but for an encrypted copy where its Api keeps one.",
                        "For good; at most 1000 that are not revoked for each application or membership, and one for each user.",
                        columns("""
                        application  whose it is, of an application
                        person       whose it is, of a user: its password
                        membership   whose it is, of a member: a key that acts as that member, or its secret beside an application's
                        stretch      of a password, how it is stretched before it is digested: a PHC string without the hash
                        kind         `api_key`, `secret`, `domain_key`, `public_key`, `user_secret`, `signing_key` or `password`
                        sealed       of a signing key: the key, encrypted and bound to this row
                        hint         what lists show of it
                        jwks         of public keys: the JWK Set, public parts only
                        pepper       which pepper the digest was made with; absent with it
                        digest       HMAC-SHA-256 of the secret under a pepper that is not in the database; absent where no secret proves it
                        whole_role   has all rights of its application's role
                        rights       lines of an Api's id and scopes, where it has not
                        addresses    networks that it may be used from; empty: any
                        apis         Apis that it may be used at; empty: any
                        origins      lines of origins whose pages may use it; a domain key without any is of no use
                        line_from    where one token lives at a time, the generation of the first of the newest line; absent: it had none
                        line_to      the generation of the last that was refreshed from it; the line has ended when it is not the current one
                        line_at      when the first was issued
                        refreshed_at  when the last was
                        note         what the wire format that it was made in keeps beside it and tells again; opens nothing
                        rate         how often it may be used, such as `40/1 80`: 40 requests a second, 80 at once; empty: as often as its Api lets it
                        """));
            case "secret_copy" ->
                new Table(
                        "The secret of a credential, where the one Api that it is good at wants to tell it again.",
                        "Until soon after the credential, what it stands on, or the Api is revoked or deleted, or the Api keeps no secrets of this kind any more.",
                        columns("""
                        credential  whose
                        api         that keeps it
                        kind        of the credential
                        sealed      the secret, encrypted and bound to the credential, its organization, its kind and the Api
                        since       the `since` of `api_reveal` when it was made; another one there: it is over
                        """));
            case "api_reveal" ->
                new Table(
                        "A kind of keys whose secrets an Api keeps.",
                        "Until the Api is deleted or takes it back.",
                        columns("""
                        api    that keeps them
                        kind   of the credentials
                        since  the version of the Api that said so first, and ever since
                        """));
            case "person" ->
                new Table("A user. Username and profile are personal and nowhere else.", FOR_GOOD, columns("""
                        organization  its home
                        username      unique in the installation, lower case
                        profile       lines of a standard claim's name and its value
                        memberships   how many are not revoked, at most 64
                        """));
            case "membership" ->
                new Table(
                        "A user as a member of an organization; one that is not revoked for each of both.",
                        FOR_GOOD,
                        columns("""
                        person       the user
                        role         what it may do there; absent: nothing
                        credentials  how many are not revoked, at most 1000
                        """));
            case "login_session" ->
                new Table(
                        "An open login of a user. The string that it is known by is nowhere.",
                        "Until it has been over for five minutes; at most 1000 open ones for each user.",
                        columns("""
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
                        """));
            case "second_factor" ->
                new Table(
                        "The authenticator app that a user signs in with besides the password.",
                        "Until it is taken away.",
                        columns("""
                        person      whose
                        totp        its secret, encrypted and bound to the user and to `since`
                        since       when it was set up
                        last_step   the newest time step whose code was used (RFC 6238)
                        tries       how many codes were tried and none was right
                        tries_from  since when these are counted
                        recovery_tries  how many recovery codes were tried and none was right
                        recovery_from   since when these are counted
                        """));
            case "passkey" ->
                new Table(
                        "A key that a user signs in with, which a device keeps (WebAuthn).",
                        "Until it is taken away; at most 20 of a user.",
                        columns("""
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
                        """));
            case "identity_provider" ->
                new Table(
                        "A server of somebody else that says who people are.", "Until it is taken away.", columns("""
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
                        """));
            case "identity_link" ->
                new Table("Who a user is at an identity provider.", "Until it is taken away.", columns("""
                        credential  that what is opened by it names
                        person      whose
                        provider    where
                        subject     who it is there
                        since       when it was linked
                        """));
            case "identity_trip" ->
                new Table(
                        "A browser on its way to an identity provider and back.",
                        "Until it is taken, ten minutes at most.",
                        columns("""
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
            case "recovery_code" ->
                new Table(
                        "A code for the day when a user's app is lost.",
                        "Until it is used, or others are drawn.",
                        columns("""
                        digest  HMAC-SHA-256 of the user and the code
                        pepper  which pepper that was made with
                        person  whose
                        """));
            case "customer" -> new Table("An organization's own end customer.", FOR_GOOD, Map.of());
            case "connection" ->
                new Table("What an organization has at a platform of somebody else's.", FOR_GOOD, columns("""
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
                        """));
            case "connect_session" ->
                new Table(
                        "The way of a browser to a platform and back.",
                        "Until it has been over for five minutes; at most 200 that are not over for each organization.",
                        columns("""
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
            case "user_grant" ->
                new Table(
                        "What a user granted an application, from its code to its last refresh token.",
                        "Until it has been over for five minutes; at most 100 that have not ended for each user and application.",
                        columns("""
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
                        """));
            case "consent" ->
                new Table("What a user lets an application have without being asked again.", FOR_GOOD, columns("""
                        person       the user
                        application  which one
                        api          where
                        scopes       which
                        details      the newest authorization details that it allowed, as JSON; empty: none
                        given_at     when this was last said
                        """));
            case "initial_token" ->
                new Table(
                        "A token that lets clients register themselves at an Api (RFC 7591 section 3).",
                        "Until it is withdrawn, or over when the next one of its Api is made; at most 500 of an Api.",
                        columns("""
                        api      the Api
                        digest   HMAC-SHA-256 of it under a pepper
                        pepper   which one
                        uses     how many registrations are left; each takes one by a conditional update
                        dies_at  when it is over
                        """));
            case "registered_client" ->
                new Table(
                        "What registration knows of an application that registered itself (RFC 7591, RFC 7592).",
                        "For good; as many that are not revoked as the policy of the Api lets in.",
                        columns("""
                        application  the application
                        api          where it registered
                        digest       HMAC-SHA-256 of its registration access token under a pepper; absent where its name is the URL of its metadata
                        pepper       which one; absent with it
                        metadata     what is told again and decides nothing, as JSON
                        used_at      when it was last used, to the hour
                        taken_at     when it was written last
                        """));
            case "registration_turn" ->
                new Table(
                        "What registrations at an Api wait for, one after the other, so that each counts all before it.",
                        "For good.",
                        columns("""
                        api    the Api
                        turns  how many there were
                        """));
            case "device_turn" ->
                new Table(
                        "Whoever keeps a device of an application updates its row, so that each counts the others.",
                        "Forever.",
                        columns("""
                        application  whose
                        turns        how many there were
                        """));
            case "request_notice" ->
                new Table(
                        "What a client is told when a person has answered its request (CIBA ping).",
                        "Until it was told or was given up; five minutes after its request at most.",
                        columns("""
                        code         that of the request
                        code_pepper  which pepper that was made with
                        application  who is told
                        said         the client's token and the id of the request, encrypted for this row
                        since        when the person answered; 0: not yet
                        attempt      counts who took it
                        tries        how often telling was tried
                        due_at       when it is told next; absent until the person answers
                        ends_at      when it goes in any case
                        """));
            case "request_code" ->
                new Table(
                        "A code that a person set so that no client sends requests without.",
                        "Until it is taken away.",
                        columns("""
                        person   whose
                        id       names this one
                        digest   HMAC-SHA-256 of the stretched code
                        pepper   which pepper that was made with
                        stretch  how it was stretched: Argon2id with its parameters and salt
                        since    when it was set
                        """));
            case "device_request" ->
                new Table(
                        "A device that waits for a person to say yes elsewhere (RFC 8628), or a request that a client"
                                + " sends to a person.",
                        "Ten minutes, and five more; at most 1000 of an application wait, and 5 for one person.",
                        columns("""
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
                        """));
            case "login_client" ->
                new Table(
                        "An application that signed a person in during a login, and hears of its end.",
                        "Until the login ends, or would be over; at most 100 of a login and 1000 of a person.",
                        columns("""
                        session      the login as it is now
                        sid          the login as the application knows it: an earlier one, where the person signed in again
                        application  which one
                        api          where
                        person       whose login it is
                        membership   by which the login acts
                        credential   that opened the login
                        signed_in    when it did so last
                        ends_at      when the login is over however much it is used
                        """));
            case "logout_notice" ->
                new Table(
                        "An application that is still to be told of a login that ended.",
                        "Until it is delivered, or given up: after twelve tries, or a day.",
                        columns("""
                        sid          the login as the application knows it
                        application  which one
                        api          where
                        person       whose login it was
                        attempt      counts who took it; what is said of an earlier one changes nothing
                        tries        how often the application was really asked
                        since        when the login ended
                        due_at       when it is to be sent, or whoever took it is given up
                        """));
            case "connection_event" ->
                new Table(
                        "What the operator's systems are still to be told of a connection, where they want to: the newest.",
                        "Until it is delivered, or given up: after twelve tries, or a day.",
                        columns("""
                        connection    which one
                        organization  whose it is
                        type          `failing`, `needs_reauth` or `recovered`
                        because       why, without secrets
                        at            when it happened
                        attempt       counts who took it; what is said of an earlier one changes nothing
                        tries         how often the receiver was really asked
                        due_at        when it is to be sent, or whoever took it is given up
                        """));
            case "api" -> new Table("One protected Api of the provider.", "Until it is deleted.", columns("""
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
                        """));
            case "stored_key" ->
                new Table(
                        "A key that signs or seals tokens, assertions or the audit trail.",
                        "For good; the private part until it is withdrawn.",
                        columns("""
                        api           whose tokens it is for; absent: of the installation
                        purpose       `sign`, `identify`, `identify_ec`, `identify_ps`, `assert`, `seal` or `audit`
                        algorithm     of the key
                        state         `prepared`, `active`, `retired` or `withdrawn`
                        public_part   a JWK
                        encrypted     the private part under a key that is not in the database, bound to all other columns
                        activated_at  first used
                        retired_at    last used
                        """));
            case "dead" ->
                new Table(
                        "A token that was ended before its time.",
                        "Until five minutes after `expires_at`; at most 900,000 that have not expired, of one customer of the"
                                + " provider 56,250.",
                        columns("""
                        kind        what ended
                        expires_at  when the token ends by itself
                        charged_to  the customer whose share it takes: the highest organization above its client but for the provider's own
                        """));
            case "audit" -> new Table("One write, recorded in its transaction.", FOR_GOOD, columns("""
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
                        """));
            case "audit_seal" -> new Table("A link of the chain over the audit trail.", FOR_GOOD, columns("""
                        number          1, 2, 3 ... without gaps
                        at              when
                        first_position  of its rows
                        last_position   of its rows
                        row_count       how many
                        entries         id, soundness and digest of each row
                        root            of the Merkle tree over the entries
                        previous        the SHA-256 of the signature before; zeros in the first
                        signature       a compact JWS over all of this
                        """));
            case "used_assertion" ->
                new Table(
                        "An assertion that a client proved itself by (RFC 7523), or the cookie of a browser that was handed over to"
                                + " a platform: each counts once.",
                        "Until it is over, at most an hour and a half; later uses remove it.",
                        columns("""
                        application  whose it is; of a cookie the Api
                        jti          the SHA-256 of the name that its application gave it, or a MAC of the cookie
                        expires_at   of no use from then on
                        """));
            case "used_proof" ->
                new Table(
                        "A proof of a key that was shown (RFC 9449), so that it counts once.",
                        "A minute and a half; later uses remove it.",
                        columns("""
                        proof       the SHA-256 of the key and of the name of the proof under it
                        expires_at  of no use from then on
                        """));
            case "pushed_request" ->
                new Table(
                        "An authorization request that a client pushed (RFC 9126), so that it is answered once.",
                        "As long as a browser may come with it; once answered, three hours without its parameters; at"
                                + " most 10,000 of an application wait.",
                        columns("""
                        digest       an HMAC of what the client calls it
                        pepper       the key of the HMAC
                        api          where it was pushed
                        application  whose it is
                        parameters   as of an authorization request, nothing of client authentication among them
                        used         whether it was answered
                        dies_at      when the row may go; until then a browser may come with it, unless it was answered
                        """));
            case "password_reset" ->
                new Table(
                        "Who asked for a new password: a name as it was typed, whether or not anybody has it.",
                        "An hour; at most three for each name, and 10,000 that wait; at once where nobody has the name.",
                        columns("""
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
                        """));
            case "mailbox" ->
                new Table(
                        "How many letters a mailbox had, so that nobody's is filled.",
                        "A day from a letter on; a row for each mailbox that had one.",
                        columns("""
                        digest   an HMAC of its address in small letters, without what follows a `+`
                        hour_at  when the hour began that is counted
                        in_hour  letters in it
                        day_at   when the day began that is counted
                        in_day   letters in it
                        ends_at  when the row goes
                        """));
            case "retired_use" ->
                new Table(
                        "Who still calls a route that goes: a row for each route and credential.",
                        "Until its Api is deleted.",
                        columns("""
                        api         which Api
                        path        the path of the route, as it is written
                        credential  whose call it was
                        day         the last day on which it called, in days since 1970, UTC
                        """));
            case "kept_reply" ->
                new Table(
                        "The reply to a request that carried an `Idempotency-Key`.",
                        "A day; at most 10,000 for each caller.",
                        columns("""
                        id          derived from the pepper, the caller and its key
                        request     a keyed digest of what was asked
                        reply       encrypted under a key that needs the caller's own
                        expires_at  of no use from then on; later claims remove it
                        caller      the credential; absent in rows of older releases
                        """));
            case "meta" -> new Table("What must be known of the installation.", FOR_GOOD, columns("""
                        name   `key_file`
                        value  of `key_file`: the public name of the key file that belongs to this database
                        """));
            case "change" -> new Table("What changed, for the other nodes.", "An hour.", columns("""
                        txid  the transaction, by which nodes read
                        kind  of the noun
                        id    of the noun
                        at    when
                        """));
            case "node" ->
                new Table("A process on the database.", "Until a later one takes note that it left.", columns("""
                        boot     drawn at each start
                        beat     counts its signs of life
                        applied  how far it has read the changes
                        state    `live`, `out` or `left`
                        version  of the formats that its release writes
                        """));
            default -> throw new AssertionError("the table " + name + " is not described");
        };
    }

    private static Map<String, String> columns(String lines) {
        return lines.lines()
                .map(line -> line.strip().split(" +", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
