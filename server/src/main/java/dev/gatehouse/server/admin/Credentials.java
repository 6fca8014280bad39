package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Restriction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Credentials: the table of their members, and reading them. Making one is [Minting].
final class Credentials {
    private static final int MAX_RESTRICTIONS = 64;

    static final Attribute<Credential, CredentialKind> KIND =
            Attribute.of("kind", Types.word(CredentialKind.values(), CredentialKind::wire), Credential::kind);
    /// What may be asked for a member: passwords are set at their user, and members do not sign.
    static final Attribute<Void, CredentialKind> OF_MEMBER =
            kinds(CredentialKind.API_KEY, CredentialKind.SECRET, CredentialKind.DOMAIN_KEY, CredentialKind.USER_SECRET);
    /// The same for applications.
    static final Attribute<Void, CredentialKind> OF_APPLICATION = kinds(
            CredentialKind.API_KEY,
            CredentialKind.SECRET,
            CredentialKind.DOMAIN_KEY,
            CredentialKind.PUBLIC_KEY,
            CredentialKind.SIGNING_KEY);
    static final Attribute<Credential, String> NAME = Attribute.of("name", Types.NAME, Credential::name);
    static final Attribute<Credential, AskedReach> SCOPES =
            Attribute.viewed("scopes", AskedReach.TYPE, Credentials::reach);
    static final Attribute<Credential, List<AddressBlock>> ADDRESSES = Attribute.optional(
            "addresses",
            Type.list(Types.BLOCK, 1, MAX_RESTRICTIONS),
            credential -> given(credential.restrictions().addresses()));
    static final Attribute<Credential, List<String>> APIS = new Attribute<>(
            "apis",
            Type.list(Types.SLUG, 1, MAX_RESTRICTIONS),
            (credential, view) -> given(credential.restrictions().apis()).map(ids -> names(ids, view)));
    static final Attribute<Credential, List<OriginPattern>> ORIGINS = Attribute.optional(
            "origins",
            Pages.ORIGINS,
            credential -> given(credential.restrictions().origins()));
    static final Attribute<Credential, Rate> RATE = Attribute.optional(
            "rate", Rates.RATE, credential -> credential.restrictions().rate());
    static final Attribute<Void, String> ENVIRONMENT =
            Attribute.in("environment", Types.word(new String[] {"live", "test"}, word -> word));

    static final Noun<Credential> NOUN = new Noun<>(
            "credential",
            StandingAttributes.with(
                    shown(List.<Attribute<Credential, ?>>of(
                            Attribute.of("id", Types.id(Kind.CREDENTIAL), Credential::id),
                            Attribute.optional(
                                    "application", Types.id(Kind.APPLICATION), it -> holder(it, Kind.APPLICATION)),
                            Attribute.optional(
                                    "membership", Types.id(Kind.MEMBERSHIP), it -> holder(it, Kind.MEMBERSHIP)),
                            Attribute.optional("user", Types.id(Kind.USER), it -> holder(it, Kind.USER)),
                            Attribute.of("organization", Types.id(Kind.ORGANIZATION), Credential::organization),
                            KIND,
                            NAME,
                            Attribute.of("hint", Types.NAME, Credential::hint),
                            KeySets.JWKS,
                            KeySets.URI,
                            KeySets.THUMBPRINTS,
                            Trusts.ISSUER,
                            Trusts.SUBJECT,
                            SCOPES,
                            ADDRESSES,
                            APIS,
                            ORIGINS,
                            RATE,
                            Attribute.of("created_at", Types.TIME, Credential::createdAt))),
                    Credential::standing));

    private Credentials() {}

    /// With the names that certificates bear.
    private static List<Attribute<Credential, ?>> shown(List<Attribute<Credential, ?>> own) {
        return Stream.concat(own.stream(), CertificateNames.SHOWN.stream()).toList();
    }

    /// The kind that a request asks for.
    static CredentialKind asked(Call call) {
        return call.given().get(OF_MEMBER).orElseGet(() -> call.given().need(OF_APPLICATION));
    }

    private static Attribute<Void, CredentialKind> kinds(CredentialKind... kinds) {
        return Attribute.in("kind", Types.word(kinds, CredentialKind::wire));
    }

    static Got<Reply> get(Call call) {
        return call.credential().map(credential -> Replies.shown(200, NOUN, credential, call));
    }

    static Got<Reply> list(Call call) {
        return call.application()
                .then(application -> call.query()
                        .slice(Kind.CREDENTIAL)
                        .map(slice -> call.desk().store().members().credentials(application.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Credential::id, call)));
    }

    /// The keys of one membership.
    static Got<Reply> listOfMember(Call call) {
        return call.membership()
                .then(membership -> call.query()
                        .slice(Kind.CREDENTIAL)
                        .map(slice -> call.desk().store().members().credentials(membership.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Credential::id, call)));
    }

    private static Optional<Id> holder(Credential credential, Kind kind) {
        return Optional.of(credential.holder()).filter(id -> id.kind() == kind);
    }

    private static AskedReach reach(Credential credential, View view) {
        return switch (credential.reach()) {
            case Reach.WholeRole() -> new AskedReach.WholeRole();
            case Reach.Only(var rights) -> new AskedReach.Only(view.named(rights));
        };
    }

    private static <T> Optional<List<T>> given(Restriction<T> restriction) {
        return switch (restriction) {
            case Restriction.Unrestricted<T>() -> Optional.empty();
            case Restriction.Only<T>(List<T> values) -> Optional.of(values);
        };
    }

    private static List<String> names(List<Id> apis, View view) {
        return apis.stream()
                .flatMap(id -> view.api(id).stream())
                .map(api -> api.name())
                .toList();
    }
}
