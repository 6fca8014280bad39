package dev.gatehouse.cli.apply;

/// The order of the writes. What takes away comes before what gives where both are asked of one thing: holds
/// are set first and lifted last, an Api loses scopes after roles and credentials did, and what bounds
/// applications of organizations above is said before they or their roles change.
enum Phase {
    HOLD,
    BOUND,
    API,
    ORGANIZATION,
    ROLE,
    FIRST_KEY,
    APPLICATION,
    PROVIDER,
    ACCESS,
    CREDENTIAL,
    CUSTOMER,
    USER,
    PASSWORD,
    MEMBERSHIP,
    MEMBER_CREDENTIAL,
    NARROW_API,
    LIFT,
    REVOKE,
    DELETE_ROLE,
    DELETE_API;

    /// In which a thing is made or changed.
    static Phase of(Key key) {
        return switch (key) {
            case Key.Api _ -> API;
            case Key.Provider _ -> PROVIDER;
            case Key.Organization _ -> ORGANIZATION;
            case Key.Role _ -> ROLE;
            case Key.Application _ -> APPLICATION;
            case Key.Credential(Key.Holder holder, String _) ->
                holder instanceof Key.Membership ? MEMBER_CREDENTIAL : CREDENTIAL;
            case Key.Customer _ -> CUSTOMER;
            case Key.User _ -> USER;
            case Key.Membership _ -> MEMBERSHIP;
        };
    }
}
