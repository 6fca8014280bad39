package dev.gatehouse.server.config;

import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.secret.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The table of keys. The reference page is written from it.
final class Keys {
    static final ConfigKey<Path> DATA = ConfigKey.of(
            "data",
            ConfigType.PATH,
            "data",
            "Folder of everything this node keeps: the SQLite database, the key file.");
    static final ConfigKey<Path> KEY_FILE = ConfigKey.unset(
            "key-file",
            ConfigType.PATH,
            "Peppers and the key-encryption key. Made at the first start; `gatehouse.keys` in the data folder when unset.");
    static final ConfigKey<String> DATABASE_URL = ConfigKey.unset(
            "database.url", ConfigType.DATABASE_URL, "PostgreSQL. SQLite in the data folder when unset.");
    static final ConfigKey<String> DATABASE_USER =
            ConfigKey.unset("database.user", ConfigType.TEXT, "Needed with `database.url`.");
    static final ConfigKey<Secret> DATABASE_PASSWORD = ConfigKey.unset(
            "database.password", ConfigType.SECRET, "Shown as `***`. Better in the environment or a file.");
    static final ConfigKey<Path> DATABASE_PASSWORD_FILE = ConfigKey.unset(
            "database.password-file",
            ConfigType.PATH,
            "File that holds the password; a line end after it is left out. Not together with `database.password`.");
    static final ConfigKey<Boolean> ALLOW_REMOTE_ADMIN = ConfigKey.of(
            "allow-remote-admin",
            ConfigType.FLAG,
            "false",
            "Must be true for an admin listener on an address that is not loopback, TLS or not.");
    static final ConfigKey<Path> CLIENT_AUTHORITIES = ConfigKey.unset(
            "client-authorities",
            ConfigType.PATH,
            "PEM file of the authorities whose word about a client's name counts, for clients of the method `tls_client_auth`; with the intermediates that clients do not send, each below a root in it. Each is believed for every client of the node. Looked at every two seconds, as the files of `tls` are; one that cannot be used leaves those that were in it before, and a warning. No such client is known when unset.");
    static final ConfigKey<Integer> HEAD_BYTES = ConfigKey.of(
            "limits.head-bytes",
            ConfigType.number(4096, 65_536),
            "16384",
            "Largest request line and headers together.");
    static final ConfigKey<Integer> CONNECTIONS = ConfigKey.of(
            "limits.connections",
            ConfigType.number(16, 100_000),
            "10000",
            "Most open connections of one listener. Each has its own, so that calls leave the admin API some.");
    static final ConfigKey<Long> BUFFERED_BYTES = ConfigKey.of(
            "limits.buffered-bytes",
            ConfigType.size(65_536, 1L << 40),
            "33554432",
            "Bytes of bodies that are read whole (tokens, introspection, the admin API, calls with a credential in their body) and not yet answered, and of answers that a dialect learns from, over all connections of one listener. Beyond it a request is refused (503) and an answer is not learnt from. Other bodies that are passed on are not held.");
    static final ConfigKey<Integer> HEAD_SECONDS = ConfigKey.of(
            "limits.head-seconds", ConfigType.number(1, 120), "10", "Until the head of a request must have arrived.");
    static final ConfigKey<Integer> IDLE_SECONDS = ConfigKey.of(
            "limits.idle-seconds", ConfigType.number(1, 600), "60", "How long a connection may be silent.");
    static final ConfigKey<Integer> UPSTREAM_SECONDS = ConfigKey.of(
            "limits.upstream-seconds",
            ConfigType.number(1, 600),
            "60",
            "Until an upstream must have begun its answer (504 beyond).");
    static final ConfigKey<Integer> LEAVE_SECONDS = ConfigKey.of(
            "limits.leave-seconds",
            ConfigType.number(0, 300),
            "0",
            "How long a node that was told to stop serves on while `/readyz` already says 503, so that no load balancer sends anything to where nobody listens any more.");
    static final ConfigKey<Integer> ROTATE_DAYS = ConfigKey.of(
            "keys.rotate-days",
            ConfigType.number(0, 3650),
            "30",
            "How long a signing or sealing key is active before the next one takes over by itself; 0: by command only. The same on all nodes of an installation.");
    static final ConfigKey<NodeConfig.LogFormat> LOG_FORMAT = ConfigKey.of(
            "log.format",
            ConfigType.oneOf(NodeConfig.LogFormat.class),
            "text",
            "One line for each event, either way, on standard error. When whoever reads it stops reading, lines are lost and no request waits.");
    static final ConfigKey<NodeConfig.LogLevel> LOG_LEVEL = ConfigKey.of(
            "log.level", ConfigType.oneOf(NodeConfig.LogLevel.class), "info", "The least level that is written.");
    static final ConfigKey<URI> TRACING_ENDPOINT = ConfigKey.unset(
            "tracing.endpoint",
            ConfigType.COLLECTOR,
            "Where a collector takes traces by OTLP over HTTP, such as `http://127.0.0.1:4318/v1/traces`. Nothing is traced when unset.");
    static final ConfigKey<Double> TRACING_SAMPLE_RATIO =
            ConfigKey.of("tracing.sample-ratio", ConfigType.RATIO, "0.1", "Which part of all requests is traced.");
    static final ConfigKey<String> TRACING_SERVICE_NAME = ConfigKey.of(
            "tracing.service-name", ConfigType.TEXT, "gatehouse", "The name that traces bear (`service.name`).");
    static final ConfigKey<Boolean> TRACING_FOLLOW_CALLERS = ConfigKey.of(
            "tracing.follow-callers",
            ConfigType.FLAG,
            "false",
            "Whether a caller that sends `traceparent` decides if its request is traced. Then any caller can have every request of its own traced.");

