package dev.gatehouse.server.admin;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.CredentialKind;
import java.util.Optional;

/// What a key that requests are signed with may not carry: it opens nothing and no call is charged to it, so that
/// scopes or a rate of it would be promises that nothing keeps.
final class RequestKeys {
    private RequestKeys() {}

    /// Whether a credential of this kind may be asked for with these scopes.
    static Got<AskedReach> fitting(CredentialKind kind, AskedReach asked) {
        return kind != CredentialKind.SIGNING_KEY || (asked instanceof AskedReach.Only(var scopes) && scopes.isEmpty())
                ? Got.of(asked)
                : Got.no(new Problem.InvalidField("scopes", "left out: a signing key opens nothing"));
    }

    /// Whether it may have this rate.
    static Got<Optional<Rate>> fitting(CredentialKind kind, Optional<Rate> rate) {
        return kind != CredentialKind.SIGNING_KEY || rate.isEmpty()
                ? Got.of(rate)
                : Got.no(new Problem.InvalidField("rate", "left out: no call is charged to a signing key"));
    }
}
