package dev.gatehouse.connect.platform;

import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what a platform file says of its authorization server.
final class OAuthLoader {
    private static final List<String> MAY = List.of(
            "authorize",
            "revoke",
            "client",
            "body",
            "pkce",
            "separator",
            "scopes",
            "parameters",
            "token-parameters",
            "answer",
            "life",
            "dead",
            "rotates",
            "issuer");

    /// Parameters that the connect flow and the refresh engine set themselves.
    private static final Set<String> OURS = Set.of(
            "client_id",
            "client_secret",
            "redirect_uri",
            "response_type",
            "state",
            "scope",
            "code",
            "code_challenge",
            "code_challenge_method",
            "code_verifier",
            "grant_type",
            "refresh_token",
            "assertion",
            "username",
            "password");

    private final Fields file;
    private final Mistakes mistakes;

    private OAuthLoader(Fields file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    static Optional<OAuth> load(Node node, Addresses addresses, Mistakes mistakes) {
        return Fields.of(node, List.of("token"), MAY, mistakes)
                .flatMap(file -> new OAuthLoader(file, mistakes).read(addresses));
    }

    private Optional<OAuth> read(Addresses addresses) {
        Optional<Template> token = address("token", addresses);
        List<String> dead = file.texts("dead");
        String separator = file.text("separator").orElse(" ");
        if (!Set.of(" ", ",").contains(separator)) {
            mistakes.add(file.spot("separator"), "scopes are apart by \" \" or \",\"");
        }
        Optional<Template> authorize = address("authorize", addresses);
        Optional<Template> revoke = address("revoke", addresses);
        return token.map(there -> new OAuth(
                authorize,
                there,
                revoke,
                file.word("client", OAuth.ClientProof.class).orElse(OAuth.ClientProof.BODY),
                file.word("body", OAuth.BodyFormat.class).orElse(OAuth.BodyFormat.FORM),
                file.flag("pkce", false),
                separator,
                file.list("scopes"),
                parameters("parameters"),
                parameters("token-parameters"),
                answer(),
                file.text("life").flatMap(text -> Spans.read(text, file.spot("life"), mistakes)),
                dead.isEmpty() ? Set.of("invalid_grant") : Set.copyOf(dead),
                file.flag("rotates", false),
                issuer()));
    }

    private Optional<String> issuer() {
        Optional<String> issuer = file.text("issuer");
        issuer.filter(text -> !text.matches("https://[!-~]{1,200}"))
                .ifPresent(_ -> mistakes.add(file.spot("issuer"), "an issuer begins with https://"));
        return issuer;
    }

    private Optional<Template> address(String key, Addresses addresses) {
        Optional<Template> address = file.template(key);
        address.ifPresent(template -> addresses.check(template, file.spot(key)));
        return address;
    }

    private Map<String, Template> parameters(String key) {
        Map<String, Template> parameters = file.templates(key);
        parameters.keySet().stream()
                .filter(OURS::contains)
                .forEach(name -> mistakes.add(file.spot(key), "Gatehouse sets " + name + " itself"));
        return parameters;
    }

    /// The members that RFC 6749 section 5.1 names become the fields of the same names without being written.
    private Map<String, String> answer() {
        Map<String, String> answer = new LinkedHashMap<>();
        file.entries("answer")
                .forEach((member, entry) ->
                        Fields.text(entry.value(), mistakes).ifPresent(field -> answer.put(member, field)));
        return answer;
    }
}
