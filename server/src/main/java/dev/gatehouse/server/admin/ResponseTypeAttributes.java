package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.member.Application;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What an application is answered with at the authorization endpoint. Codes alone go without saying.
final class ResponseTypeAttributes {
    private static final Attribute<Application, Set<ResponseType>> TYPES = Attribute.optional(
            "response_types",
            Types.converted(
                    Type.list(Types.word(ResponseType.values(), ResponseType::wire), 0, ResponseType.values().length),
                    Set::copyOf,
                    types -> types.stream().sorted().toList()),
            application -> Optional.of(application.terms())
                    .filter(terms -> !terms.openId().implicit().isEmpty())
                    .map(ResponseTypeAttributes::all));
    private static final Attribute<Void, Optional<Set<ResponseType>>> NEW_TYPES =
            Attribute.in(TYPES.name(), Type.nullable(TYPES.type()));

    static final List<Attribute<Application, ?>> SHOWN = List.of(TYPES);
    static final List<Form.Item> GIVEN = List.of(Form.optional(TYPES));
    static final List<Form.Item> CHANGED = List.of(Form.optional(NEW_TYPES));

    /// What was said.
    ///
    /// @param named all of them, where they were named
    /// @param implicit those without a code
    record Said(Optional<Set<ResponseType>> named, Set<ResponseType> implicit) {
        /// Why that does not go with the rest.
        Optional<Problem> mistake(Set<GrantType> grants, List<RedirectUri> redirects) {
            return named.flatMap(types -> ResponseType.unlike(types, grants))
                    .or(() -> ResponseType.mistake(implicit, grants, redirects))
                    .map(why -> new Problem.InvalidField(TYPES.name(), "one that the rest goes with: " + why));
        }
    }

    private ResponseTypeAttributes() {}

    private static Set<ResponseType> all(ClientTerms terms) {
        Set<ResponseType> types = EnumSet.noneOf(ResponseType.class);
        Stream.of(ResponseType.values()).filter(terms::answeredWith).forEach(types::add);
        return types;
    }

    /// Of a new application.
    static Said given(Given given) {
        Optional<Set<ResponseType>> named = given.get(TYPES);
        return new Said(named, implicit(named.orElse(Set.of())));
    }

    /// After a change: what is left out stays, `null` ends it.
    static Said changed(Given given, ClientTerms before) {
        Optional<Optional<Set<ResponseType>>> said = given.get(NEW_TYPES);
        return new Said(
                said.flatMap(types -> types),
                said.map(types -> implicit(types.orElse(Set.of())))
                        .orElse(before.openId().implicit()));
    }

    private static Set<ResponseType> implicit(Set<ResponseType> types) {
        Set<ResponseType> implicit = EnumSet.noneOf(ResponseType.class);
        types.stream().filter(ResponseType::implicit).forEach(implicit::add);
        return implicit;
    }
}
