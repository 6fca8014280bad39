package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.Optional;

/// What an organization says of the role of those whose maker names none. `null` is none there, which elsewhere is
/// as much as nothing, so it is `false` between reading and writing; nothing said is an empty string to a server.
final class DefaultRoleShape {
    static final String DEFAULT_ROLE = "default_role";

    private static final Json NONE = new Json.Bool(false);

    static final Shape SAID = Shape.of(Shape.optional(DEFAULT_ROLE, DefaultRoleShape::read));

    private DefaultRoleShape() {}

    private static Optional<Json> read(Node node, Mistakes mistakes) {
        boolean none = node instanceof Node.Nothing || (node instanceof Node.Flag(var _, boolean on) && !on);
        return none ? Optional.of(NONE) : Values.SLUG.read(node, mistakes);
    }

    /// What a server showed.
    static Json.Obj shown(Json.Obj organization) {
        return organization.members().get(DEFAULT_ROLE) instanceof Json.Null
                ? organization.with(DEFAULT_ROLE, NONE)
                : organization;
    }

    /// As files and servers have it.
    static Json.Obj written(Json.Obj spec) {
        return spec.get(DEFAULT_ROLE).equals(Optional.of(NONE)) ? spec.with(DEFAULT_ROLE, new Json.Null()) : spec;
    }

    /// As a server takes it back.
    static Json unsaid() {
        return new Json.Str("");
    }
}