    static final ConfigKey<List<NodeConfig.Allowed>> EGRESS_ALLOW = ConfigKey.unset(
            "egress.allow",
            ConfigType.ALLOWED,
            "Places besides port 443 of public addresses that this node may send requests to when a platform of a connection, the `backchannel_logout_uri` of an application, the `jwks_uri` of a credential, or a `request_uri` or `sector_identifier_uri` of an application is there, which whoever may write those chooses: an internal host, another port, plain HTTP. With a PEM file behind a space that certificate alone is trusted there, its own or that of its authority.");
    static final ConfigKey<List<NodeConfig.Allowed>> EGRESS_DOCUMENTS = ConfigKey.unset(
            "egress.allow-client-documents",
            ConfigType.ALLOWED,
            "Places besides port 443 of public addresses at which metadata documents of clients may be (`metadata_documents`), written as in `egress.allow`, which opens none for them: anybody may name one.");
    static final ConfigKey<Path> CONNECTIONS_PLATFORMS = ConfigKey.unset(
            "connections.platforms",
            ConfigType.PATH,
            "Folder of platform files (`*.yaml`) besides those that come with Gatehouse. One of the same type counts in their place. Read at the start; a mistake in one stops it.");
    static final ConfigKey<Path> CONNECTIONS_CLIENTS_FILE = ConfigKey.unset(
            "connections.clients-file",
            ConfigType.PATH,
            "YAML file of the clients that you registered at platforms, `HubSpot: {id: ..., secret: ...}`; for no other user to read.");
    static final ConfigKey<URI> CONNECTIONS_EVENTS_URL = ConfigKey.unset(
            "connections.events-url",
            ConfigType.COLLECTOR,
            "Where events are sent when a connection fails and when it works again, signed as Standard Webhooks say. HTTPS on port 443 of a public address, or a place of `egress.allow`. The same on every node. Needs `connections.events-secret-file`.");
    static final ConfigKey<Path> CONNECTIONS_EVENTS_SECRET_FILE = ConfigKey.unset(
            "connections.events-secret-file",
            ConfigType.PATH,
            "File of up to four secrets that events are signed with, one a line: `whsec_` and the Base64 of 24 to 96 random bytes; for no other user to read.");
    static final ConfigKey<String> PAGES_NAME = ConfigKey.of(
            "pages.name", ConfigType.TEXT, "Gatehouse", "The provider's name on the pages where people sign in.");
    static final ConfigKey<Colour> PAGES_ACCENT = ConfigKey.of(
            "pages.accent",
            ConfigType.colour("white", Colour.WHITE),
            "#1d5bbf",
            "Colour of buttons and links on light pages.");
    static final ConfigKey<Colour> PAGES_ACCENT_DARK = ConfigKey.of(
            "pages.accent-dark",
            ConfigType.colour("the dark background #16181d", Colour.NIGHT),
            "#8db8ff",
            "The same on dark pages, which people get whose system is dark.");
    static final ConfigKey<Path> PAGES_LOGO = ConfigKey.unset(
            "pages.logo", ConfigType.PATH, "PNG file of at most 256 KiB, shown above the name. None when unset.");

