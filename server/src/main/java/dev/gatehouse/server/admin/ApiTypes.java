package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reveal;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.server.dialect.Dialects;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The types of an Api's members.
final class ApiTypes {
    private static final int MAX_PRODUCTS = 100;

    /// Headers that carry something else or frame the message (RFC 9110).
    private static final Set<String> TAKEN_HEADERS = headers(
            "Authorization",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "Date",
            "Expect",
            "Forwarded",
            "Host",
            "Keep-Alive",
            "Origin",
            "Proxy-Authorization",
            "Proxy-Connection",
            "Range",
            "Referer",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "User-Agent",
            "Via",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Request-Id");

    /// An issuer identifier (RFC 8414 section 2): https, but http where the host is this machine.
    static final Type<String> ISSUER = Type.text(
            "an https origin without path (http for a loopback host), such as https://orders.example.com",
            Schema.of("maxLength", 200, "examples", List.of("https://orders.example.com")),
            text -> url(text).filter(ApiTypes::issuer).map(URI::toString),
            Function.identity());

    static final Type<String> AUDIENCE = Types.matching(
            "1 to 200 visible ASCII characters without quotes and backslashes",
            "[!#-\\[\\]-~]{1,200}",
            "https://orders.example.com");

    static final Type<URI> UPSTREAM = Type.text(
            "http or https, a host, and a port if needed, nothing more: http://orders.internal:8080",
            Schema.of("maxLength", 200, "examples", List.of("http://orders.internal:8080")),
            text -> url(text).filter(uri -> uri.getRawPath().isEmpty() && uri.getRawQuery() == null),
            URI::toString);

    /// A page that browsers are sent on to, compared as text (GAUNTLET J05).
    static final Type<String> RETURN_TO = Type.text(
            "an https address without query (http for a loopback host), such as https://app.example.com/connected",
            Schema.of("maxLength", 200, "examples", List.of("https://app.example.com/connected")),
            text -> url(text)
                    .filter(uri -> uri.getRawPath().startsWith("/") && uri.getRawQuery() == null && secure(uri))
                    .map(URI::toString),
            Function.identity());

    /// Kinds of credentials that have a secret which can be told again.
    static final Type<List<CredentialKind>> REVEAL = Type.list(
            Types.word(Reveal.KINDS.toArray(CredentialKind[]::new), CredentialKind::wire), 0, Reveal.KINDS.size());

    /// One of those that are served.
    static final Type<String> DIALECT = Types.word(Dialects.names().toArray(String[]::new), Function.identity());

    /// Where the provider's products are.
    static final Type<Map<String, String>> PRODUCTS = Type.map(
            Types.SLUG,
            Type.text(
                    "an http or https address of at most 200 characters",
                    Schema.of("maxLength", 200, "examples", List.of("https://chatbot.example.com/prod")),
                    text -> url(text).map(URI::toString),
                    Function.identity()),
            MAX_PRODUCTS);

    static final Type<String> HOST = Types.matching(
            "a host name in lower case, with :port when not the scheme's own",
            "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){0,20}(?::[1-9][0-9]{0,4})?",
            "orders.example.com");

    static final Type<String> LISTENER = Types.matching("the name of a listener", "[a-z][a-z0-9-]{0,31}", "api");

    static final Type<String> KEY_HEADER = Type.text(
            "a header name that has no meaning of its own, such as X-Api-Key",
            Schema.pattern("[A-Za-z][A-Za-z0-9-]{0,63}", "X-Api-Key"),
            text -> text.matches("[A-Za-z][A-Za-z0-9-]{0,63}") && !TAKEN_HEADERS.contains(text)
                    ? Optional.of(text)
                    : Optional.empty(),
            Function.identity());

    /// How old facts may be while the database is away.
    static final Type<Duration> ON_DATABASE_LOSS = Type.text(
            "refuse, or serve-for and 1 to 600 seconds, such as serve-for 60s",
            Schema.pattern("refuse|serve-for [1-9][0-9]{0,2}s", "serve-for 60s"),
            ApiTypes::databaseLoss,
            age -> age.isZero() ? "refuse" : "serve-for " + age.toSeconds() + "s");

    static final Attribute<TokenPolicy, TokenFormat> FORMAT =
            Attribute.of("format", Types.word(TokenFormat.values(), TokenFormat::wire), TokenPolicy::format);
    static final Attribute<TokenPolicy, SigningAlgorithm> ALGORITHM = Attribute.of(
            "algorithm", Types.word(SigningAlgorithm.values(), SigningAlgorithm::wire), TokenPolicy::algorithm);
    static final Attribute<TokenPolicy, Long> LIFE = Attribute.of(
            "life_seconds",
            Type.number(1, TokenPolicy.MAX_LIFE.toSeconds()),
            policy -> policy.life().toSeconds());

    static final Attribute<TokenPolicy, Long> LEAST = Attribute.optional(
            "min_life_seconds",
            LIFE.type(),
            policy -> Optional.of(policy.least())
                    .filter(least -> !least.equals(TokenPolicy.SHORTEST))
                    .map(Duration::toSeconds));
    static final Attribute<TokenPolicy, Long> MOST = Attribute.optional(
            "max_life_seconds",
            LIFE.type(),
            policy -> Optional.of(policy.most())
                    .filter(most -> !most.equals(policy.life()))
                    .map(Duration::toSeconds));

    /// How tokens are made; what is left out is the default.
    static final Type<TokenPolicy> TOKENS = Type.object(
            Form.of(
                    Form.optional(FORMAT),
                    Form.optional(ALGORITHM),
                    Form.optional(LIFE),
                    Form.optional(LEAST),
                    Form.optional(MOST)),
            ApiTypes::tokens,
            policy -> Noun.show(policy, List.of(FORMAT, ALGORITHM, LIFE, LEAST, MOST), View.NONE));

    private static Got<TokenPolicy> tokens(Given given) {
        Duration life = given.get(LIFE).map(Duration::ofSeconds).orElse(TokenPolicy.DEFAULT.life());
        Duration least = given.get(LEAST).map(Duration::ofSeconds).orElse(TokenPolicy.SHORTEST);
        Duration most = given.get(MOST).map(Duration::ofSeconds).orElse(life);
        return TokenPolicy.ordered(least, life, most)
                ? Got.of(new TokenPolicy(
                        given.get(FORMAT).orElse(TokenPolicy.DEFAULT.format()),
                        given.get(ALGORITHM).orElse(TokenPolicy.DEFAULT.algorithm()),
                        life,
                        least,
                        most))
                : Got.no(new Problem.InvalidField(
                        "life_seconds", "between min_life_seconds and max_life_seconds, or one of them"));
    }

    static final Attribute<Catalogue.Entry, String> DESCRIPTION =
            Attribute.of("description", Types.NAME, Catalogue.Entry::description);
    static final Attribute<Catalogue.Entry, Scopes> IMPLIES = new Attribute<>(
            "implies", Types.SCOPES, (entry, _) -> Optional.of(entry.implies()).filter(some -> !some.isEmpty()));

    static final Attribute<Catalogue.Entry, Boolean> BROWSER_SAFE = Attribute.optional(
            "browser_safe",
            Type.flag(),
            entry -> Optional.of(entry.browserSafe()).filter(safe -> safe));

    private static final Type<Catalogue.Entry> ENTRY = Type.object(
            Form.of(Form.required(DESCRIPTION), Form.optional(IMPLIES), Form.optional(BROWSER_SAFE)),
            given -> Got.of(new Catalogue.Entry(
                    given.need(DESCRIPTION),
                    given.get(IMPLIES).orElse(Scopes.NONE),
                    given.get(BROWSER_SAFE).orElse(false))),
            entry -> Noun.show(entry, List.of(DESCRIPTION, IMPLIES, BROWSER_SAFE), View.NONE));

    private static Optional<Duration> databaseLoss(String text) {
        if (text.equals("refuse")) {
            return Optional.of(Duration.ZERO);
        }
        return text.matches("serve-for [1-9][0-9]{0,2}s")
                ? Optional.of(Duration.ofSeconds(
                                Long.parseLong(text.substring("serve-for ".length(), text.length() - 1))))
                        .filter(age -> age.compareTo(Api.MAX_DATABASE_LOSS) <= 0)
                : Optional.empty();
    }

    /// The scope catalogue.
    static final Type<Catalogue> CATALOGUE = new Type<>() {
        private final Type<Map<String, Catalogue.Entry>> entries = Type.map(Types.SCOPE, ENTRY, Scopes.MAX);

        @Override
        public String allowed() {
            return entries.allowed();
        }

        @Override
        public Map<String, Object> schema() {
            return entries.schema();
        }

        @Override
        public Got<Catalogue> read(String at, Object json) {
            return entries.read(at, json).then(read -> {
                for (Map.Entry<String, Catalogue.Entry> entry : read.entrySet()) {
                    for (String implied : entry.getValue().implies().list()) {
                        if (!read.containsKey(implied)) {
                            return Got.no(new Problem.InvalidField(
                                    at + "." + entry.getKey() + ".implies", "scopes of this catalogue"));
                        }
                    }
                }
                return Got.of(Catalogue.of(read));
            });
        }

        @Override
        public Object write(Catalogue value) {
            return entries.write(value.entries());
        }
    };

    static final Type<PathPattern> PATTERN = Type.text(
            "a canonical path with {name} for one segment and a last ** for the rest",
            Schema.of("examples", List.of("/orders/{id}")),
            PathPattern::parse,
            PathPattern::text);

    private ApiTypes() {}

    private static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = text.length() <= 200
                    && uri.getHost() != null
                    && !uri.getHost().isEmpty()
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0
                    && uri.normalize().toString().equals(text)
                    && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean issuer(URI uri) {
        return uri.getRawPath().isEmpty() && uri.getRawQuery() == null && secure(uri);
    }

    private static boolean secure(URI uri) {
        String host = uri.getHost();
        boolean here = host.equals("localhost")
                || AddressBlock.numeric(host.replaceAll("[\\[\\]]", ""))
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
        return "https".equals(uri.getScheme()) || here;
    }

    private static Set<String> headers(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(Set.of(names));
        return all;
    }
}
