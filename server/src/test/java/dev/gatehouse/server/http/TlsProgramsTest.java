package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.Program.Ran;
import dev.gatehouse.testkit.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of [TlsTest] as `openssl` and `curl` meet them. Both offer whatever they are told to, so that it is
/// the server that refuses.
class TlsProgramsTest {
    private static final Program OPENSSL = new Program("openssl");
    private static final Program CURL = new Program("curl");
    private static final String ALERT = "SSL alert number";

    private static final List<String> TLS_1_2 = List.of(
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-RSA-CHACHA20-POLY1305");

    @TempDir
    static Path folder;

    private static String authority;
    private static TestBench bench;

    /// One name with two certificates, so that no suite is refused for want of a key.
    @BeforeAll
    static void start() throws Exception {
        TestAuthority ca = new TestAuthority("ca");
        ca.issue("localhost").write(folder, "ec");
        ca.issue("RSA", Instant.now().plus(Duration.ofDays(9)), "localhost").write(folder, "rsa");
        authority = Files.writeString(folder.resolve("ca.pem"), ca.pem()).toString();
        bench = new TestBench(TestBench::ok, HttpLimits.DEFAULT, Tls.listener(folder, "ec", "rsa"));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    /// A handshake, and what openssl says of it.
    private static Ran handshake(String... offered) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "s_client",
                "-brief",
                "-connect",
                "127.0.0.1:" + bench.port,
                "-servername",
                "localhost",
                "-CAfile",
                authority,
                "-verify_return_error"));
        arguments.addAll(List.of(offered));
        return OPENSSL.run(arguments.toArray(String[]::new));
    }

    private static void refused(Ran ran, String what) {
        assertThat(ran.exit()).as(what + ": " + ran.text()).isNotZero();
        assertThat(ran.text()).as(what).contains(ALERT).doesNotContain("CONNECTION ESTABLISHED");
    }

    @Test
    void opensslSpeaksTheSuitesOfTls13() throws Exception {
        for (String suite :
                List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256")) {
            Ran ran = handshake("-tls1_3", "-ciphersuites", suite);
            assertThat(ran.exit()).as(ran.text()).isZero();
            assertThat(ran.text()).contains("Protocol version: TLSv1.3", "Ciphersuite: " + suite, "Verification: OK");
        }
        for (String suite : List.of("TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256")) {
            refused(handshake("-tls1_3", "-ciphersuites", suite), suite);
        }
    }

    /// Every suite that this openssl has for TLS 1.2, one at a time.
    @Test
    void opensslSpeaksTls12WithEphemeralKeysAndAuthenticatedCiphersOnly() throws Exception {
        String all =
                OPENSSL.run("ciphers", "-s", "-tls1_2", "ALL:eNULL:@SECLEVEL=0").text();
        List<String> suites = Arrays.stream(all.strip().split(":", -1)).toList();
        assertThat(suites)
                .containsAll(TLS_1_2)
                .contains("AES128-GCM-SHA256", "AES256-SHA", "ECDHE-ECDSA-AES128-SHA256", "DHE-RSA-AES128-GCM-SHA256");
        for (String suite : suites) {
            Ran ran = handshake("-tls1_2", "-cipher", suite + ":@SECLEVEL=0");
            if (TLS_1_2.contains(suite)) {
                assertThat(ran.exit()).as(ran.text()).isZero();
                assertThat(ran.text())
                        .contains("Protocol version: TLSv1.2", "Ciphersuite: " + suite, "Verification: OK");
            } else {
                refused(ran, suite);
            }
        }
    }

    @Test
    void opensslIsRefusedEarlierVersions() throws Exception {
        for (String version : List.of("-tls1_1", "-tls1")) {
            refused(handshake(version, "-cipher", "ALL:@SECLEVEL=0"), version);
        }
    }

    @Test
    void opensslGetsNoCompressionNoRenegotiationAndTheNameOfHttp2() throws Exception {
        Ran ran = OPENSSL.run(
                "s_client",
                "-connect",
                "127.0.0.1:" + bench.port,
                "-servername",
                "localhost",
                "-CAfile",
                authority,
                "-tls1_2",
                "-alpn",
                "h2,http/1.1");
        assertThat(ran.text()).contains("Compression: NONE", "ALPN protocol: h2", "Secure Renegotiation IS supported");
    }

    private static Ran curl(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-q",
                "--silent",
                "--show-error",
                "--verbose",
                "--noproxy",
                "*",
                "--cacert",
                authority,
                "--resolve",
                "localhost:" + bench.port + ":127.0.0.1",
                "--max-time",
                "30",
                "--write-out",
                "\nanswered %{http_code} over HTTP/%{http_version}\n",
                "https://localhost:" + bench.port + "/a"));
        arguments.addAll(List.of(more));
        return CURL.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "--tlsv1.2, 1.2, --http1.1, 1.1",
        "--tlsv1.2, 1.2, --http2, 2",
        "--tlsv1.2, 1.3, --http2, 2",
        "--tlsv1.3, 1.3, --http1.1, 1.1",
        "--tlsv1.3, 1.3, --http2, 2",
        "--tlsv1.0, 1.2, --http2, 2",
    })
    void curlIsAnsweredOverTheNewestVersionThatBothSpeak(String least, String most, String http, String spoken)
            throws Exception {
        int before = bench.seen.get();
        Ran ran = curl(least, "--tls-max", most, http);
        assertThat(ran.exit()).as(ran.text()).isZero();
        assertThat(ran.text())
                .contains("SSL connection using TLSv" + most + " / ", "{\"path\":\"/a\"}")
                .contains("answered 200 over HTTP/" + spoken);
        assertThat(bench.seen.get()).isEqualTo(before + 1);
    }

    /// 35 is CURLE_SSL_CONNECT_ERROR.
    @ParameterizedTest
    @CsvSource({
        "1.1, ALL:@SECLEVEL=0",
        "1.0, ALL:@SECLEVEL=0",
        "1.2, AES128-GCM-SHA256:AES256-SHA:@SECLEVEL=0",
        "1.2, ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:@SECLEVEL=0"
    })
    void curlIsRefusedEarlierVersionsAndWeakerSuites(String most, String suites) throws Exception {
        int before = bench.seen.get();
        Ran ran = curl("--tlsv1.0", "--tls-max", most, "--ciphers", suites);
        assertThat(ran.exit()).as(ran.text()).isEqualTo(35);
        assertThat(ran.text()).contains("alert");
        assertThat(bench.seen.get()).isEqualTo(before);
    }

    /// 60 is CURLE_PEER_FAILED_VERIFICATION: curl does not take us for somebody else.
    @Test
    void curlKnowsTheServerByItsName() throws Exception {
        Ran ran = curl(
                "--next",
                "-q",
                "--silent",
                "--show-error",
                "--noproxy",
                "*",
                "--cacert",
                authority,
                "--resolve",
                "other.example:" + bench.port + ":127.0.0.1",
                "https://other.example:" + bench.port + "/a");
        assertThat(ran.exit()).as(ran.text()).isEqualTo(60);
    }
}
