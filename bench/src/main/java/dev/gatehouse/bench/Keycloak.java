package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Keycloak in production mode with one realm, one confidential client and ES256, on PostgreSQL.
final class Keycloak implements AutoCloseable {
    static final String SECRET = "keycloak-bench-secret";

    private final Child child;
    private final int port;

    private Keycloak(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /// The zip that `bench/run` fetched from Maven Central.
    static Path zip(Bench bench) {
        return bench.home().resolve("bench/target/peers/keycloak-quarkus-dist.zip");
    }

    static Keycloak start(Bench bench, Database.PostgreSql database) {
        try {
            Path folder = Files.createTempDirectory(bench.work(), "keycloak");
            unzip(zip(bench), folder);
            Path home;
            try (var inside = Files.list(folder)) {
                home = inside.findFirst().orElseThrow();
            }
            Path program = home.resolve("bin/kc.sh");
            Files.setPosixFilePermissions(program, EnumSet.allOf(PosixFilePermission.class));
            Path imports = Files.createDirectories(home.resolve("data/import"));
            Files.writeString(imports.resolve("bench-realm.json"), REALM);
            Map<String, String> environment = Map.of("JAVA_HOME", Jvm.home().toString());
            bench.say("building Keycloak for PostgreSQL");
            try (Child build = Child.start(
                    "keycloak-build",
                    Bench.REST,
                    bench.work(),
                    environment,
                    List.of(program.toString(), "build", "--db=postgres"))) {
                build.awaitEnd(Duration.ofMinutes(5));
            }
            int port = Ports.free();
            Child child = Child.start(
                    "keycloak",
                    Bench.SERVER,
                    bench.work(),
                    environment,
                    List.of(
                            program.toString(),
                            "start",
                            "--optimized",
                            "--import-realm",
                            "--http-enabled=true",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--hostname-strict=false",
                            "--cache=local",
                            "--db-url=" + database.at().url(),
                            "--db-username=" + database.at().user(),
                            "--db-password=" + database.at().password()));
            Keycloak keycloak = new Keycloak(child, port);
            child.awaitReady(() -> child.output().contains("Listening on"), Duration.ofMinutes(5));
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unzip(Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("an entry leads out of the folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
    }

    /// The address of an endpoint that other servers have under `/oauth2`.
    String address(String path) {
        String own = path.equals("/oauth2/introspect") ? "/token/introspect" : path.replace("/oauth2", "");
        return "http://127.0.0.1:" + port + "/realms/bench/protocol/openid-connect" + own;
    }

    ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public void close() {
        child.close();
    }

    private static final String REALM = """
            {"realm": "bench", "enabled": true, "sslRequired": "none", "defaultSignatureAlgorithm": "ES256",
             "accessTokenLifespan": 3600,
             "components": {"org.keycloak.keys.KeyProvider": [
               {"name": "ecdsa", "providerId": "ecdsa-generated", "subComponents": {},
                "config": {"priority": ["100"], "ecdsaEllipticCurveKey": ["P-256"]}}]},
             "clients": [{"clientId": "bench", "enabled": true, "secret": "%s", "publicClient": false,
               "protocol": "openid-connect", "clientAuthenticatorType": "client-secret",
               "serviceAccountsEnabled": true, "standardFlowEnabled": false, "directAccessGrantsEnabled": false,
               "attributes": {"access.token.signed.response.alg": "ES256"}}]}
            """.formatted(SECRET);
}
