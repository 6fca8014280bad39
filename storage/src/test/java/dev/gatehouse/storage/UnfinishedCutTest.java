package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.contract.Nouns;
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

/// A provider that was narrowed by a node which was stopped before all of its links were cut.
class UnfinishedCutTest {
    private final Nouns nouns = new Nouns(11);

    @TempDir
    Path folder;

    private static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    private IdentityProvider provider(Id joining, Id role) {
        return new IdentityProvider(
                nouns.id(Kind.IDENTITY_PROVIDER),
                "acme",
                "Acme",
                "https://acme.example",
                "client",
                ProviderMethod.PRIVATE_KEY_JWT,
                List.of(),
                Set.of(),
                Restriction.unrestricted(),
                Optional.of(new IdentityProvider.Joining(joining, role)),
                Set.of(),
                true,
                Nouns.NOW,
                0);
    }

    private Credential credential(User user) {
        return new Credential(
                nouns.id(Kind.CREDENTIAL),
                user.id(),
                user.organization(),
                CredentialKind.IDENTITY,
                "identity",
                "",
                Digest.of(1, new byte[32]),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                Nouns.NOW);
    }

    @Test
    void anyNodeGoesOnWithIt() throws SQLException {
        try (Store store = TestKeys.storage().sqlite(folder);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
                Statement statement = other.createStatement()) {
            var installed = nouns.installation();
            done(store.install(installed, nouns.act()));
            Id root = installed.root().id();
            Held held = done(store.identities()
                    .add(new Held(provider(root, installed.owner().id()), Optional.empty(), 0), nouns.act()));
            User user = nouns.user(root, "alice");
            Membership membership = nouns.membership(user.id(), root);
            Credential credential = credential(user);
            Link link = new Link(credential.id(), user.id(), held.provider().id(), "subject", Nouns.NOW);
            done(store.identities().join(held.provider(), link, user, membership, credential, nouns.act()));
            store.identities().goOn(nouns.act());
            assertThat(generation(store, credential)).isZero();

            statement.executeUpdate("UPDATE identity_provider SET cut_to = " + Long.MIN_VALUE);
            store.identities().goOn(nouns.act());
            assertThat(generation(store, credential)).isEqualTo(1);
            store.identities().goOn(nouns.act());
            assertThat(generation(store, credential)).as("once").isEqualTo(1);
        }
    }

    private static long generation(Store store, Credential credential) {
        return store.members()
                .credential(credential.id())
                .orElseThrow()
                .standing()
                .generation();
    }
}