    static final ConfigKey<String> MAIL_FROM = ConfigKey.of(
            "mail.from",
            ConfigType.SENDER,
            "Gatehouse <gatehouse@localhost>",
            "Whom letters to people come from. Must be set with `mail.smtp-host`.");
    static final ConfigKey<Path> MAIL_FOLDER = ConfigKey.unset(
            "mail.folder",
            ConfigType.PATH,
            "Where letters are put, one `.eml` file each, the newest thousand, for no other user to read; `mail` in the data folder when unset; the sign-in page offers letters where this or `mail.smtp-host` is set. Not together with that.");
    static final ConfigKey<String> MAIL_SMTP_HOST = ConfigKey.unset(
            "mail.smtp-host", ConfigType.TEXT, "The server that letters are handed to, by SMTP. Files when unset.");
    static final ConfigKey<Integer> MAIL_SMTP_PORT =
            ConfigKey.of("mail.smtp-port", ConfigType.number(1, 65_535), "587", "Its port.");
    static final ConfigKey<NodeConfig.Smtp.Security> MAIL_SMTP_SECURITY = ConfigKey.of(
            "mail.smtp-security",
            ConfigType.oneOf(NodeConfig.Smtp.Security.class),
            "starttls",
            "`starttls`: TLS after a greeting in clear, and nothing is sent to a server that has none. `tls`: from the first byte, usually at port 465. `none`: in clear, for a server on the same machine.");
    static final ConfigKey<String> MAIL_SMTP_USER =
            ConfigKey.unset("mail.smtp-user", ConfigType.TEXT, "Needs `mail.smtp-password-file`, and TLS.");
    static final ConfigKey<Path> MAIL_SMTP_PASSWORD_FILE = ConfigKey.unset(
            "mail.smtp-password-file",
            ConfigType.PATH,
            "File that holds the password; a line end after it is left out.");

    /// In the order of the reference.
    static final List<ConfigKey<?>> ALL = List.of(
            DATA,
            KEY_FILE,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_PASSWORD_FILE,
            ALLOW_REMOTE_ADMIN,
            CLIENT_AUTHORITIES,
            HEAD_BYTES,
            CONNECTIONS,
            BUFFERED_BYTES,
            HEAD_SECONDS,
            IDLE_SECONDS,
            UPSTREAM_SECONDS,
            LEAVE_SECONDS,
            ROTATE_DAYS,
            LOG_FORMAT,
            LOG_LEVEL,
            TRACING_ENDPOINT,
            TRACING_SAMPLE_RATIO,
            TRACING_SERVICE_NAME,
            TRACING_FOLLOW_CALLERS,
            EGRESS_ALLOW,
            EGRESS_DOCUMENTS,
            CONNECTIONS_PLATFORMS,
            CONNECTIONS_CLIENTS_FILE,
            CONNECTIONS_EVENTS_URL,
            CONNECTIONS_EVENTS_SECRET_FILE,
            PAGES_NAME,
            PAGES_ACCENT,
            PAGES_ACCENT_DARK,
            PAGES_LOGO,
            MAIL_FROM,
            MAIL_FOLDER,
            MAIL_SMTP_HOST,
            MAIL_SMTP_PORT,
            MAIL_SMTP_SECURITY,
            MAIL_SMTP_USER,
            MAIL_SMTP_PASSWORD_FILE);

    /// The keys of one listener; `*` stands for its name.
    static final ConfigKey<InetAddress> LISTENER_ADDRESS =
            ConfigKey.of("listeners.*.address", ConfigType.ADDRESS, "127.0.0.1", "Where it listens.");

