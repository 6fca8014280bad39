package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.core.store.RegistrationStore.Change;
import dev.gatehouse.core.store.RegistrationStore.InitialToken;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Clients that register themselves, and the tokens that let them.
public abstract class RegistrationContract extends GrantFixture {
    private static final int ROUNDS = 10;
    private static final long MOST = 1000;
    private static final Instant UNTIL = Nouns.NOW.plusSeconds(3600);

    private RegistrationStore registrations() {
        return store().registrations();
    }

    private Id api() {
        return installed.admin().id();
    }

    private InitialToken token(String name, long uses) {
        return new InitialToken(api(), name, digest(), uses, UNTIL, Nouns.NOW);
    }

    private Registered kept(Application application, Optional<Digest> token) {
        return new Registered(application.id(), api(), token, "{\"client_name\":\"x\"}", Nouns.NOW);
    }

    private Stored<Application> register(String clientId, List<Digest> initial, long most) {
        Application application = nouns.application(root(), clientId);
        return registrations()
                .register(
                        application,
                        List.of(nouns.credential(application, CredentialKind.SECRET)),
                        kept(application, Optional.of(digest())),
                        initial,
                        most,
                        act);
    }

    private List<Credential> live(Application application) {
        return store().members().credentials(application.id(), Slice.first(10)).items().stream()
                .filter(credential -> !credential.standing().revoked())
                .toList();
    }

