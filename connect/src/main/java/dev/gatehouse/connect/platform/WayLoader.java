package dev.gatehouse.connect.platform;

import dev.gatehouse.connect.platform.Platform.Grant;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads one way of authorizing a connection. What every connection of a kind has (its tokens, the client's
/// names) is there without being written.
final class WayLoader {
    private static final List<String> KEYS =
            List.of("fields", "base", "headers", "query", "basic", "grant", "token", "scopes", "assertion");
    private static final List<String> FIELD_KEYS = List.of("pattern", "example", "secret", "required");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

    private final Mistakes mistakes;

    private WayLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    static Optional<Platform.Way> load(
            ConnectionKind kind, Node node, Template base, Addresses addresses, Mistakes mistakes) {
        return Fields.of(node, List.of(), KEYS, mistakes)
                .map(file -> new WayLoader(mistakes).way(kind, file, base, addresses));
    }

    private Platform.Way way(ConnectionKind kind, Fields file, Template usual, Addresses addresses) {
        Optional<Template> own = file.template("base");
        own.ifPresent(template -> addresses.check(template, file.spot("base")));
        Template base = own.orElse(usual);
        Optional<Template> token = file.template("token");
        token.ifPresent(template -> addresses.check(template, file.spot("token")));
        Optional<Grant> written = file.word("grant", Grant.class);
        Optional<Grant> grant = written.or(() -> grant(kind));
        written.filter(word -> !choice(kind).equals(Optional.of(word)))
                .ifPresent(_ -> mistakes.add(
                        file.spot("grant"),
                        "only the way user has a choice of grant, password, and the way certificate,"
                                + " client_credentials"));
        Map<String, Field> fields = new LinkedHashMap<>(given(kind, grant));
        fields(file).forEach((name, field) -> {
            if (fields.containsKey(name) && fields.get(name).lines()) {
                mistakes.add(file.spot("fields"), name + " is there without being written");
            } else {
                fields.put(name, field);
            }
        });
        Optional<Assertion> assertion =
                file.get("assertion").flatMap(node -> AssertionLoader.load(node, fields, mistakes));
        if (file.get("assertion").isPresent() != (kind == ConnectionKind.JWT_BEARER)) {
            mistakes.add(file.spot("assertion"), "the way jwt_bearer needs the key assertion, and no other has it");
        }
        List<Put> puts = puts(file);
        if (puts.isEmpty() && fields.containsKey("access_token")) {
            puts = List.of(new Put.Header("Authorization", template("Bearer {access_token}")));
        }
        WayPlaces.check(kind, fields, base, puts, file, mistakes);
        return new Platform.Way(
                List.copyOf(fields.values()),
                base,
                puts,
                grant,
                token,
                file.get("scopes").map(_ -> file.list("scopes")),
                assertion);
    }

    /// What may be written where a way obtains tokens or does not.
    private static Optional<Grant> choice(ConnectionKind kind) {
        return switch (kind) {
            case USER -> Optional.of(Grant.PASSWORD);
            case CERTIFICATE -> Optional.of(Grant.CLIENT_CREDENTIALS);
            case KEY, OAUTH_INTERNAL, OAUTH_EXTERNAL, CLIENT_CREDENTIALS, JWT_BEARER, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<Grant> grant(ConnectionKind kind) {
        return switch (kind) {
            case OAUTH_INTERNAL -> Optional.of(Grant.REFRESH_TOKEN);
            case CLIENT_CREDENTIALS -> Optional.of(Grant.CLIENT_CREDENTIALS);
            case JWT_BEARER -> Optional.of(Grant.JWT_BEARER);
            case KEY, USER, OAUTH_EXTERNAL, CERTIFICATE, UNKNOWN -> Optional.empty();
        };
    }

    /// What a connection of a kind always has.
    private static Map<String, Field> given(ConnectionKind kind, Optional<Grant> grant) {
        Map<String, Field> fields = new LinkedHashMap<>();
        switch (kind) {
            case OAUTH_INTERNAL -> {
                add(fields, "access_token", "Access token", true);
                add(fields, "refresh_token", "Refresh token", true);
            }
            case OAUTH_EXTERNAL -> add(fields, "access_token", "Access token", true);
            case CLIENT_CREDENTIALS -> {
                add(fields, "client_id", "Client id", true);
                add(fields, "client_secret", "Client secret", true);
                add(fields, "access_token", "Access token", false);
            }
            case JWT_BEARER -> {
                fields.put(Field.PRIVATE_KEY, Field.pem(Field.PRIVATE_KEY, "Private key (PEM, PKCS#8)", true));
                add(fields, "access_token", "Access token", false);
            }
            case CERTIFICATE -> {
                fields.put(Field.CERTIFICATE, Field.pem(Field.CERTIFICATE, "Certificate (PEM)", false));
                fields.put(Field.PRIVATE_KEY, Field.pem(Field.PRIVATE_KEY, "Private key (PEM, PKCS#8)", true));
                if (grant.isPresent()) {
                    add(fields, "client_id", "Client id", true);
                    add(fields, "access_token", "Access token", false);
                }
            }
            case KEY, UNKNOWN -> {}
            case USER -> {
                add(fields, "username", "User name", true);
                add(fields, "password", "Password", true);
                if (grant.isPresent()) {
                    add(fields, "access_token", "Access token", false);
                    add(fields, "refresh_token", "Refresh token", false);
                }
            }
        }
        return fields;
    }

    private static void add(Map<String, Field> fields, String name, String title, boolean required) {
        boolean secret = !Set.of("client_id", "username").contains(name);
        fields.put(name, new Field(name, title, secret, required, Optional.empty(), Optional.empty()));
    }

    private Map<String, Field> fields(Fields file) {
        Map<String, Field> fields = new LinkedHashMap<>();
        file.entries("fields").forEach((name, entry) -> {
            if (!NAME.matcher(name).matches()) {
                mistakes.add(entry.at(), "the name of a field looks like " + NAME.pattern());
            }
            Fields.of(entry.value(), List.of("title"), FIELD_KEYS, mistakes)
                    .ifPresent(field -> fields.put(name, field(name, field)));
        });
        return fields;
    }

    private Field field(String name, Fields file) {
        Optional<Pattern> pattern = file.text("pattern").flatMap(text -> pattern(text, file));
        Field field = new Field(
                name,
                file.text("title").orElse(""),
                file.flag("secret", true),
                file.flag("required", true),
                pattern,
                file.text("example"));
        if (field.example().filter(example -> !field.takes(example)).isPresent()) {
            mistakes.add(file.spot("example"), "the example does not match the pattern");
        }
        return field;
    }

    /// Without groups a pattern has no nested repetition, so that no value keeps it busy for long (GAUNTLET M07).
    private Optional<Pattern> pattern(String text, Fields file) {
        if (text.indexOf('(') >= 0 || text.length() > 200) {
            mistakes.add(file.spot("pattern"), "a pattern has no groups and at most 200 characters");
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            mistakes.add(file.spot("pattern"), "this is no regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }

    private List<Put> puts(Fields file) {
        List<Put> puts = new ArrayList<>();
        file.templates("headers").forEach((name, value) -> {
            if (!HEADER.matcher(name).matches() || Checks.RESERVED_HEADERS.contains(Checks.folded(name))) {
                mistakes.add(file.spot("headers"), "no header for credentials: " + Mistakes.quoted(name));
            }
            puts.add(new Put.Header(name, value));
        });
        file.templates("query").forEach((name, value) -> puts.add(new Put.Query(name, value)));
        file.get("basic")
                .flatMap(node -> Fields.of(node, List.of("user", "password"), List.of(), mistakes))
                .ifPresent(basic -> puts.add(new Put.Basic(
                        basic.template("user").orElse(template("")),
                        basic.template("password").orElse(template("")))));
        return puts;
    }

    private static Template template(String text) {
        return Template.parse(text).orElseThrow();
    }
}
