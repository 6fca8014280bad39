package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.demo.Demo;
import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in the demo besides keys of servers: a page with a domain key, and a person with a name and a password.
class DemoPagesTest {
    @TempDir
    Path folder;

    private static DemoApi api(Demo demo, String dialect) {
        return demo.file().apis().stream()
                .filter(api -> api.dialect().equals(dialect))
                .findFirst()
                .orElseThrow();
    }

    private static DemoCredential credential(DemoApi api, String kind) {
        return api.credentials().stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> send(DemoApi api, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.base().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .headers(headers)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> exchanged(Demo demo, String origin) throws IOException, InterruptedException {
        DemoApi inbenta = api(demo, "inbenta");
        DemoCredential key = credential(inbenta, "inbenta_domain_key");
        return send(
                inbenta,
                "POST",
                "/v1/auth",
                "{\"domain_key\":\"" + key.secret().reveal() + "\"}",
                "x-inbenta-key",
                key.names().get("x-inbenta-key"),
                "Content-Type",
                "application/json",
                "Origin",
                origin);
    }

    @Test
    void theDomainKeyIsOfThePageAndOfNoOtherAndStays() throws IOException, InterruptedException {
        String before;
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            String page = demo.file().accounts().orElseThrow().app().toString();
            HttpResponse<String> allowed = exchanged(demo, page);
            assertThat(allowed.statusCode()).as(allowed.body()).isEqualTo(200);
            assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(page);
            HttpResponse<String> foreign = exchanged(demo, "http://evil.localhost:1");
            assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(403);
            assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            String file = Files.readString(folder.resolve("demo.json"));
            Json.Obj key = ((Json.Obj) Json.parse(file))
                    .items("apis").stream()
                            .map(Json.Obj.class::cast)
                            .filter(api -> api.text("dialect").equals(Optional.of("inbenta")))
                            .map(api -> (Json.Obj) api.items("credentials").getLast())
                            .findFirst()
                            .orElseThrow();
            assertThat(key.members().keySet()).startsWith("kind", "x-inbenta-key", "origins", "domain_key");
            assertThat(key.get("origins")).contains(Json.strings(List.of(page)));
            before = credential(api(demo, "inbenta"), "inbenta_domain_key").credential();
        }
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            assertThat(credential(api(demo, "inbenta"), "inbenta_domain_key").credential())
                    .isEqualTo(before);
            String moved = demo.file().accounts().orElseThrow().app().toString();
            assertThat(exchanged(demo, moved).statusCode())
                    .as("pages at other ports")
                    .isEqualTo(200);
        }
    }

    @Test
    void thePersonOfInfobipHasNameAndPassword() throws IOException, InterruptedException {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            DemoApi infobip = api(demo, "infobip");
            DemoCredential person = credential(infobip, "infobip_user");
            String pair = person.names().get("username") + ":" + person.secret().reveal();
            String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> got = send(infobip, "GET", "/account/1/balance", "", "Authorization", basic);
            assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
            for (String sms : List.of("/sms/2/text/advanced", "/sms/3/messages")) {
                assertThat(send(infobip, "POST", sms, "{}", "Authorization", basic)
                                .body())
                        .contains("bulkId");
            }
            assertThat(send(infobip, "GET", "/settings/2/api-keys", "", "Authorization", basic)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /// Where no browser is installed this is told and not run; `.ci/browser` installs one.
    @Test
    void thePageWorksInARealBrowser() throws IOException, InterruptedException {
        Optional<Path> program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            System.err.println("NOT RUN: the page of the demo in a browser, because there is no Chromium");
            return;
        }
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            String page = demo.file().accounts().orElseThrow().app() + "/chat";
            assertThat(shown(program.get(), page)).contains("the Api answered 200");
        }
    }

    /// The page as it is once its script has ended.
    private String shown(Path program, String page) throws IOException, InterruptedException {
        Path out = folder.resolve("page.html");
        Process browser = new ProcessBuilder(List.of(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        page))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return Files.readString(out);
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
    }
}
