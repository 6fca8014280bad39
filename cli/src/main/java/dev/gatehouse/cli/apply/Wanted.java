package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import dev.gatehouse.core.key.KeyString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a file says about one thing.
///
/// @param spec its members in normal form; those of an application without its role
/// @param place where it begins
/// @param role what an application may do at most
/// @param secret where the secret of a credential comes from, when it is not to be drawn
record Wanted(Key key, Json.Obj spec, Place place, Optional<RoleName> role, Optional<GivenSecret> secret) {
    Wanted(Key key, Json.Obj spec, Place place) {
        this(key, spec, place, Optional.empty(), Optional.empty());
    }

    /// A role as an application names it: the nearest one of this name from its organization up, or that of one
    /// organization.
    record RoleName(Place place, Optional<OrganizationPath> organization, String name) {}

    /// Where a secret that is not drawn comes from.
    sealed interface GivenSecret {
        Place place();

        record InFile(Place place, Path file) implements GivenSecret {}

        record InVariable(Place place, String name) implements GivenSecret {}

        /// Nobody has the secret here; what other systems kept of it is enough.
        record Hashed(Place place, String sha256) implements GivenSecret {}
    }

    /// A given secret as the admin API takes it.
    ///
    /// @param member of the body that makes the credential
    record Given(String member, Secret value) {}

    private static final int MAX_SECRET_BYTES = 16_384;

    /// The given secret, when it is one; the value is in no message.
    static Optional<Given> secret(GivenSecret given, Map<String, String> environment, Mistakes mistakes) {
        return switch (given) {
            case GivenSecret.InFile(Place place, Path file) ->
                firstLine(place, file, mistakes).flatMap(text -> whole(place, text, mistakes));
            case GivenSecret.InVariable(Place place, String name) -> {
                Optional<String> value = Optional.ofNullable(environment.get(name));
                if (value.isEmpty()) {
                    mistakes.add(place, "the environment has no variable " + name);
                }
                yield value.flatMap(text -> whole(place, text, mistakes));
            }
            case GivenSecret.Hashed(Place place, String sha256) -> {
                if (!sha256.matches("[0-9A-Fa-f]{64}")) {
                    mistakes.add(place, "secret-sha256 is 64 hexadecimal digits, the SHA-256 of a secret");
                    yield Optional.empty();
                }
                yield Optional.of(new Given("secret_sha256", Secret.of(sha256)));
            }
        };
    }

    private static Optional<Given> whole(Place place, String text, Mistakes mistakes) {
        if (!text.matches("[!-~]{16,255}") || KeyString.formed(dev.gatehouse.core.secret.Secret.of(text))) {
            mistakes.add(
                    place,
                    "a given secret is 16 to 255 visible ASCII characters and not of the form of Gatehouse's own");
            return Optional.empty();
        }
        return Optional.of(new Given("secret", Secret.of(text)));
    }

    private static Optional<String> firstLine(Place place, Path file, Mistakes mistakes) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_SECRET_BYTES), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            mistakes.add(place, "cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
            return Optional.empty();
        }
    }
}
