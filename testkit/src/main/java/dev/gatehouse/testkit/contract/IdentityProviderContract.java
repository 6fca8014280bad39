package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Identity providers, as an operator keeps them (GAUNTLET J04).
public abstract class IdentityProviderContract extends GrantFixture {
    private final Elsewhere elsewhere = new Elsewhere(this::store, act, new IdentityNouns(nouns, this::digest));

    private IdentityStore identities() {
        return elsewhere.identities();
    }

    @Test
    void aProviderIsKeptAsItIs() {
        int rows = trail().size();
        Held asked = elsewhere.made.held("acme", true, 0);
        Held acme = done(identities().add(asked, act));
        audited(rows, "identity_provider.add", acme.provider().id());
        assertThat(acme).isEqualTo(asked);
        assertThat(identities().provider(acme.provider().id())).contains(acme);
        IdentityProvider it = acme.provider();
        Held bounded = new Held(
                new IdentityProvider(
                        nouns.id(Kind.IDENTITY_PROVIDER),
                        "a-b",
                        "B",
                        "https://b.example",
                        "c",
                        ProviderMethod.PRIVATE_KEY_JWT,
                        List.of(),
                        it.apis(),
                        Restriction.only(List.of(root())),
                        Optional.of(new IdentityProvider.Joining(
                                root(), installed.owner().id())),
                        Set.of(),
                        false,
                        Nouns.NOW,
                        0),
                Optional.empty(),
                0);
        assertThat(done(identities().add(bounded, act))).isEqualTo(bounded);
        assertThat(identities().providers()).containsExactly(bounded, acme);
        assertThat(identities().provider(nouns.id(Kind.IDENTITY_PROVIDER))).isEmpty();
    }

    /// The pages of people who are nobody yet look at these, and wait for no database.
    @Test
    void allNodesKnowThemWithoutWhatIsSecret() {
        FactSource facts = store().facts();
        assertThat(facts.providers()).isEmpty();
        Held acme = elsewhere.added("acme");
        Held beta = elsewhere.added("beta");
        assertThat(facts.providers()).containsExactly(acme.provider(), beta.provider());
        Held off = done(identities().replace(acme, IdentityNouns.like(acme, false), act));
        assertThat(facts.providers()).containsExactly(off.provider(), beta.provider());
        done(identities().remove(beta, act));
        assertThat(facts.providers()).containsExactly(off.provider());
    }

    @Test
    void namesAndIssuersAreOfOneProvider() {
        Held acme = elsewhere.added("acme");
        IdentityProvider it = acme.provider();
        for (Held other : List.of(
                elsewhere.made.named(it, "other", it.issuer()),
                elsewhere.made.named(it, it.name(), "https://other.example"))) {
            assertThat(identities().add(other, act)).isInstanceOf(Stored.Conflict.class);
        }
        IntStream.range(1, IdentityStore.MAX_PROVIDERS).forEach(i -> elsewhere.added("p" + i));
        assertThat(identities().add(elsewhere.made.held("more", true, 0), act)).isInstanceOf(Stored.Full.class);
    }

    @Test
    void ofManyThatReplaceOneThatTheyReadOneDoes() {
        Held acme = elsewhere.added("acme");
        Held after = IdentityNouns.like(acme, true);
        Held replaced = done(identities().replace(acme, after, act));
        assertThat(replaced.provider().version()).isEqualTo(1);
        assertThat(replaced.provider().clientId()).isEqualTo("other");
        assertThat(replaced.secret()).isEmpty();
        assertThat(identities().replace(acme, after, act)).isInstanceOf(Stored.Moved.class);
        assertThat(identities().remove(acme, act)).isInstanceOf(Stored.Moved.class);
        done(identities().remove(replaced, act));
        assertThat(identities().replace(replaced, after, act)).isInstanceOf(Stored.Missing.class);
        assertThat(identities().remove(replaced, act)).isInstanceOf(Stored.Missing.class);
        assertThat(done(identities().add(elsewhere.made.held("acme", true, 0), act))
                        .provider()
                        .id())
                .isNotEqualTo(acme.provider().id());
    }

    @Test
    void aSecretIsEncryptedAnewInThePlaceOfWhatWasRead() {
        Held acme = elsewhere.added("acme");
        Encrypted anew = Encrypted.of(new byte[] {9});
        assertThat(identities().rewrap(acme, anew)).isTrue();
        assertThat(identities().rewrap(acme, Encrypted.of(new byte[] {8}))).isFalse();
        assertThat(identities().provider(acme.provider().id()).orElseThrow().secret())
                .contains(anew);
    }
}
