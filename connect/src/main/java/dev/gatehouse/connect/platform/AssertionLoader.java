package dev.gatehouse.connect.platform;

import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads what a platform wants to read in assertions.
final class AssertionLoader {
    private static final List<String> MAY = List.of("algorithm", "subject", "key-id", "claims", "life");
    private static final Duration USUAL = Duration.ofMinutes(3);
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);

    /// Claims that are set from the other keys, or always.
    private static final Set<String> OURS = Set.of("iss", "sub", "aud", "iat", "nbf", "exp", "jti");

    private AssertionLoader() {}

    /// @param fields that its texts may have places for
    static Optional<Assertion> load(Node node, Map<String, Field> fields, Mistakes mistakes) {
        return Fields.of(node, List.of("issuer", "audience"), MAY, mistakes)
                .flatMap(file -> read(file, fields, mistakes));
    }

    private static Optional<Assertion> read(Fields file, Map<String, Field> fields, Mistakes mistakes) {
        Optional<Template> issuer = file.template("issuer");
        Optional<Template> audience = file.template("audience");
        Optional<Template> subject = file.template("subject");
        Optional<Template> keyId = file.template("key-id");
        Map<String, Template> claims = file.templates("claims");
        claims.keySet().stream()
                .filter(OURS::contains)
                .forEach(name -> mistakes.add(file.spot("claims"), "Gatehouse sets " + name + " itself"));
        Set<String> used = new TreeSet<>();
        Stream.of(issuer, audience, subject, keyId)
                .flatMap(Optional::stream)
                .forEach(template -> used.addAll(template.names()));
        claims.values().forEach(template -> used.addAll(template.names()));
        used.stream()
                .filter(name -> !fields.containsKey(name))
                .forEach(name -> mistakes.word(file.spot("issuer"), "field", name, fields.keySet()));
        used.stream()
                .filter(name -> fields.containsKey(name) && fields.get(name).lines())
                .forEach(name -> mistakes.add(file.spot("issuer"), name + " is not sent"));
        Duration life = file.text("life")
                .flatMap(text -> Spans.read(text, file.spot("life"), mistakes))
                .orElse(USUAL);
        if (life.compareTo(LONGEST) > 0) {
            mistakes.add(file.spot("life"), "an assertion lives at most an hour");
        }
        if (life.compareTo(SHORTEST) < 0) {
            mistakes.add(file.spot("life"), "an assertion lives 30 seconds at least: clocks differ");
        }
        SigningAlgorithm algorithm = algorithm(file, mistakes);
        return issuer.flatMap(
                from -> audience.map(to -> new Assertion(algorithm, from, subject, to, keyId, claims, life)));
    }

    private static SigningAlgorithm algorithm(Fields file, Mistakes mistakes) {
        Optional<String> text = file.text("algorithm");
        Optional<SigningAlgorithm> known = text.flatMap(name -> Stream.of(SigningAlgorithm.values())
                .filter(one -> one.wire().equals(name))
                .findFirst());
        if (text.isPresent() && known.isEmpty()) {
            mistakes.word(
                    file.spot("algorithm"),
                    "algorithm",
                    text.get(),
                    Stream.of(SigningAlgorithm.values())
                            .map(SigningAlgorithm::wire)
                            .toList());
        }
        return known.orElse(SigningAlgorithm.RS256);
    }
}
