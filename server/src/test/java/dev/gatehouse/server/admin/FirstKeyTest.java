package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.store.AuditRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What organizations begin with that are made below one that says so.
class FirstKeyTest extends AdminFixture {
    private String own() {
        return ORGANIZATIONS + "/" + world.t1.id();
    }

    private void policy(String role) {
        Reply reply = call("PATCH", own(), "{\"first_key\":{\"kind\":\"secret\",\"role\":\"" + role + "\"}}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(World.members(reply)).containsEntry("first_key", Map.of("kind", "secret", "role", role));
    }

    @Test
    void aNewOrganizationBeginsWithAnApplicationAndAKeyThatIsShownOnce() {
        policy("reader");
        Reply made = call("POST", ORGANIZATIONS, "{\"name\":\"new\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Map<String, Object> shown = World.members(made);
        Map<?, ?> key = (Map<?, ?>) shown.get("key");
        assertThat(key.keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrder("application", "client_id", "role", "credential", "kind", "secret");
        assertThat(key.get("role")).isEqualTo("reader");
        assertThat(key.get("secret").toString()).startsWith("ghs_live_");
        Id organization = Id.parse(shown.get("id").toString()).orElseThrow();
        Application application = world.store
                .members()
                .application(Id.parse(key.get("application").toString()).orElseThrow())
                .orElseThrow();
        assertThat(application.organization()).isEqualTo(organization);
        assertThat(application.role()).contains(world.reader.id());
        assertThat(application.clientId()).isEqualTo(key.get("client_id"));
        Credential credential = world.store
                .members()
                .credential(Id.parse(key.get("credential").toString()).orElseThrow())
                .orElseThrow();
        assertThat(credential.holder()).isEqualTo(application.id());
        assertThat(credential.kind()).isEqualTo(CredentialKind.SECRET);
        assertThat(credential.reach()).isEqualTo(new Reach.WholeRole());
        assertThat(World.members(call("GET", ORGANIZATIONS + "/" + organization, "")))
                .doesNotContainKey("key");
        List<String> verbs =
                world.store.audit().newest(3).stream().map(AuditRow::verb).toList();
        assertThat(verbs).containsExactly("credential.add", "application.add", "organization.add");
        assertThat(world.store.audit().newest(2).getLast().detail())
                .as("the trail says which role it was given")
                .contains(world.reader.id().text());
    }

    /// GAUNTLET H04.
    @Test
    void nobodyGivesAFirstKeyThatItDoesNotHold() {
        policy("strong");
        Reply refused = call("POST", ORGANIZATIONS, "{\"name\":\"none\"}");
        assertThat(refused.status()).isEqualTo(403);
        Reply list = call("GET", ORGANIZATIONS + "?name=none", "");
        assertThat(World.members(list)).containsEntry("items", List.of());
    }

    @Test
    void aRoleThatIsNotThereIsAConflict() {
        policy("nobody");
        assertThat(call("POST", ORGANIZATIONS, "{\"name\":\"none\"}").status()).isEqualTo(409);
    }

    @Test
    void itIsForChildrenAloneAndCanBeTakenAway() {
        policy("reader");
        Reply child =
                call("POST", ORGANIZATIONS, "{\"name\":\"grandchild\",\"parent\":\"" + world.t1child.id() + "\"}");
        assertThat(child.status()).isEqualTo(201);
        assertThat(World.members(child)).doesNotContainKey("key");
        Reply taken = call("PATCH", own(), "{\"first_key\":null}");
        assertThat(World.members(taken)).doesNotContainKey("first_key");
        assertThat(World.members(call("POST", ORGANIZATIONS, "{\"name\":\"bare\"}")))
                .doesNotContainKey("key");
    }

    /// GAUNTLET H05: nothing else of the own organization.
    @Test
    void theOwnOrganizationIsNotChangedOtherwise() {
        String body = "{\"name\":\"other\",\"first_key\":{\"kind\":\"secret\",\"role\":\"reader\"}}";
        assertThat(call("PATCH", own(), body).status()).isEqualTo(403);
        assertThat(call("PATCH", own(), "{\"first_key\":{\"kind\":\"domain_key\",\"role\":\"reader\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anOrganizationMayBeMadeWithOneOfItsOwn() {
        Reply made = call(
                "POST", ORGANIZATIONS, "{\"name\":\"with\",\"first_key\":{\"kind\":\"api_key\",\"role\":\"reader\"}}");
        String id = World.members(made).get("id").toString();
        Reply below = call("POST", ORGANIZATIONS, "{\"name\":\"below\",\"parent\":\"" + id + "\"}");
        Map<?, ?> key = (Map<?, ?>) World.members(below).get("key");
        assertThat(key.get("secret").toString()).startsWith("ghk_live_");
    }
}
