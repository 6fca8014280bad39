package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Passwords of users.
public abstract class PasswordContract extends PeopleContract {
    @Test
    void anotherPasswordRevokesTheOneBefore() {
        User user = user(root(), "alice");
        assertThat(login("alice").password()).isEmpty();
        Credential first = password(user);
        assertThat(login("alice").password()).contains(first.id());
        int before = trail().size();
        Credential second = password(user);
        assertThat(trail()).hasSize(before + 1);
        assertThat(trail().getFirst().verb()).isEqualTo("user.password");
        assertThat(users().password(user.id())).contains(second);
        assertThat(login("alice").password()).contains(second.id());
        assertThat(store().members()
                        .credential(first.id())
                        .orElseThrow()
                        .standing()
                        .revoked())
                .isTrue();
        assertThat(second.kind()).isEqualTo(CredentialKind.PASSWORD);
        assertThat(second.stretch()).isPresent();
        done(store().members().revoke(second.id(), act));
        assertThat(login("alice").password()).isEmpty();
        assertThat(users().setPassword(nouns.password(nouns.user(root(), "nobody")), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(store().members().add(nouns.password(user), act))
                .as("only as a user's one password")
                .isInstanceOf(Stored.Conflict.class);
        done(store().members().revoke(user.id(), act));
        assertThat(users().setPassword(nouns.password(user), act)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void aPasswordThatWasLostEndsWhateverWasOpened() {
        User user = user(root(), "alice");
        Credential first = password(user);
        long generation = users().user(user.id()).orElseThrow().standing().generation();
        Credential second = done(users().resetPassword(nouns.password(user), act));
        assertThat(users().password(user.id())).contains(second);
        assertThat(store().members()
                        .credential(first.id())
                        .orElseThrow()
                        .standing()
                        .revoked())
                .isTrue();
        assertThat(users().user(user.id()).orElseThrow().standing().generation())
                .isEqualTo(generation + 1);
        assertThat(users().resetPassword(nouns.password(user), act.on(Terms.version(0))))
                .isInstanceOf(Stored.Moved.class);
    }

    @Test
    void aPasswordThatIsStretchedAnewStaysTheSameCredential() {
        User user = user(root(), "alice");
        Credential password = password(user);
        Credential anew = nouns.password(user);
        Credential stored = done(users().restretch(password, anew, act));
        assertThat(stored.id()).isEqualTo(password.id());
        assertThat(stored.digest()).isEqualTo(anew.digest());
        assertThat(stored.standing().generation()).isEqualTo(password.standing().generation());
        assertThat(users().restretch(password, anew, act)).isInstanceOf(Stored.Moved.class);
        done(store().members().revoke(stored.id(), act));
        assertThat(users().restretch(stored, anew, act)).isInstanceOf(Stored.Moved.class);
    }

    @Test
    void aPasswordIsSetOnTheTermsThatTheUserIsAsItWasRead() {
        User user = user(root(), "alice");
        Act once = act.on(Terms.version(user.standing().version()));
        Credential first = done(users().setPassword(nouns.password(user), once));
        int before = trail().size();
        assertThat(users().setPassword(nouns.password(user), once)).isInstanceOf(Stored.Moved.class);
        assertThat(trail()).hasSize(before);
        assertThat(users().password(user.id())).contains(first);
        long now = users().user(user.id()).orElseThrow().standing().version();
        done(users().setPassword(nouns.password(user), act.on(Terms.version(now))));
    }

    @Test
    void ofPasswordsSetAtOnceOneIsLeft() {
        User user = user(root(), "alice");
        List<Credential> passwords =
                IntStream.range(0, CALLERS).mapToObj(_ -> nouns.password(user)).toList();
        race(callers(i -> () -> users().setPassword(passwords.get(i), act)));
        assertThat(passwords)
                .filteredOn(one -> store().members()
                        .credential(one.id())
                        .filter(stored -> !stored.standing().revoked())
                        .isPresent())
                .hasSize(1);
        assertThat(login("alice").password())
                .isEqualTo(users().password(user.id()).map(Credential::id));
    }
}
