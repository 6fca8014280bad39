package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.Admin;
import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.GatehouseException;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import dev.gatehouse.client.Secret;
import dev.gatehouse.server.Environment;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A running demo: one node on SQLite, a sample upstream, a sample application that people sign in at, an Api
/// with credentials, others that speak the dialects of providers, somebody else's CRM, all in this process and on
/// loopback.
public final class Demo implements AutoCloseable {
    private static final String ADMIN_KEY = "Admin key of the demo";

    private final Around around;
    private final SampleApp app;
    private final Gatehouse gatehouse;
    private final DemoFile file;

    private Demo(Around around, SampleApp app, Gatehouse gatehouse, DemoFile file) {
        this.around = around;
        this.app = app;
        this.gatehouse = gatehouse;
        this.file = file;
    }

    /// Starts the demo of a folder, which keeps its data and ports from start to start.
    ///
    /// @param port the first port, the others follow upward; 0 for any free ones; those of the last start when
    ///     absent
    /// @throws DemoException when it cannot start; the message says what to do
    public static Demo start(Path folder, Optional<Integer> port) {
        OwnerOnly.folder(folder);
        Ports ports = Ports.choose(folder, port);
        Optional<DemoFile> before = DemoFile.read(folder);
        Around around = new Around(ports, crm(folder, ports, before));
        try {
            return start(folder, ports, around, before);
        } catch (IOException e) {
            around.close();
            throw new DemoException("cannot start: " + e.getMessage());
        } catch (RuntimeException e) {
            around.close();
            throw e;
        }
    }

    /// Where everything is.
    public DemoFile file() {
        return file;
    }

    private static NodeConfig config(Path folder, Ports ports) throws IOException {
        return switch (ConfigFile.load(folder, ports)) {
            case Loaded.Good(NodeConfig config) -> config;
            case Loaded.Wrong(var mistakes) ->
                throw new DemoException(mistakes.getFirst().toString());
        };
    }

    /// Where it is now, with the secret of an earlier start.
    private static Crm crm(Path folder, Ports ports, Optional<DemoFile> before) {
        return new Crm(
                URI.create("https://localhost:" + ports.of(Ports.CRM) + "/api"),
                CrmFiles.certificate(folder.toAbsolutePath()),
                URI.create("http://127.0.0.1:" + ports.of(Ports.APP) + "/"),
                before.flatMap(DemoFile::crm).map(Crm::secret).orElseGet(() -> {
                    byte[] bytes = new byte[16];
                    new SecureRandom().nextBytes(bytes);
                    return Secret.of(HexFormat.of().formatHex(bytes));
                }));
    }

    /// Starts the node and sets it up. A key that an earlier start did not come to write down is lost: then the
    /// node is stopped for a moment, because another bootstrap key is made in the database of a node that does
    /// not run.
    private static Demo start(Path folder, Ports ports, Around around, Optional<DemoFile> before) throws IOException {
        NodeConfig config = config(folder, ports);
        around.introduce();
        URI base = URI.create("http://127.0.0.1:" + ports.of(Ports.ADMIN));
        Gatehouse gatehouse = Gatehouse.start(config, Environment.ofSystem());
        try {
            ports.keep(folder);
            ConfigFile.keep(folder, ports);
            Optional<Entry> kept = before.map(file -> file.admin().key()).flatMap(key -> entry(base, key));
            Optional<Secret> first = gatehouse.bootstrapKey().map(key -> Secret.of(key.reveal()));
            boolean fresh = first.isPresent();
            if (kept.isEmpty() && first.isEmpty()) {
                gatehouse.close();
                first = Optional.of(Secret.of(Gatehouse.renewBootstrapKey(config, Environment.ofSystem())
                        .reveal()));
                gatehouse = Gatehouse.start(config, Environment.ofSystem());
            }
            Optional<Secret> bootstrap = first;
            Entry entry = kept.orElseGet(() -> newKey(base, bootstrap.orElseThrow(), fresh));
            DemoFile file = setUp(folder, ports, entry, around.crm(), before, fresh);
            around.join();
            return new Demo(around, app(ports, file), gatehouse, file);
        } catch (IOException | RuntimeException e) {
            gatehouse.close();
            throw e;
        }
    }

