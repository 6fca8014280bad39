package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The role of applications and members whose maker names none. It is given as if it had been named: by whoever
/// holds what it gives, and by nobody else (GAUNTLET H04, H07).
final class DefaultRoles {
    private static final String UNSAID = "";

    private static final Problem BEYOND =
            new Problem.Beyond("the default_role has rights that the caller does not hold, or is not there; name a"
                    + " role, or \"role\": null");

    /// `null` is none, an empty string takes back what was said.
    private static final Type<DefaultRole> TYPE = new Type<>() {
        @Override
        public String allowed() {
            return Types.SLUG.allowed() + ", null for none, or an empty string for what is said above";
        }

        @Override
        public Map<String, Object> schema() {
            return Schema.of(
                    "anyOf",
                    List.of(
                            Types.SLUG.schema(),
                            Schema.of("type", "null"),
                            Schema.of("type", "string", "maxLength", 0)),
                    "description",
                    "what applications and members get here, and below, whose maker names no role: a role of the"
                            + " organization, or the nearest of that name above; `null` is none; an empty string is"
                            + " what is said above");
        }

        @Override
        public Got<DefaultRole> read(String at, Object json) {
            if (json instanceof StrictJson.Null) {
                return Got.of(new DefaultRole.None());
            }
            return UNSAID.equals(json)
                    ? Got.of(new DefaultRole.Above())
                    : Types.SLUG.read(at, json).map(DefaultRole.Named::new);
        }

        @Override
        public Object write(DefaultRole said) {
            return switch (said) {
                case DefaultRole.Above() -> UNSAID;
                case DefaultRole.None() -> new StrictJson.Null();
                case DefaultRole.Named(String name) -> name;
            };
        }
    };

    /// Shown where the organization says something itself.
    static final Attribute<Organization, DefaultRole> SAID = Attribute.optional(
            "default_role",
            TYPE,
            organization ->
                    Optional.of(organization.defaultRole()).filter(said -> !(said instanceof DefaultRole.Above)));

    private DefaultRoles() {}

    /// The role of something that is made: the one that was asked for, or what is said where nothing was.
    ///
    /// @param asked empty when the maker leaves it open, of nothing when it is to have none
    static Got<Optional<Role>> given(Call call, Id organization, Optional<Optional<Id>> asked) {
        if (asked.isPresent()) {
            return Applications.role(call, organization, asked.get());
        }
        List<Organization> saying =
                DefaultRole.saying(call.desk().store().members().chain(organization));
        if (saying.isEmpty() || !(saying.getFirst().defaultRole() instanceof DefaultRole.Named(String name))) {
            return Got.of(Optional.empty());
        }
        Optional<Role> role = nearest(call, saying, name)
                .filter(one -> call.grants(organization).covers(one.rights()));
        // Nobody learns here of roles that it does not see: one that is not there is refused as this one is.
        return role.isPresent() ? Got.of(role) : Got.no(BEYOND);
    }

    /// What is to be said. Nobody has others give what it does not hold itself; a role that is still to come is
    /// for whoever makes it.
    ///
    /// @param at the organization that is to say it, or the one above when it is new
    static Got<DefaultRole> said(Call call, Id at, DefaultRole before) {
        DefaultRole after = call.given().get(SAID).orElse(before);
        if (after.equals(before) || !(after instanceof DefaultRole.Named(String name))) {
            return Got.of(after);
        }
        boolean beyond = nearest(call, call.desk().store().members().chain(at), name)
                .filter(role -> call.sees(role.organization()))
                .filter(role -> !call.grants(at).covers(role.rights()))
                .isPresent();
        return beyond
                ? Got.no(new Problem.Beyond("the default_role has rights that the caller does not hold"))
                : Got.of(after);
    }

    private static Optional<Role> nearest(Call call, List<Organization> chain, String name) {
        return chain.stream()
                .flatMap(one -> call
                        .desk()
                        .store()
                        .apis()
                        .roles(one.id(), new Slice(Optional.empty(), 0, 1, Optional.of(name), false))
                        .items()
                        .stream())
                .findFirst();
    }
}
