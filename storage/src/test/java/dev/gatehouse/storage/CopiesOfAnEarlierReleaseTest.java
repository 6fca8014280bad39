package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.contract.Nouns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of secrets that were kept before they named the time in which their Api keeps them.
class CopiesOfAnEarlierReleaseTest {
    private final Nouns nouns = new Nouns(4);

    @TempDir
    Path folder;

    private static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    private Api keeping(Api api, Set<CredentialKind> kinds) {
        Speech speech = new Speech(Speech.STANDARD, api.speech().products(), Optional.empty(), List.of(), kinds);
        return api.with(speech);
    }

    private SecretCopy added(Store store, Api api, CredentialKind kind) {
        Id root = store.members().root().orElseThrow().id();
        Application holder = done(store.members().add(nouns.application(root, kind.wire()), nouns.act()));
        Credential drawn = nouns.credential(holder, kind);
        Credential credential = drawn.with(
                drawn.name(),
                drawn.reach(),
                new Restrictions(drawn.restrictions().addresses(), Restriction.ofListed(List.of(api.id()))),
                drawn.standing());
        SecretCopy copy = new SecretCopy(credential.id(), root, api.id(), kind, Encrypted.of(new byte[] {1, 2, 3}));
        done(store.members().add(new NewCredential(credential, Optional.of(copy)), nouns.act()));
        return copy;
    }

    /// The tables as they were, and what brings them to this release.
    private void migrated() throws SQLException, IOException {
        try (InputStream script = Store.class
                        .getClassLoader()
                        .getResourceAsStream("gatehouse-migrations/sqlite/V64__kept_since.sql");
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE api_reveal");
            statement.executeUpdate("ALTER TABLE secret_copy DROP COLUMN since");
            statement.executeUpdate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theyAreToldUntilTheirApiTakesItBack() throws SQLException, IOException {
        Set<CredentialKind> both = Set.of(CredentialKind.API_KEY, CredentialKind.SECRET);
        try (Store store = TestKeys.storage().sqlite(folder)) {
            store.install(nouns.installation(), nouns.act());
            Id root = store.members().root().orElseThrow().id();
            Api api = done(store.apis().add(keeping(nouns.api(root, "orders"), both), nouns.act()));
            SecretCopy key = added(store, api, CredentialKind.API_KEY);
            SecretCopy secret = added(store, api, CredentialKind.SECRET);
            migrated();
            List<Id> all = List.of(key.credential(), secret.credential());
            assertThat(done(store.secretCopies().reveal(all, nouns.act()))).containsExactly(key, secret);
            api = done(store.apis().replace(keeping(api, Set.of(CredentialKind.SECRET)), nouns.act()));
            assertThat(done(store.secretCopies().reveal(all, nouns.act()))).containsExactly(secret);
            done(store.apis().replace(keeping(api, both), nouns.act()));
            assertThat(done(store.secretCopies().reveal(all, nouns.act()))).containsExactly(secret);
        }
    }
}
