package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The public keys of a credential: a JWK Set (RFC 7517) in the file itself, under `jwks`, or in a file of its
/// own beside it, under `jwks-file`. What is no part of a public key for signatures is left out, as the server
/// does it.
final class JwksValue implements Value {
    static final JwksValue SET = new JwksValue();

    /// The key that names a file.
    static final String FILE = "jwks-file";

    /// The key that says where the client keeps them itself.
    static final String URI = "jwks_uri";

    private static final List<String> MEMBERS = List.of("kid", "kty", "alg", "crv", "x", "y", "n", "e");
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final Set<String> NEEDED = Set.of("kid", "kty");
    private static final int MAX_KEYS = 8;
    private static final int MAX_BYTES = 65_536;

    private JwksValue() {}

    @Override
    public Optional<Json> read(Node node, Mistakes mistakes) {
        if (!(Nouns.child(node, "keys").orElse(node) instanceof Node.Sequence(Place at, List<Node> items))
                || items.isEmpty()
                || items.size() > MAX_KEYS) {
            mistakes.wrong(node.place(), "must be a JWK Set, {keys: [...]}, of 1 to " + MAX_KEYS + " keys");
            return Optional.empty();
        }
        List<Json> keys = new ArrayList<>();
        items.forEach(item -> key(item, at, mistakes).ifPresent(keys::add));
        return Optional.of(Json.Obj.EMPTY.with("keys", new Json.Arr(keys)));
    }

    private static Optional<Json> key(Node node, Place at, Mistakes mistakes) {
        if (!(node instanceof Node.Mapping(Place _, var entries))) {
            mistakes.wrong(at, "must be a list of JWKs");
            return Optional.empty();
        }
        if (entries.keySet().stream().anyMatch(PRIVATE::contains)) {
            mistakes.add(at, "a JWK has private parts: only public ones belong here, and this key must be replaced");
            return Optional.empty();
        }
        Json.Obj key = Json.Obj.EMPTY;
        for (String member : MEMBERS) {
            if (Nouns.child(node, member).orElse(node) instanceof Node.Text(Place _, String text)) {
                key = key.with(member, text);
            } else if (entries.containsKey(member) || NEEDED.contains(member)) {
                mistakes.wrong(at, "must be JWKs, each with kty, kid and the members of its kind as texts");
                return Optional.empty();
            }
        }
        return Optional.of(key);
    }

    /// The set in the file that a credential names, if it names one.
    static Optional<Json> inFile(Node credential, Mistakes mistakes) {
        return Nouns.child(credential, FILE).flatMap(node -> {
            if (!(node instanceof Node.Text(Place at, String name))) {
                mistakes.wrong(node.place(), "must be the name of a file");
                return Optional.empty();
            }
            Path file = Path.of(at.file()).resolveSibling(name);
            return json(at, file, mistakes).flatMap(json -> SET.read(Node.of(json, at), mistakes.under(FILE)));
        });
    }

    private static Optional<Json> json(Place at, Path file, Mistakes mistakes) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(Json.parse(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            mistakes.add(at, "cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
        } catch (JsonException e) {
            mistakes.add(at, file + " is not JSON");
        }
        return Optional.empty();
    }
}
