package dev.gatehouse.cli;

import dev.gatehouse.cli.demo.DemoFile;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where the admin API is and which key opens it: options first, then the environment. A key never stands on the
/// command line, where every process of the machine can read it.
final class Connection {
    static final String URL = "GATEHOUSE_URL";
    static final String KEY = "GATEHOUSE_KEY";
    static final String ADMIN_KEY_FILE = "GATEHOUSE_ADMIN_KEY_FILE";
    static final String CLIENT_SECRET = "GATEHOUSE_CLIENT_SECRET";

    /// Variables that begin like the server's configuration but are not part of it.
    static final Set<String> VARIABLES =
            Set.of(URL, KEY, ADMIN_KEY_FILE, CLIENT_SECRET, "GATEHOUSE_JAVA", "GATEHOUSE_JAVA_OPTS");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "base URL of the admin API (else GATEHOUSE_URL, else http://127.0.0.1:8081)")
    Optional<URI> url = Optional.empty();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "file with the API key, - for standard input (else GATEHOUSE_KEY, GATEHOUSE_ADMIN_KEY_FILE)")
    Optional<String> keyFile = Optional.empty();

    @Option(names = "--demo", paramLabel = "DIR", description = "take URL and key from the demo in this folder")
    Optional<Path> demo = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    CommandSpec mixee = CommandSpec.create();

    AdminClient open() {
        Terminal terminal = Terminal.of(mixee);
        if (demo.isPresent()) {
            if (url.isPresent() || keyFile.isPresent()) {
                throw Complaint.usage("--demo says all; leave out --url and --key-file");
            }
            DemoFile.Admin admin = Demos.read(demo.get()).admin();
            return new AdminClient(admin.base(), admin.key());
        }
        URI base = url.or(() -> terminal.variable(URL).map(URI::create)).orElse(URI.create("http://127.0.0.1:8081"));
        return new AdminClient(base, key(terminal));
    }

    private Secret key(Terminal terminal) {
        return keyFile.map(file -> Secrets.read(terminal, file))
                .or(() -> terminal.variable(KEY).map(Secret::of))
                .or(() -> terminal.variable(ADMIN_KEY_FILE).map(file -> Secrets.read(terminal, file)))
                .orElseThrow(() -> Complaint.usage("""
                        no API key. Give one with --key-file FILE, GATEHOUSE_KEY or GATEHOUSE_ADMIN_KEY_FILE, \
                        or use --demo DIR for a demo.
                        `gatehouse bootstrap` says how to get the first key."""));
    }
}
