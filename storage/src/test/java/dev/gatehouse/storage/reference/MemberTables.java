package dev.gatehouse.storage.reference;

import java.util.List;

/// Organizations, applications and what they prove themselves by.
final class MemberTables {
    static final List<Table> TABLES = List.of(
            new Table(
                    "organization",
                    "A customer of the provider; a tree, whose root is the provider itself.",
                    Table.FOR_GOOD,
                    """
                    parent     the organization above; absent for the root
                    depth      1 for the root; at most 8, which bounds every chain
                    first_key  what those right below it begin with: kind of key, name of role; empty: nothing
                    default_role  what applications and members get whose maker names no role: `role` and its name, or `none`; empty: what the nearest above says
                    second_factor  whether people act in it with a second factor only
                    access     what applications of those above may do here at most: lines of an application and a role, or `deny`
                    access_by  the same by who says it: lines of an application, a role or `deny`, and the organization that says so; a line of `access` that none of these has is nobody's
                    """),
            new Table("role", "A named set of scopes at each Api.", "Until it is deleted.", """
                rights    lines of an Api's id and scopes
                built_in  the provider's `owner`, whose rights follow the catalogues
                """),
            new Table("application", "A machine member of an organization.", Table.FOR_GOOD, """
                client_id        its public name, unique in the installation
                role             what it may do; absent: nothing
                client           lines of a word and a value: what it may do as a client of OAuth, `response` of them what it is answered with besides codes; empty: act for itself
                token_life       how long its tokens live, in seconds; absent: as long as others
                credentials      how many are not revoked, at most 1000
                back_channel     where it is told of logins that end; absent: nowhere
                front_channel    what browsers load when somebody signs out; absent: nothing
                logout_sessions  which of the two has to say which login ended: `back`, `front`; absent: none has to
                """),
            new Table(
                    "credential",
                    "What proves an application, a user or a member. The secret itself is nowhere, but for an"
                            + " encrypted copy where its Api keeps one.",
                    "For good; at most 1000 that are not revoked for each application or membership, and one for each"
                            + " user.",
                    """
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
                    """),
            new Table(
                    "secret_copy",
                    "The secret of a credential, where the one Api that it is good at wants to tell it again.",
                    "Until soon after the credential, what it stands on, or the Api is revoked or deleted, or the Api"
                            + " keeps no secrets of this kind any more.",
                    """
                    credential  whose
                    api         that keeps it
                    kind        of the credential
                    sealed      the secret, encrypted and bound to the credential, its organization, its kind and the Api
                    since       the `since` of `api_reveal` when it was made; another one there: it is over
                    """),
            new Table(
                    "api_reveal",
                    "A kind of keys whose secrets an Api keeps.",
                    "Until the Api is deleted or takes it back.",
                    """
                    api    that keeps them
                    kind   of the credentials
                    since  the version of the Api that said so first, and ever since
                    """));

    private MemberTables() {}
}
