package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Usernames;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.oauth.token.IdTokens;
import java.util.List;
import java.util.Optional;

/// Whom a client means by a hint (OpenID Connect CIBA Core section 7.1). A name counts for members of the
/// client's own organization and of those below it, so that no client learns of others' people, nor sends them
/// anything.
public final class BackchannelHints {
    private final FactSource facts;
    private final UserStore users;
    private final IdTokens idTokens;

    /// Over these facts.
    public BackchannelHints(FactSource facts, UserStore users, IdTokens idTokens) {
        this.facts = facts;
        this.users = users;
        this.idTokens = idTokens;
    }

    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    Optional<Id> person(BackchannelRequest request, Api api, Actor client) {
        return switch (request.hint()) {
            case BackchannelRequest.Hint.Token(String text) ->
                idTokens.hint(text, api)
                        .filter(hint ->
                                hint.clientId().equals(client.application().clientId()))
                        // Of a client that knows users under names of its own the hint names nobody.
                        .flatMap(hint -> Id.parse(Kind.USER, hint.subject()));
            case BackchannelRequest.Hint.Login(String text) ->
                Id.parse(Kind.USER, text).map(user -> known(user, client)).orElseGet(() -> named(text, client));
        };
    }

    /// The `sub` of a client that is told who its users are. No username is written as one.
    private Optional<Id> known(Id user, Actor client) {
        return client.application().terms().sector().isEmpty()
                        && users.membershipsOf(user).stream()
                                .anyMatch(membership -> below(
                                        membership.organization(),
                                        client.application().organization()))
                ? Optional.of(user)
                : Optional.empty();
    }

    private Optional<Id> named(String username, Actor client) {
        Optional<String> name = Usernames.canonical(username);
        return name.isPresent()
                        && facts.loadLogin(name.get()) instanceof Look.Known<Login>(Login known)
                        && known.memberships().keySet().stream()
                                .anyMatch(organization ->
                                        below(organization, client.application().organization()))
                ? Optional.of(known.user())
                : Optional.empty();
    }

    private boolean below(Id organization, Id above) {
        return facts.loadOrganization(organization) instanceof Look.Known<List<Organization>>(List<Organization> chain)
                && chain.stream().anyMatch(one -> one.id().equals(above));
    }
}
