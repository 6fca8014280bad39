package dev.gatehouse.server.config;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.egress.Opening;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a node is. Read once, at the start; unknown keys, wrong values and duplicates stop it.
///
/// @param clientAuthorities PEM file of those who sign the certificates by which clients prove themselves
/// @param keyPeriod how long a signing or sealing key is active; absent when they rotate by command only
/// @param tracing absent when nothing is traced
/// @param outbound where requests of its own may go
/// @param pages how pages for people look
/// @param mail how letters to people are sent
/// @param describe every key with its effective value, for people; secrets are masked
public record NodeConfig(
        Path data,
        Path keyFile,
        Database database,
        List<Listener> listeners,
        boolean allowRemoteAdmin,
        Optional<Path> clientAuthorities,
        Limits limits,
        Optional<Duration> keyPeriod,
        Log log,
        Optional<Tracing> tracing,
        Outbound outbound,
        Pages pages,
        Mail mail,
        List<Shown> describe) {
    /// Where everything is stored.
    public sealed interface Database {
        /// SQLite in the data folder.
        record Embedded() implements Database {}

        /// PostgreSQL.
        ///
        /// @param password empty when the server asks for none
        record PostgreSql(String url, String user, Secret password) implements Database {}
    }

    /// One socket that is listened on.
    ///
    /// @param name unique on the node; an Api may be bound to a listener by this name
    /// @param port 0 takes a free one
    /// @param bodyBytes the largest body that is passed on to an upstream
    /// @param tls absent for plain HTTP, which is for the loopback or behind a proxy that speaks TLS
    /// @param trustedProxies the peers that may say where a request comes from, and over what
    /// @param certificateHeader in which those peers tell the certificates of clients
    /// @param proxy which proxy asks at it; present when it serves verdicts
    public record Listener(
            String name,
            InetAddress address,
            int port,
            Serves serves,
            long bodyBytes,
            Optional<Tls> tls,
            List<AddressBlock> trustedProxies,
            Optional<String> certificateHeader,
            Optional<Proxy> proxy) {
        /// Keeps copies.
        public Listener {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /// Proxies that ask for verdicts. Each has its own way to tell what it was asked for.
    public enum Proxy {
        /// `auth_request`.
        NGINX,
        /// `forward_auth`.
        CADDY,
        /// The script of its recipe.
        HAPROXY,
        /// `ForwardAuth`.
        TRAEFIK,
        /// `ext_authz` over HTTP.
        ENVOY
    }

    /// TLS of a listener.
    ///
    /// @param certificates PEM files, the leaf first; the first file is shown to callers that name no known host
    /// @param keys PEM files of the private keys, in the same order
    /// @param clientCa PEM file of those who sign the certificates of callers; anybody when absent
    /// @param http2 whether HTTP/2 is offered
    public record Tls(
            List<Path> certificates,
            List<Path> keys,
            Optional<Path> clientCa,
            ClientCertificates clientCertificates,
            boolean http2) {
        /// Keeps copies.
        public Tls {
            certificates = List.copyOf(certificates);
            keys = List.copyOf(keys);
        }
    }

    /// Whether callers show a certificate.
    public enum ClientCertificates {
        /// They are not asked for one.
        NONE,
        /// They may.
        WANT,
        /// Without one there is no connection.
        REQUIRE
    }

    /// What stands behind a listener.
    public enum Serves {
        /// Calls and tokens of the Apis.
        API,
        /// The admin API.
        ADMIN,
        /// Verdicts about calls that other proxies carry.
        VERIFY
    }

    /// Bounds of the HTTP boundary.
    ///
    /// @param connections of one listener
    /// @param bufferedBytes of bodies that are held whole, of one listener
    /// @param head until the head of a request must have arrived
    /// @param upstream until an upstream must have begun its answer
    /// @param leave how long it serves on after it was told to stop
    public record Limits(
            int headBytes,
            int connections,
            long bufferedBytes,
            Duration head,
            Duration idle,
            Duration upstream,
            Duration leave) {}

    /// How the log is written.
    public record Log(LogFormat format, LogLevel level) {}

    /// The shape of a log line.
    public enum LogFormat {
        /// For people.
        TEXT,
        /// One JSON object a line.
        JSON
    }

    /// The least level that is written.
    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /// Where traces go.
    ///
    /// @param endpoint of a collector that takes OTLP over HTTP
    /// @param sampleRatio which part of all requests is traced, 0 to 1
    /// @param followCallers whether callers decide for their own requests
    public record Tracing(URI endpoint, double sampleRatio, String serviceName, boolean followCallers) {}

    /// Requests that the node makes to others.
    ///
    /// @param allow where to besides the public internet
    /// @param documents where metadata documents of clients may be, besides the public internet
    /// @param platforms a folder of platform files
    /// @param clients the file of the operator's clients at platforms
    /// @param events who is told of connections that fail
    public record Outbound(
            List<Allowed> allow,
            List<Allowed> documents,
            Optional<Path> platforms,
            Optional<Path> clients,
            Optional<Hook> events) {
        /// Keeps a copy.
        public Outbound {
            allow = List.copyOf(allow);
            documents = List.copyOf(documents);
        }
    }

    /// Who is told what happens.
    ///
    /// @param url where to
    /// @param secrets the file of what it is signed with
    public record Hook(URI url, Path secrets) {}

    /// A place that requests may go to.
    ///
    /// @param certificate PEM file of the one certificate that is trusted there
    public record Allowed(Opening opening, Optional<Path> certificate) {}

    /// The provider on the pages where people sign in.
    ///
    /// @param accent of buttons and links on light pages
    /// @param accentDark the same on dark ones
    /// @param logo a PNG
    public record Pages(String name, Colour accent, Colour accentDark, Optional<Bytes> logo) {}

    /// How letters to people are sent.
    ///
    /// @param from whom they come from, as in a letter: `Shop <accounts@shop.example>`
    /// @param folder where they are put without an SMTP server
    /// @param named whether the operator named that folder
    public record Mail(String from, Path folder, boolean named, Optional<Smtp> smtp) {
        /// Whether letters get to people, as far as the operator has said: pages offer none otherwise.
        public boolean reaches() {
            return named || smtp.isPresent();
        }
    }

    /// A server that takes letters.
    ///
    /// @param user whom it knows this node as
    public record Smtp(String host, int port, Security security, Optional<String> user, Optional<Secret> password) {
        /// How the connection to it is kept from others.
        public enum Security {
            /// By TLS after a greeting in clear; nothing is sent to a server without it.
            STARTTLS,
            /// By TLS from the first byte.
            TLS,
            /// Not at all.
            NONE
        }
    }

    /// One effective setting.
    ///
    /// @param value as it would be written; `***` for a secret, `-` when unset
    /// @param origin where it comes from: `default`, `gatehouse.yaml:12`, `environment GATEHOUSE_DATA`, `--set
    /// data`
    public record Shown(String key, String value, String origin) {}

    /// Keeps copies.
    public NodeConfig {
        listeners = List.copyOf(listeners);
        describe = List.copyOf(describe);
    }

    /// Reads the sources: the file, then the environment, then flags; what is said later wins.
    public static Loaded load(ConfigSources sources) {
        return new ConfigReader().read(sources);
    }
}
