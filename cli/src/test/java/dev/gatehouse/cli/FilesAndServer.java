package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.apply.EmptyServer;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A new server, a folder of files, and the command line between them.
abstract class FilesAndServer {
    static final String API = """
            apis:
              orders:
                issuer: http://127.0.0.1:9
                scopes: {"orders:read": See, "orders:write": Change}
                routes:
                  - {methods: [GET], path: /orders, any: ["orders:read"]}
            """;

    static final String SHOP = """
            organizations:
              /:
                roles:
                  customer: {rights: {orders: ["orders:read"]}}
              Acme:
                applications:
                  shop:
                    client_id: acme-shop
                    role: customer
                    credentials:
                      key: {kind: api_key, scopes: role}
            """;

    @TempDir
    Path temporary;

    EmptyServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmptyServer.start(temporary.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Ran apply(Path folder) {
        Ran ran = run("apply", folder.toString(), "--show-secrets");
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran;
    }

    /// The id of the first one in a list.
    String id(String... list) {
        List<String> line = new ArrayList<>(List.of(list));
        line.addAll(List.of("-o", "json"));
        Json.Obj page = (Json.Obj) Json.parse(run(line.toArray(String[]::new)).out());
        return ((Json.Obj) page.items("items").getFirst()).text("id").orElseThrow();
    }

    Path files(String apis, String organizations) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("files"));
        write(folder, "apis.yaml", apis);
        write(folder, "organizations.yaml", organizations);
        return folder;
    }

    static void write(Path folder, String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    Ran run(String... arguments) {
        return on(server, arguments);
    }

    static Ran on(EmptyServer server, String... arguments) {
        return on(server, Map.of(), arguments);
    }

    Ran run(Map<String, String> more, String... arguments) {
        return on(server, more, arguments);
    }

    private static Ran on(EmptyServer server, Map<String, String> more, String... arguments) {
        String[] line = Stream.of(
                        arguments, new String[] {"--url", server.base().toString()})
                .flatMap(Stream::of)
                .toArray(String[]::new);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("GATEHOUSE_KEY", server.key().reveal());
        return CommandLineTest.run(environment, "", line);
    }
}
