package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.demo.Crm;
import dev.gatehouse.cli.demo.Demo;
import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo's CRM, connected and called through as the customer of Data2CRM.API that `demo.json` names.
class DemoCrmTest {
    @TempDir
    Path folder;

    @Test
    void itsAccountsAreConnectedAndStayConnected() throws Exception {
        String key;
        String internal;
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            Crm crm = crm(demo);
            key = created(demo, "key", "{\"key\":\"" + crm.key().reveal() + "\"}");
            created(
                    demo,
                    "user",
                    "{\"email\":\"ann@crm.example\",\"password\":\""
                            + crm.password().reveal() + "\"}");
            internal = created(demo, "oAuth-internal", tokens(demo));
            assertThat(called(demo, key)).startsWith("200 ");
            assertThat(called(demo, internal)).contains("/api/contacts");
            assertThat(crm(crm, "POST", crm.base().resolve("/expire")).statusCode())
                    .isEqualTo(200);
            assertThat(ask(demo, "GET", "/v1/application/count", "").body()).contains("3");
        }
        try (Demo demo = Demo.start(folder, Optional.empty())) {
            assertThat(called(demo, key)).startsWith("200 ");
            assertThat(called(demo, internal)).startsWith("200 ");
            crm(crm(demo), "POST", crm(demo).base().resolve("/forget"));
        }
    }

    private static Crm crm(Demo demo) {
        return demo.file().crm().orElseThrow();
    }

    private static DemoApi api(Demo demo) {
        return demo.file().apis().stream()
                .filter(api -> api.dialect().equals("data2crm"))
                .findFirst()
                .orElseThrow();
    }

    private static String created(Demo demo, String authorization, String credential) throws Exception {
        HttpResponse<String> got = ask(
                demo,
                "POST",
                "/v1/application",
                "{\"type\":\"" + Crm.TYPE + "\",\"authorization\":\"" + authorization + "\",\"credential\":"
                        + credential + "}");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(201);
        return ((Json.Obj) Json.parse(got.body())).text("key").orElseThrow();
    }

    private static String called(Demo demo, String key) throws Exception {
        HttpResponse<String> got = ask(demo, "GET", "/v1/contacts", "", "X-API2CRM-APPLICATION-KEY", key);
        return got.statusCode() + " " + got.body();
    }

    private static HttpResponse<String> ask(Demo demo, String method, String path, String body, String... headers)
            throws Exception {
        DemoCredential user = api(demo).credentials().getFirst();
        assertThat(user.kind()).isEqualTo("data2crm_user");
        String[] all = Stream.concat(
                        Stream.of("X-API2CRM-USER-KEY", user.secret().reveal(), "Content-Type", "application/json"),
                        Stream.of(headers))
                .toArray(String[]::new);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(api(demo).base().resolve(path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .headers(all)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /// What a browser brings back to the page of the customer, as a credential.
    private static String tokens(Demo demo) throws Exception {
        String redirect = crm(demo).redirect().toString();
        URI begin = api(demo)
                .base()
                .resolve("/authorization/oauth/" + Crm.TYPE + "/authorize?redirect="
                        + URLEncoder.encode(redirect, StandardCharsets.UTF_8));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> sent =
                    http.send(HttpRequest.newBuilder(begin).build(), HttpResponse.BodyHandlers.ofString());
            String cookie =
                    sent.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
            URI page = URI.create(sent.headers().firstValue("Location").orElseThrow());
            URI back = URI.create(
                    crm(crm(demo), "GET", page).headers().firstValue("Location").orElseThrow());
            String hash = http.send(
                            HttpRequest.newBuilder(back)
                                    .header("Cookie", cookie)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(hash).startsWith(redirect + "#instance_url=");
            Json.Obj credential = Json.Obj.EMPTY;
            for (String pair : hash.substring(redirect.length() + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                credential = credential.with(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            return credential.compact();
        }
    }

    private static HttpResponse<String> crm(Crm crm, String method, URI address) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(trusting(crm.certificate())).build()) {
            return http.send(
                    HttpRequest.newBuilder(address)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static SSLContext trusting(Path certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "crm", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
