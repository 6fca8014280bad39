package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections by a private key, and by a certificate that TLS connections to the platform show.
class ConnectionKeysTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private final FakePlatform platform = new FakePlatform();
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        String config = platform.config(folder);
        Files.writeString(folder.resolve("platforms/Bank.yaml"), """
                platform: Bank
                title: Bank
                docs: https://docs.fake.test/
                hosts: [fake.test]
                base: https://fake.test:%1$d/api
                verify: GET /account
                ways:
                  certificate: {grant: client_credentials}
                oauth: {token: "https://fake.test:%1$d/token", client: none}
                """.formatted(platform.port()));
        server = RunningServer.with(folder, clock, config);
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
    }

    private static String json(String pem) {
        return "\"" + pem.replace("\n", "\\n") + "\"";
    }

    private static String pair(Issued certificate, Issued key) {
        return "\"certificate\":" + json(certificate.pem()) + ",\"private_key\":" + json(key.keyPem());
    }

    /// A line of the key that is nowhere but there.
    private static String line(Issued key) {
        return key.keyPem().lines().toList().get(3);
    }

    @Test
    void aKeySignsForTokensWheneverOneEnds() throws IOException {
        Issued key = new TestAuthority("keys").issueRsa();
        platform.trust(key.keys().getPublic());
        String id = connected.connected(
                server, "jwt_bearer", "crm", "\"client_id\":\"me\",\"private_key\":" + json(key.keyPem()));
        assertThat(platform.assertions()).hasSize(1);
        assertThat(connected.get(server, id, "/contacts").status()).isEqualTo(200);
        platform.expire();
        clock.advance(Duration.ofMinutes(11));
        assertThat(connected.get(server, id, "/contacts").status()).isEqualTo(200);
        assertThat(platform.assertions()).hasSize(2);
        assertThat(Connected.shown(server, id).toString())
                .contains("jwt_bearer")
                .doesNotContain(line(key), "BEGIN");
        nowhere(line(key), "access-1", "access-2");
    }

    /// A platform says `invalid_grant` also of times that its clock does not like (RFC 7523 section 3.1).
    @Test
    void anAssertionThatIsNotTakenIsTriedAgainBeforeAnybodyHasToCome() {
        Issued key = new TestAuthority("keys").issueRsa();
        platform.trust(key.keys().getPublic());
        String id = connected.connected(
                server, "jwt_bearer", "crm", "\"client_id\":\"me\",\"private_key\":" + json(key.keyPem()));
        after(Duration.ofMinutes(11), Mood.SAYS_INVALID_GRANT);
        Got first = connected.get(server, id, "/x");
        assertThat(first.status()).as(first.text()).isEqualTo(503);
        assertThat(Connected.shown(server, id).get("health").asString()).isEqualTo("live");
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
        assertThat(platform.requests()).as("not at once").hasSize(2);
        after(Duration.ofMinutes(3), Mood.GIVES);
        assertThat(connected.get(server, id, "/x").status())
                .as("it was their clock")
                .isEqualTo(200);

        after(Duration.ofMinutes(11), Mood.FAILS);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
        after(Duration.ofMinutes(11), Mood.SAYS_INVALID_GRANT);
        assertThat(connected.get(server, id, "/x").status())
                .as("what failed before says nothing")
                .isEqualTo(503);
        after(Duration.ofMinutes(11), Mood.FAILS);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
        after(Duration.ofMinutes(11), Mood.SAYS_INVALID_GRANT);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(424);
        assertThat(Connected.shown(server, id).get("health").asString()).isEqualTo("needs_reauth");
        assertThat(platform.assertions()).as("that were taken").hasSize(2);
        assertThat(platform.requests()).hasSize(7);
    }

    private void after(Duration passed, Mood mood) {
        platform.expire();
        platform.mood(mood);
        clock.advance(passed);
    }

    @Test
    void aCertificateIsShownByTheConnectionsOfItsOwnCallsAlone() throws IOException {
        Issued member = platform.member();
        String id = connected.connected(server, "certificate", "crm", pair(member, member));
        assertThat(connected.get(server, id, "/contacts").status()).isEqualTo(200);
        assertThat(platform.calls().getLast().names("authorization")).isFalse();
        String other = connected.connected(server, "key", "other", "\"key\":\"" + FakePlatform.KEY + "\"");
        assertThat(server.admin(
                                "PUT",
                                "/v1/connections/" + other + "/credential",
                                "{\"credential\":{\"key\":\"wrong\"}}")
                        .status())
                .as("a connection beside it is not taken for the member")
                .isEqualTo(400);
        assertThat(Connected.shown(server, id).toString()).doesNotContain(line(member), "BEGIN");
        nowhere(line(member));
    }

    /// In TLS 1.3 the client hears of it only where the answer should begin.
    @Test
    void aCertificateThatThePlatformRefusesLaterIsToldApart() {
        Issued member = platform.member();
        String id = connected.connected(server, "certificate", "crm", pair(member, member));
        platform.barCertificates();
        Got barred = connected.get(server, id, "/contacts");
        assertThat(barred.status()).as(barred.text()).isEqualTo(502);
        assertThat(barred.json().get("code").asString())
                .as("its alert may be lost when it goes")
                .isIn("certificate_refused", "platform_unreachable");
        assertThat(Connected.shown(server, id).get("health").asString())
                .as("one alert is no reason to connect again")
                .isEqualTo("live");
        assertThat(platform.calls()).isEmpty();
        String other = connected.connected(server, "key", "other", "\"key\":\"" + FakePlatform.KEY + "\"");
        assertThat(connected.get(server, other, "/contacts").status())
                .as("who shows none is served")
                .isEqualTo(200);
    }

    /// What is wrong with the platform's own TLS is said of nobody's login.
    @Test
    void aPlatformWhoseOwnTlsFailsIsUnreachable() {
        Issued member = platform.member();
        String id = connected.connected(server, "certificate", "crm", pair(member, member));
        platform.growOld();
        Got lost = connected.get(server, id, "/contacts");
        assertThat(lost.status()).as(lost.text()).isEqualTo(502);
        assertThat(lost.json().get("code").asString()).isEqualTo("platform_unreachable");
        assertThat(Connected.shown(server, id).get("health").asString()).isEqualTo("live");
        assertThat(platform.calls()).isEmpty();
    }

    /// Nor where a credential is tried before it is stored, by a call or at the token endpoint.
    @Test
    void whoConnectsWhileThePlatformsOwnTlsFailsIsToldToComeAgain() {
        Issued member = platform.member();
        String id = connected.connected(server, "certificate", "crm", pair(member, member));
        platform.growOld();
        later(connected.connect(server, "certificate", "other", pair(member, member)));
        later(bank(member));
        later(server.admin(
                "PUT", "/v1/connections/" + id + "/credential", "{\"credential\":{" + pair(member, member) + "}}"));
        assertThat(Connected.shown(server, id).get("health").asString()).isEqualTo("live");
        platform.growYoung();
        assertThat(connected.get(server, id, "/contacts").status()).isEqualTo(200);
        assertThat(bank(member).status()).isEqualTo(201);
        connected.connected(server, "certificate", "other", pair(member, member));
    }

    private static void later(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(got.text()).doesNotContain("BEGIN");
    }

    private Got bank(Issued member) {
        return server.admin(
                "POST",
                "/v1/organizations/" + connected.customer().organization() + "/connections",
                "{\"platform\":\"Bank\",\"kind\":\"certificate\",\"name\":\"bank\",\"credential\":{\"client_id\":\"me\","
                        + pair(member, member) + "}}");
    }

    @Test
    void aTokenIsObtainedOverAConnectionThatShowsTheCertificate() {
        Issued member = platform.member();
        Got got = bank(member);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(platform.requests()).containsExactly("grant_type=client_credentials&client_id=me");
        assertThat(platform.shown())
                .containsExactly(member.certificate().getSerialNumber().toString());
        String id = got.json().get("id").asString();
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
        assertThat(platform.calls().getLast().has("authorization", "Bearer access-1"))
                .isTrue();
    }

    @Test
    void keysThatFitNothingAreToldAndNotStored() {
        Issued member = platform.member();
        Issued stranger = new TestAuthority("strangers").issueRsa();
        List<Got> wrong = List.of(
                connected.connect(server, "certificate", "crm", pair(member, stranger)),
                connected.connect(server, "certificate", "crm", pair(stranger, stranger)),
                connected.connect(server, "certificate", "crm", "\"certificate\":" + json(member.pem())),
                connected.connect(server, "jwt_bearer", "crm", "\"client_id\":\"me\",\"private_key\":\"s3cret\""),
                connected.connect(
                        server,
                        "jwt_bearer",
                        "crm",
                        "\"client_id\":\"me\",\"private_key\":" + json(stranger.keyPem())));
        assertThat(wrong).allSatisfy(got -> {
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).doesNotContain("s3cret", line(member), line(stranger));
        });
        assertThat(connected
                        .connect(server, "key", "crm", "\"key\":\"two\\nlines\"")
                        .status())
                .as("only keys in PEM have lines")
                .isEqualTo(400);
    }

    /// Neither the database nor the trail has it.
    private void nowhere(String... secrets) throws IOException {
        assertThat(server.admin("GET", "/v1/audit?limit=200", "").text()).doesNotContain(secrets);
        try (Stream<Path> files = Files.list(server.database().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
    }
}
