package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.JsonException;
import dev.gatehouse.client.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `demo.json`: where everything in the demo is and which secrets open it. The only place that holds these
/// secrets.
///
/// @param accounts the OpenID provider; absent until it is set up
/// @param crm somebody else's platform; absent where an earlier release wrote the file
public record DemoFile(Admin admin, URI upstream, List<DemoApi> apis, Optional<Accounts> accounts, Optional<Crm> crm) {
    /// The name of the file in the demo's folder.
    public static final String NAME = "demo.json";

    /// The admin API and a key for it.
    public record Admin(URI base, Secret key) {}

    /// One Api with something to try on it.
    public record DemoApi(
            String name, String dialect, URI base, String issuer, Probe probe, List<DemoCredential> credentials) {
        /// Keeps a copy.
        public DemoApi {
            credentials = List.copyOf(credentials);
        }

        /// The first key pair.
        public Optional<DemoCredential> keyPair() {
            return credentials.stream()
                    .filter(credential -> credential.kind().equals(DemoCredential.KEY_PAIR))
                    .findFirst();
        }
    }

    /// A call that needs one scope.
    public record Probe(String method, String path, String scope) {}

    /// A credential: `key_pair` with a public id, `api_key`, or one of a dialect, under the names that its
    /// provider has for its parts.
    ///
    /// @param names what names it and proves nothing, such as the `id` of a key pair
    /// @param credential its id in the admin API
    /// @param application its owner's id in the admin API
    public record DemoCredential(
            String kind,
            Map<String, String> names,
            Secret secret,
            String credential,
            String application,
            List<String> scopes) {
        static final String KEY_PAIR = "key_pair";
        static final String API_KEY = "api_key";
        static final String DOMAIN_KEY = "inbenta_domain_key";
        static final String PERSON = "infobip_user";

        /// Under which name the secret stands, by kind.
        private static final Map<String, String> SECRETS = Map.of(
                KEY_PAIR,
                "secret",
                API_KEY,
                "key",
                "sfs_key",
                "secret",
                "inbenta_secret",
                "secret",
                "nomba_client",
                "client_secret",
                DOMAIN_KEY,
                "domain_key",
                "infobip_app",
                "key",
                PERSON,
                "password",
                "data2crm_user",
                "X-API2CRM-USER-KEY");

        /// Keeps copies.
        public DemoCredential {
            names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
            scopes = List.copyOf(scopes);
        }

        /// The `client_id` of a key pair.
        public Optional<String> id() {
            return Optional.ofNullable(names.get("id"));
        }

        /// The name that the secret of a kind has; empty for a kind that is none.
        static Optional<String> secretName(String kind) {
            return Optional.ofNullable(SECRETS.get(kind));
        }
    }

    /// Keeps a copy.
    public DemoFile {
        apis = List.copyOf(apis);
    }

    /// Reads the file in a folder; empty when there is none, or none that is whole.
    public static Optional<DemoFile> read(Path folder) {
        try {
            return Json.parse(Files.readString(folder.resolve(NAME))) instanceof Json.Obj json
                    ? DemoFileJson.read(json)
                    : Optional.empty();
        } catch (NoSuchFileException | JsonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(NAME), e);
        }
    }

    /// Replaces the file in a folder; readable by its owner alone, and whole at every moment.
    void write(Path folder) {
        OwnerOnly.write(folder.resolve(NAME), DemoFileJson.write(this).pretty() + "\n");
    }
}
