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
    }

    private static final int MAX_SECRET_BYTES = 16_384;

    /// The given secret, when it is one; the value is in no message.
    static Optional<Secret> secret(GivenSecret given, Map<String, String> environment, Mistakes mistakes) {
        Optional<String> text = switch (given) {
            case GivenSecret.InFile(Place place, Path file) -> firstLine(place, file, mistakes);
            case GivenSecret.InVariable(Place place, String name) -> {
                Optional<String> value = Optional.ofNullable(environment.get(name));
                if (value.isEmpty()) {
                    mistakes.add(place, "the environment has no variable " + name);
                }
                yield value;
            }
        };
        if (text.isPresent()
                && (!text.get().matches("[!-~]{16,255}")
                        || KeyString.formed(dev.gatehouse.core.secret.Secret.of(text.get())))) {
            mistakes.add(
                    given.place(),
                    "a given secret is 16 to 255 visible ASCII characters and not of the form of Gatehouse's own");
            return Optional.empty();
        }
        return text.map(Secret::of);
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
