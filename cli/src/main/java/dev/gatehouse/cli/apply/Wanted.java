package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.secret.PasswordRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a file says about one thing.
///
/// @param spec its members in normal form; those of an application or a member without its role
/// @param place where it begins
/// @param role what an application or a member may do at most
/// @param secret where the secret of a credential comes from, when it is not to be drawn, or the password of a
///     user, or what an identity provider gave
record Wanted(Key key, Json.Obj spec, Place place, Optional<RoleName> role, Optional<GivenSecret> secret) {
    Wanted(Key key, Json.Obj spec, Place place) {
        this(key, spec, place, Optional.empty(), Optional.empty());
    }

    /// What the normal form of a user says of a password that it has.
    static final Json GIVEN = new Json.Str("given");

    /// A role as an application or a member names it: the nearest one of this name from its organization up, or
    /// that of one organization.
    record RoleName(Place place, Optional<OrganizationPath> organization, String name) {}

    /// Where a secret that is not drawn comes from.
    sealed interface GivenSecret {
        Place place();

        record InFile(Place place, Path file) implements GivenSecret {}

        record InVariable(Place place, String name) implements GivenSecret {}

        /// Nobody has the secret here; what other systems kept of it is enough.
        record Hashed(Place place, String hash) implements GivenSecret {}
    }

    /// A given secret as the admin API takes it.
    ///
    /// @param member of the body that makes the credential, or sets the password
    record Given(String member, Secret value) {}

    /// The member for what another system kept of a password.
    static final String ARGON2ID = "argon2id";

    private static final int MAX_SECRET_BYTES = 16_384;
    private static final Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=[0-9]{1,7},t=[0-9]{1,2},p=[1-9]\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{43}");

    /// The given secret, when there is one and it may be one; the value is in no message.
    Optional<Given> given(Map<String, String> environment, Mistakes mistakes) {
        return secret.flatMap(from -> switch (from) {
            case GivenSecret.InFile(Place at, Path file) ->
                firstLine(at, file, mistakes).flatMap(text -> whole(at, text, mistakes));
            case GivenSecret.InVariable(Place at, String name) -> {
                Optional<String> value = Optional.ofNullable(environment.get(name));
                if (value.isEmpty()) {
                    mistakes.add(at, "the environment has no variable " + name);
                }
                yield value.flatMap(text -> whole(at, text, mistakes));
            }
            case GivenSecret.Hashed(Place at, String hash) -> hashed(at, hash, mistakes);
        });
    }

    private Optional<Given> whole(Place at, String text, Mistakes mistakes) {
        dev.gatehouse.core.secret.Secret value = dev.gatehouse.core.secret.Secret.of(text);
        if (key instanceof Key.User(OrganizationPath _, String username)) {
            Optional<String> weakness = PasswordRules.weakness(username, value);
            weakness.ifPresent(allowed -> mistakes.add(at, "a password is " + allowed));
            return weakness.isEmpty() ? Optional.of(new Given("password", Secret.of(text))) : Optional.empty();
        }
        if (key instanceof Key.Provider) {
            boolean possible = text.matches("[ -~]{1,500}");
            if (!possible) {
                mistakes.add(at, "the secret of an identity provider is 1 to 500 printable ASCII characters");
            }
            return possible ? Optional.of(new Given(ProviderShape.SECRET, Secret.of(text))) : Optional.empty();
        }
        if (!text.matches("[!-~]{16,255}") || KeyString.formed(value)) {
            mistakes.add(
                    at, "a given secret is 16 to 255 visible ASCII characters and not of the form of Gatehouse's own");
            return Optional.empty();
        }
        return Optional.of(new Given("secret", Secret.of(text)));
    }

    private Optional<Given> hashed(Place at, String hash, Mistakes mistakes) {
        boolean user = key instanceof Key.User;
        if (!(user ? PHC : SHA_256).matcher(hash).matches()) {
            mistakes.add(
                    at,
                    user
                            ? "password-argon2id is a PHC string of Argon2id, version 19, with 32 bytes of hash"
                            : "secret-sha256 is 64 hexadecimal digits, the SHA-256 of a secret");
            return Optional.empty();
        }
        return Optional.of(new Given(user ? ARGON2ID : "secret_sha256", Secret.of(hash)));
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
