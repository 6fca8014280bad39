package dev.gatehouse.connect.platform;

import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.yaml.Mistakes;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What holds between the parts of a platform file.
final class Checks {
    /// Headers that frame a message or say where it goes; no platform takes credentials in them.
    static final Set<String> RESERVED_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "cookie",
            "accept-encoding",
            "proxy-authorization");

    private Checks() {}

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static void check(Platform platform, Fields file, Mistakes mistakes) {
        boolean obtains =
                platform.ways().values().stream().anyMatch(way -> way.grant().isPresent());
        if (obtains && platform.oauth().isEmpty()) {
            mistakes.add(file.spot("ways"), "a way obtains tokens, so the key oauth is needed");
        }
        platform.oauth().ifPresent(oauth -> server(platform, oauth, file, mistakes));
        if (!file.text("docs").orElse("").startsWith("https://")) {
            mistakes.add(file.spot("docs"), "docs is an https address of the platform's own documentation");
        }
        if (file.text("title").orElse("").isBlank()) {
            mistakes.add(file.spot("title"), "a title is needed");
        }
    }

    private static void server(Platform platform, OAuth oauth, Fields file, Mistakes mistakes) {
        if (!obtainsTokens(platform)) {
            mistakes.add(file.spot("oauth"), "no way uses oauth");
        }
        if (platform.ways().containsKey(ConnectionKind.OAUTH_INTERNAL)
                && oauth.authorize().isEmpty()) {
            mistakes.add(file.spot("oauth"), "the way oauth_internal needs the key authorize");
        }
        if (oauth.client() != OAuth.ClientProof.NONE
                && platform.ways().containsKey(ConnectionKind.CERTIFICATE)
                && platform.ways().get(ConnectionKind.CERTIFICATE).grant().isPresent()
                && platform.ways()
                        .get(ConnectionKind.CERTIFICATE)
                        .field("client_secret")
                        .isEmpty()) {
            mistakes.add(
                    file.spot("oauth"),
                    "the way certificate has no field client_secret to authenticate with: client is none");
        }
        Addresses addresses = new Addresses(platform.hosts(), mistakes);
        if (oauth.client() != OAuth.ClientProof.NONE
                && platform.ways().values().stream()
                        .filter(Checks::asTheOperator)
                        .anyMatch(way -> addresses.foreign(way.token().orElse(oauth.token())))) {
            mistakes.add(
                    file.spot("oauth"),
                    "the operator's client secret would be sent to any server that a customer names: client is none,"
                            + " or the token address names its host");
        }
        Set<String> known = new TreeSet<>();
        platform.ways().values().forEach(way -> way.fields().forEach(field -> known.add(field.name())));
        Set<String> used = new TreeSet<>(oauth.token().names());
        oauth.authorize().ifPresent(address -> used.addAll(address.names()));
        oauth.revoke().ifPresent(address -> used.addAll(address.names()));
        oauth.tokenParameters().values().forEach(value -> used.addAll(value.names()));
        oauth.parameters().values().forEach(value -> used.addAll(value.names()));
        used.addAll(oauth.answer().values());
        oauth.scopes().forEach(scope -> used.addAll(scope.names()));
        platform.ways().values().forEach(way -> {
            way.token().ifPresent(address -> used.addAll(address.names()));
            way.scopes().ifPresent(scopes -> scopes.forEach(scope -> used.addAll(scope.names())));
        });
        for (String name : used) {
            if (!known.contains(name)) {
                mistakes.word(file.spot("oauth"), "field", name, known);
            }
        }
        // A key signs and is shown; it is neither sent to a server nor taken from one.
        platform.ways().values().stream()
                .flatMap(way -> way.fields().stream())
                .filter(field -> field.lines() && used.contains(field.name()))
                .map(Field::name)
                .distinct()
                .forEach(name -> mistakes.add(file.spot("oauth"), name + " is not sent, and no answer has it"));
    }

    private static boolean asTheOperator(Platform.Way way) {
        return way.grant().filter(Platform.Grant::asTheOperator).isPresent();
    }

    private static boolean obtainsTokens(Platform platform) {
        return platform.ways().values().stream().anyMatch(way -> way.grant().isPresent())
                || platform.ways().containsKey(ConnectionKind.OAUTH_EXTERNAL);
    }
}
