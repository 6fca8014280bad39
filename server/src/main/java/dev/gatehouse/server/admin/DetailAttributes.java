package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.right.Restriction;
import java.util.List;
import java.util.Optional;

/// Which types of authorization details a client may ask for, under the name of RFC 9396 section 10: any of
/// them where it does not say.
final class DetailAttributes {
    private static final Attribute<Application, List<String>> TYPES = Attribute.optional(
            DetailTypes.NAME,
            Type.list(DetailTypes.OF_TYPE, 1, DetailType.MAX),
            application -> Optional.of(application.terms().details().listed()).filter(types -> !types.isEmpty()));
    private static final Attribute<Void, Optional<List<String>>> NEW_TYPES =
            Attribute.in(DetailTypes.NAME, Type.nullable(TYPES.type()));

    static final List<Attribute<Application, ?>> SHOWN = List.of(TYPES);
    static final List<Form.Item> GIVEN = List.of(Form.optional(TYPES));
    static final List<Form.Item> CHANGED = List.of(Form.optional(NEW_TYPES));

    private DetailAttributes() {}

    /// Of a new application.
    static Restriction<String> given(Given given) {
        return of(given.get(TYPES).orElse(List.of()));
    }

    /// After a change: what is left out stays, `null` ends it.
    static Restriction<String> changed(Given given, ClientTerms before) {
        return given.get(NEW_TYPES).map(asked -> of(asked.orElse(List.of()))).orElse(before.details());
    }

    private static Restriction<String> of(List<String> types) {
        return Restriction.ofListed(types.stream().sorted().toList());
    }
}