    @Test
    void initialTokensAreKeptByNameUntilTheyAreOver() {
        InitialToken one = token("one", 3);
        int before = trail().size();
        assertThat(done(registrations().issue(one, act))).isEqualTo(one);
        audited(before, "initial_token.add", api());
        InitialToken two = done(registrations().issue(token("two", 1), act));
        assertThat(registrations().tokens(api())).containsExactly(one, two);
        assertThat(registrations().tokens(nouns.id(Kind.API))).isEmpty();
        assertThat(registrations().issue(token("one", 1), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(done(registrations().withdraw(api(), "one", act))).isEqualTo(one);
        assertThat(registrations().withdraw(api(), "one", act)).isInstanceOf(Stored.Missing.class);
        InitialToken late = new InitialToken(api(), "late", digest(), 1, UNTIL.plusSeconds(9), UNTIL);
        done(registrations().issue(late, at(UNTIL)));
        assertThat(registrations().tokens(api())).containsExactly(late);
    }

    @Test
    void tokensEndWithTheirApi() {
        Api orders = done(store().apis().add(nouns.api(root(), "orders"), act));
        InitialToken gone =
                done(registrations().issue(new InitialToken(orders.id(), "one", digest(), 2, UNTIL, Nouns.NOW), act));
        InitialToken stays = done(registrations().issue(token("one", 2), act));
        done(store().apis().delete(orders, act));
        assertThat(registrations().tokens(orders.id())).isEmpty();
        assertThat(registrations().good(orders.id(), List.of(gone.digest()), Nouns.NOW))
                .isEmpty();
        assertThat(registrations().tokens(api())).containsExactly(stays);
    }

    @Test
    void aClientIsAnApplicationWithAllThatBelongsToIt() {
        Application application = nouns.application(root(), "app");
        Credential secret = nouns.credential(application, CredentialKind.SECRET);
        Registered kept = kept(application, Optional.of(digest()));
        assertThat(done(registrations().register(application, List.of(secret), kept, List.of(), MOST, act)))
                .isEqualTo(application);
        assertThat(store().members().application(application.id())).contains(application);
        assertThat(live(application)).containsExactly(secret);
        assertThat(registrations().registered(application.id())).contains(kept);
        assertThat(registrations().registered(nouns.id(Kind.APPLICATION))).isEmpty();
        assertThat(trail().getFirst().verb()).isEqualTo("application.register");
        Application nameless = nouns.application(root(), "https://app.example.com/client");
        Registered document = kept(nameless, Optional.empty());
        done(registrations().register(nameless, List.of(), document, List.of(), MOST, act));
        assertThat(registrations().registered(nameless.id())).contains(document);
    }

    @Test
    void whatIsRefusedLeavesNothingAndUsesNothingUp() {
        InitialToken token = done(registrations().issue(token("one", 2), act));
        done(register("app", List.of(digest(), token.digest()), MOST));
        done(register("second", List.of(), 2));
        int before = trail().size();
        assertThat(register("app", List.of(token.digest()), MOST)).isInstanceOf(Stored.Conflict.class);
        assertThat(register("full", List.of(token.digest()), 1)).isInstanceOf(Stored.Full.class);
        assertThat(register("other", List.of(digest()), MOST)).isInstanceOf(Stored.Missing.class);
        assertThat(trail()).hasSize(before);
        assertThat(registrations().tokens(api()).getFirst().uses()).isEqualTo(1);
        done(register("last", List.of(token.digest()), MOST));
        assertThat(register("more", List.of(token.digest()), MOST)).isInstanceOf(Stored.Missing.class);
        assertThat(store().members().applicationByClientId("more")).isEmpty();
    }

    @Test
    void aTokenIsGoodForNothingWhenItIsOverOrOfAnotherApi() {
        InitialToken token = done(registrations().issue(token("one", 2), act));
        Application late = nouns.application(root(), "late");
        assertThat(registrations()
                        .register(
                                late,
                                List.of(),
                                kept(late, Optional.empty()),
                                List.of(token.digest()),
                                MOST,
                                at(UNTIL)))
                .isInstanceOf(Stored.Missing.class);
        Registered elsewhere = new Registered(late.id(), nouns.id(Kind.API), Optional.empty(), "{}", Nouns.NOW);
        assertThat(registrations().register(late, List.of(), elsewhere, List.of(token.digest()), MOST, act))
                .isInstanceOf(Stored.Missing.class);
    }

    @Test
    void onlyThoseThatAreNotRevokedCount() {
        Application first = done(register("first", List.of(), 1));
        assertThat(register("second", List.of(), 1)).isInstanceOf(Stored.Full.class);
        done(store().members().revoke(first.id(), act));
        done(register("second", List.of(), 1));
    }

    /// Strangers keep no partner out by being many, and no document either.
    @Test
    void eachKindOfClientHasRoomOfItsOwn() {
        InitialToken token = done(registrations().issue(token("one", 9), act));
        done(register("first", List.of(), 1));
        assertThat(register("second", List.of(), 1)).isInstanceOf(Stored.Full.class);
        done(register("partner", List.of(token.digest()), 1));
        assertThat(register("late", List.of(token.digest()), 1)).isInstanceOf(Stored.Full.class);
        Application page = nouns.application(root(), "https://app.example.com/client");
        done(registrations().register(page, List.of(), kept(page, Optional.empty()), List.of(), 1, act));
        Application other = nouns.application(root(), "https://other.example.com/client");
        assertThat(registrations().register(other, List.of(), kept(other, Optional.empty()), List.of(), 1, act))
                .isInstanceOf(Stored.Full.class);
    }

    @Test
    void aTokenIsToldBeforeItIsUsed() {
        InitialToken token = done(registrations().issue(token("one", 1), act));
        List<Digest> digests = List.of(digest(), token.digest());
        assertThat(registrations().good(api(), digests, Nouns.NOW)).contains(token);
        assertThat(registrations().good(nouns.id(Kind.API), digests, Nouns.NOW)).isEmpty();
        assertThat(registrations().good(api(), List.of(digest()), Nouns.NOW)).isEmpty();
        assertThat(registrations().good(api(), digests, UNTIL)).isEmpty();
        done(register("app", digests, MOST));
        assertThat(registrations().good(api(), digests, Nouns.NOW)).isEmpty();
    }

    /// Two that say the same otherwise leave one set of keys, and none that nobody knows of.
    @Test
    void ofManyAtOnceOneWritesTheKeys() {
        for (int round = 0; round < ROUNDS; round++) {
            Application client = nouns.application(root(), "app-" + round);
            Registered kept = kept(client, Optional.of(digest()));
            Application before = done(registrations().register(client, List.of(), kept, List.of(), MOST, act));
            List<Callable<Stored<Application>>> callers = new ArrayList<>();
            for (int i = 0; i < Race.CALLERS; i++) {
                Credential keys = nouns.credential(client, CredentialKind.PUBLIC_KEY);
                List<Change> changes = List.of(new Change(Optional.empty(), Optional.of(keys)));
                callers.add(() -> registrations().alter(before, before, changes, kept, act));
            }
            assertThat(Race.winners(Race.race(callers))).isEqualTo(1);
            assertThat(live(client)).hasSize(1);
        }
    }

    @Test
    void whatIsLiveIsFoundAmongAllThatWas() {
        Application client = nouns.application(root(), "app");
        Credential first = nouns.credential(client, CredentialKind.SECRET);
        done(registrations()
                .register(client, List.of(first), kept(client, Optional.of(digest())), List.of(), MOST, act));
        assertThat(registrations().live(client.id(), first.name())).containsExactly(first);
        assertThat(registrations().live(client.id(), "another")).isEmpty();
        assertThat(registrations().live(nouns.id(Kind.APPLICATION), first.name()))
                .isEmpty();
        done(store().members().revoke(first.id(), act));
        assertThat(registrations().live(client.id(), first.name())).isEmpty();
    }

    @Test
    void ofManyAtOnceNoMoreRegisterThanATokenIsGoodFor() {
        for (int round = 0; round < ROUNDS; round++) {
            InitialToken token = done(registrations().issue(token("token " + round, 3), act));
            List<Callable<Stored<Application>>> callers = new ArrayList<>();
            for (int i = 0; i < Race.CALLERS; i++) {
                Application application = nouns.application(root(), "app-" + round + "-" + i);
                Registered kept = kept(application, Optional.empty());
                callers.add(() ->
                        registrations().register(application, List.of(), kept, List.of(token.digest()), MOST, act));
            }
            assertThat(Race.winners(Race.race(callers))).isEqualTo(3);
        }
    }

    @Test
    void ofManyAtOnceNoMoreRegisterThanThereIsRoomFor() {
        for (int round = 0; round < ROUNDS; round++) {
            long most = 3L * (round + 1);
            List<Callable<Stored<Application>>> callers = new ArrayList<>();
            for (int i = 0; i < Race.CALLERS; i++) {
                Application application = nouns.application(root(), "app-" + round + "-" + i);
                Registered kept = kept(application, Optional.empty());
                callers.add(() -> registrations().register(application, List.of(), kept, List.of(), most, act));
            }
            assertThat(Race.winners(Race.race(callers))).isEqualTo(3);
        }
    }

    @Test
    void aClientIsWrittenAnewWithItsKeys() {
        Application before = nouns.application(root(), "app");
        Credential secret = nouns.credential(before, CredentialKind.SECRET);
        Registered kept = kept(before, Optional.of(digest()));
        done(registrations().register(before, List.of(secret), kept, List.of(), MOST, act));
        Application renamed = new Application(
                before.id(),
                before.organization(),
                before.clientId(),
                "another name",
                before.role(),
                terms("https://app.example.com/cb"),
                before.tokenLife(),
                before.standing(),
                before.createdAt());
        Credential keys = nouns.credential(before, CredentialKind.PUBLIC_KEY);
        Registered anew = new Registered(
                before.id(), api(), kept.token(), "{\"client_name\":\"another name\"}", Nouns.NOW.plusSeconds(1));
        List<Change> changes = List.of(new Change(Optional.of(secret), Optional.of(keys)));
        Application after = done(registrations().alter(before, renamed, changes, anew, act));
        assertThat(after.name()).isEqualTo("another name");
        assertThat(after.terms()).isEqualTo(renamed.terms());
        assertThat(live(before)).containsExactly(keys);
        assertThat(registrations().registered(before.id())).contains(anew);
        assertThat(registrations().alter(before, renamed, changes, kept, act)).isInstanceOf(Stored.Moved.class);
        assertThat(registrations().registered(before.id())).contains(anew);
        assertThat(registrations().alter(after, after, changes, kept, act))
                .as("the secret is another's to end")
                .isInstanceOf(Stored.Moved.class);
        List<Change> end = List.of(new Change(Optional.of(keys), Optional.empty()));
        done(store().members().hold(keys.id(), Hold.OWNER, act));
        assertThat(registrations().alter(after, after, end, kept, act)).isInstanceOf(Stored.Forbidden.class);
        done(store().members().lift(keys.id(), Hold.OWNER, act));
        Credential now = store().members().credential(keys.id()).orElseThrow();
        done(registrations().alter(after, after, List.of(new Change(Optional.of(now), Optional.empty())), kept, act));
        assertThat(live(before)).isEmpty();
        assertThat(facts(secret.id()).credential().standing().revoked()).isTrue();
    }
}
