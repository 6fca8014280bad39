package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an audit row says about what was given or changed.
class AuditDetailTest {
    @TempDir
    Path folder;

    private final Nouns nouns = new Nouns(1);
    private final Installation installed = nouns.installation();
    private Store store;

    @BeforeEach
    void open() {
        store = TestKeys.storage().sqlite(folder);
        store.install(installed, nouns.act());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String newest() {
        return store.audit().newest(1).getFirst().detail();
    }

    @Test
    void aNewCredentialsReachAndLimits() {
        Credential credential = nouns.credential(installed.bootstrap(), CredentialKind.SECRET);
        store.members().add(credential, nouns.act());
        assertThat(newest())
                .contains(
                        "orders:read orders:write",
                        "192.0.2.0/24",
                        "\"whole_role\":\"false\"",
                        "\"expires_at\":\"\"",
                        credential
                                .restrictions()
                                .apis()
                                .listed()
                                .iterator()
                                .next()
                                .text());
    }

    @Test
    void whatANewApiIs() {
        Api api = nouns.api(installed.root().id(), "orders");
        store.apis().add(api, nouns.act());
        assertThat(newest())
                .contains(api.audience(), api.issuer(), "/orders/{id}")
                .doesNotContain("_before");
    }

    @Test
    void whatAReplacedApiBecameAndWasAndNothingThatStayed() {
        Api api = nouns.api(installed.root().id(), "orders");
        store.apis().add(api, nouns.act());
        store.apis().replace(nouns.api(api.id(), installed.root().id(), "invoices", Catalogue.EMPTY, 0), nouns.act());
        assertThat(newest())
                .contains(
                        "\"audience\":\"https://invoices.example\"",
                        "\"audience_before\":\"https://orders.example\"",
                        "\"catalogue\":\"\"")
                .doesNotContain("token_life", "upstream");
    }
}