    private static SampleApp app(Ports ports, DemoFile file) throws IOException {
        Accounts accounts = file.accounts().orElseThrow();
        return SampleApp.start(
                ports.of(Ports.APP),
                new SampleApp.Settings(
                        accounts.issuer(),
                        accounts.clients().getLast().clientId(),
                        "openid profile " + AccountsSetup.READ,
                        accounts.issuer() + "/orders",
                        chat(file)));
    }

    private static SampleApp.Chat chat(DemoFile file) {
        DemoFile.DemoApi api = file.apis().stream()
                .filter(one -> one.dialect().equals("inbenta"))
                .findFirst()
                .orElseThrow();
        DemoFile.DemoCredential key = api.credentials().getLast();
        return new SampleApp.Chat(
                api.base(),
                api.probe().path(),
                Optional.ofNullable(key.names().get("x-inbenta-key")).orElseThrow(),
                key.secret());
    }

    /// Writes the file twice: the key for the admin API at once, so that it is not lost when the rest is cut
    /// short.
    private static DemoFile setUp(
            Path folder, Ports ports, Entry entry, Crm crm, Optional<DemoFile> before, boolean fresh) {
        Admin access = entry.access();
        URI upstream = URI.create("http://127.0.0.1:" + ports.of(Ports.UPSTREAM));
        new DemoFile(
                        access,
                        upstream,
                        before.map(DemoFile::apis).orElse(List.of()),
                        before.flatMap(DemoFile::accounts),
                        Optional.of(crm))
                .write(folder);
        try (AdminClient admin = new AdminClient(access.base(), access.key())) {
            DemoFile file =
                    new Setup(admin, access, ports, before, crm, fresh, new SecureRandom()).run(entry.organization());
            file.write(folder);
            return file;
        }
    }

    /// A key for the admin API, and whose it is.
    private record Entry(Admin access, String organization, String application) {
        static Entry of(AdminClient admin, Admin access) {
            Json.Obj who = admin.whoami();
            return new Entry(access, own(who, "organization"), own(who, "application"));
        }

        private static String own(Json.Obj who, String noun) {
            return who.get(noun)
                    .flatMap(value -> value instanceof Json.Obj object ? object.text("id") : Optional.empty())
                    .orElseThrow(() -> new DemoException("the admin API does not say whose key this is"));
        }
    }

    /// Whose this key is; nobody's when it opens nothing.
    private static Optional<Entry> entry(URI base, Secret key) {
        try (AdminClient admin = new AdminClient(base, key)) {
            return Optional.of(Entry.of(admin, new Admin(base, key)));
        } catch (GatehouseException.Refused refused) {
            if (refused.status() == 401) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /// A bootstrap key ends after a day; the demo's own has no end. One that an earlier start made and lost is
    /// revoked.
    private static Entry newKey(URI base, Secret bootstrap, boolean fresh) {
        try (AdminClient admin = new AdminClient(base, bootstrap)) {
            Entry first = Entry.of(admin, new Admin(base, bootstrap));
            List<Credential> before = fresh ? List.of() : Page.all(ask -> admin.credentials(first.application(), ask));
            before.stream()
                    .filter(credential -> credential.name().equals(ADMIN_KEY) && !credential.revoked())
                    .map(Credential::id)
                    .forEach(lost -> admin.act(Action.REVOKE, lost, Json.Obj.EMPTY));
            Json.Obj wanted = Json.Obj.EMPTY
                    .with("kind", "api_key")
                    .with("name", ADMIN_KEY)
                    .with("scopes", "role");
            Secret key = admin.createCredential(first.application(), wanted)
                    .secret()
                    .orElseThrow(() -> new DemoException("a new credential came without its secret"));
            return new Entry(new Admin(base, key), first.organization(), first.application());
        }
    }

    /// Ends the node first, so that nothing is forwarded to an upstream that is gone.
    @Override
    public void close() {
        app.close();
        gatehouse.close();
        around.close();
    }
}