    static final ConfigKey<Integer> LISTENER_PORT =
            ConfigKey.unset("listeners.*.port", ConfigType.number(0, 65_535), "Needed. 0 takes a free port.");
    static final ConfigKey<NodeConfig.Serves> LISTENER_SERVES = ConfigKey.unset(
            "listeners.*.serves",
            ConfigType.oneOf(NodeConfig.Serves.class),
            "Needed. `api`: calls and tokens of the Apis. `admin`: the admin API. `verify`: verdicts for other proxies (forward-auth).");
    static final ConfigKey<NodeConfig.Proxy> LISTENER_PROXY = ConfigKey.unset(
            "listeners.*.proxy",
            ConfigType.oneOf(NodeConfig.Proxy.class),
            "Needed with `serves: verify`, and only there. Which proxy asks; decides which headers tell the original request, and no others are looked at.");
    static final ConfigKey<List<AddressBlock>> LISTENER_TRUSTED_PROXIES = ConfigKey.unset(
            "listeners.*.trusted-proxies",
            ConfigType.PROXIES,
            "With `serves: verify`: the only peers that are answered. With `serves: api`: the peers whose `X-Forwarded-For` tells the client and whose `X-Forwarded-Proto` tells whether that spoke TLS; they have to set or remove both. Nobody when unset.");

    static final ConfigKey<String> LISTENER_CERTIFICATE_HEADER = ConfigKey.unset(
            "listeners.*.certificate-header",
            ConfigType.CERTIFICATE_HEADER,
            "Only with `trusted-proxies`, which have to set or remove it: the header in which they tell the certificate of the client, whose key it has proven to them to have. Either as `Client-Cert` of RFC 9440, or as nginx writes `$ssl_client_escaped_cert`. From anybody else it is left out, and it is passed on to nobody. No certificate is taken from any header when unset.");

    static final ConfigKey<Long> LISTENER_BODY_BYTES = ConfigKey.of(
            "listeners.*.body-bytes",
            ConfigType.size(1, 1L << 40),
            "1073741824",
            "Only with `serves: api`. Largest body of a call that is passed on to an upstream (413 beyond).");

    static final ConfigKey<Boolean> LISTENER_BEHIND_TLS = ConfigKey.of(
            "listeners.*.behind-tls",
            ConfigType.FLAG,
            "false",
            "Says that a proxy in front of this listener speaks TLS and nobody else can reach it. Plain HTTP on an address that is not loopback needs it.");
    static final ConfigKey<List<Path>> LISTENER_TLS_CERTIFICATES = ConfigKey.unset(
            "listeners.*.tls.certificates",
            ConfigType.PATHS,
            "Makes it HTTPS. PEM files, the server's certificate first in each, then its intermediates. Chosen by the name that the caller asks for; the first when it asks for none of theirs.");
    static final ConfigKey<List<Path>> LISTENER_TLS_KEYS = ConfigKey.unset(
            "listeners.*.tls.keys",
            ConfigType.PATHS,
            "PEM files of their private keys, in the same order; not encrypted, and for no other user to read.");
    static final ConfigKey<Path> LISTENER_TLS_CLIENT_CA = ConfigKey.unset(
            "listeners.*.tls.client-ca",
            ConfigType.PATH,
            "PEM file of the authorities that sign the certificates of callers. Needed with `require`.");
    static final ConfigKey<NodeConfig.ClientCertificates> LISTENER_TLS_CLIENT_CERTIFICATES = ConfigKey.of(
            "listeners.*.tls.client-certificates",
            ConfigType.oneOf(NodeConfig.ClientCertificates.class),
            "none",
            "`require`: no connection without a certificate of the `client-ca`. `want`: without one, or with one of it; where no `client-ca` is set, with any, whoever signed it, and whether it is a client's is judged for each request.");
    static final ConfigKey<Boolean> LISTENER_TLS_HTTP2 = ConfigKey.of(
            "listeners.*.tls.http2", ConfigType.FLAG, "true", "Whether HTTP/2 is offered besides HTTP/1.1.");

    static final List<ConfigKey<?>> LISTENER = List.of(
            LISTENER_ADDRESS,
            LISTENER_PORT,
            LISTENER_SERVES,
            LISTENER_PROXY,
            LISTENER_TRUSTED_PROXIES,
            LISTENER_CERTIFICATE_HEADER,
            LISTENER_BODY_BYTES,
            LISTENER_BEHIND_TLS,
            LISTENER_TLS_CERTIFICATES,
            LISTENER_TLS_KEYS,
            LISTENER_TLS_CLIENT_CA,
            LISTENER_TLS_CLIENT_CERTIFICATES,
            LISTENER_TLS_HTTP2);

    private Keys() {}
}
