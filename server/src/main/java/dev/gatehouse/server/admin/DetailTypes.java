package dev.gatehouse.server.admin;

import dev.gatehouse.core.right.AuthorizationDetail;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.DetailMember;
import dev.gatehouse.core.right.DetailType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The types of authorization details that an Api has (RFC 9396), as they are written.
final class DetailTypes {
    /// The name of the member of Apis and clients.
    static final String NAME = "authorization_details_types";

    /// The name of a type, which may be a URL (section 2.1).
    static final Type<String> OF_TYPE = Type.text(
            "1 to 64 visible ASCII characters without quotes, backslashes and braces",
            Schema.pattern("[!#-\\[\\]-z|~]{1,64}", "payment"),
            text -> AuthorizationDetail.named(text) ? Optional.of(text) : Optional.empty(),
            Function.identity());

    private static final Type<String> OF_MEMBER =
            Types.matching("1 to 64 of A-Z, a-z, 0-9, _ and -", "[A-Za-z0-9_-]{1,64}", "amount");

    private static final Type<String> LANGUAGE =
            Types.matching("a language tag of RFC 5646", "[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}", "de");

    private static final Attribute<DetailMember, DetailMember.Kind> KIND =
            Attribute.of("kind", Types.word(DetailMember.Kind.class), DetailMember::kind);
    private static final Attribute<DetailMember, Boolean> REQUIRED = Attribute.optional(
            "required", Type.flag(), member -> Optional.of(true).filter(_ -> member.required()));
    private static final Attribute<DetailMember, List<String>> VALUES = Attribute.optional(
            "values",
            Type.list(Types.NAME, 1, DetailMember.MAX_VALUES),
            member -> Optional.of(member.values()).filter(values -> !values.isEmpty()));

    private static final Type<DetailMember> MEMBER = Type.object(
            Form.of(Form.required(KIND), Form.optional(REQUIRED), Form.optional(VALUES)),
            given -> Got.of(new DetailMember(
                    given.need(KIND),
                    given.get(REQUIRED).orElse(false),
                    given.get(VALUES).orElse(List.of()))),
            member -> Noun.show(member, List.of(KIND, REQUIRED, VALUES), View.NONE));

    private static final Attribute<DetailType, String> DESCRIPTION =
            Attribute.of("description", Types.NAME, DetailType::description);
    private static final Attribute<DetailType, Map<String, String>> TRANSLATIONS = Attribute.optional(
            "descriptions",
            Type.map(LANGUAGE, Types.NAME, DetailType.MAX),
            type -> Optional.of(type.translations())
                    .filter(some -> !some.isEmpty())
                    .map(TreeMap::new));
    private static final Attribute<DetailType, String> SCOPE =
            Attribute.optional("scope", Types.SCOPE, DetailType::scope);
    private static final Attribute<DetailType, Map<String, DetailMember>> MEMBERS = Attribute.optional(
            "members",
            Type.map(OF_MEMBER, MEMBER, DetailType.MAX),
            type -> Optional.<Map<String, DetailMember>>of(type.members()).filter(some -> !some.isEmpty()));

    private static final Attribute<DetailType, Boolean> REMEMBER = Attribute.optional(
            "remember", Type.flag(), type -> Optional.of(true).filter(_ -> type.remembered()));

    private static final Type<DetailType> TYPE = Type.object(
            Form.of(
                    Form.required(DESCRIPTION),
                    Form.optional(TRANSLATIONS),
                    Form.optional(SCOPE),
                    Form.optional(MEMBERS),
                    Form.optional(REMEMBER)),
            DetailTypes::type,
            type -> Noun.show(type, List.of(DESCRIPTION, TRANSLATIONS, SCOPE, MEMBERS, REMEMBER), View.NONE));

    /// By their names.
    static final Type<Map<String, DetailType>> ALL = Type.map(OF_TYPE, TYPE, DetailType.MAX);

    private DetailTypes() {}

    private static Got<DetailType> type(Given given) {
        Map<String, DetailMember> members = given.get(MEMBERS).orElse(Map.of());
        Map<String, String> translations = given.get(TRANSLATIONS).orElse(Map.of());
        return DetailType.mistake(given.need(DESCRIPTION), translations, members)
                .<Got<DetailType>>map(why -> Got.no(new Problem.InvalidField(NAME, "types that are sound: " + why)))
                .orElseGet(() -> Got.of(new DetailType(
                        given.need(DESCRIPTION),
                        translations,
                        given.get(SCOPE),
                        new TreeMap<>(members),
                        given.get(REMEMBER).orElse(false))));
    }

    /// A catalogue with types, of which each names a scope that is in it, or none.
    static Got<Catalogue> in(Catalogue catalogue, Map<String, DetailType> types) {
        return types.values().stream()
                .flatMap(type -> type.scope().stream())
                .filter(scope -> !catalogue.knows(scope))
                .findFirst()
                .<Got<Catalogue>>map(scope -> Got.no(
                        new Problem.InvalidField(NAME, "about scopes of the catalogue; it does not know " + scope)))
                .orElseGet(() -> Got.of(catalogue.with(types)));
    }
}
