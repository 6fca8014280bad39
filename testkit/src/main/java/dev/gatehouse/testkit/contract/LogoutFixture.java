package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Applications that hear of logins that end.
abstract class LogoutFixture extends GrantFixture {
    static final Scopes SIGN_IN = Scopes.of("openid");

    final LogoutStore logouts() {
        return store().logouts();
    }

    final SessionStore sessions() {
        return store().sessions();
    }

    private static RedirectUri uri(String text) {
        return LogoutTerms.uri(text).orElseThrow();
    }

    final Application listener(String clientId) {
        LogoutTerms logout = new LogoutTerms(
                Optional.of(uri("https://app.example.com/back")),
                true,
                Optional.of(uri("https://app.example.com/front?a=b")),
                true);
        ClientTerms terms = new ClientTerms(
                ClientMethod.NONE,
                Set.of(GrantType.AUTHORIZATION_CODE),
                List.of(uri("https://app.example.com/cb")),
                List.of(),
                true,
                Set.of(),
                ClientMessages.USUAL,
                logout);
        return done(store().members()
                .add(
                        new Application(
                                nouns.id(Kind.APPLICATION),
                                root(),
                                clientId,
                                clientId,
                                Optional.empty(),
                                terms,
                                Optional.empty(),
                                Standing.FRESH,
                                Nouns.NOW),
                        act));
    }

    final Client signedIn(Somebody who, Application application, Id login) {
        opened(grant(who, application, SIGN_IN, login));
        return new Client(application.id(), installed.admin().id(), who.user().id(), login);
    }

    final List<Taken<Client>> taken(Instant now) {
        return OutboxContract.drained(logouts().notices(), now);
    }
}
