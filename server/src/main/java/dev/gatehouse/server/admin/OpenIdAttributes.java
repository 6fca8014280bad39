package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.member.Application;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a client of OpenID Connect says of itself besides, under the names of OpenID Connect Registration
/// section 2. Each is shown where it is set.
final class OpenIdAttributes {
    private static final String PUBLIC = "public";
    private static final String PAIRWISE = "pairwise";

    private static final Attribute<Application, String> SUBJECTS = shown(
            "subject_type",
            Types.word(new String[] {PUBLIC, PAIRWISE}, Function.identity()),
            terms -> Optional.of(PAIRWISE).filter(_ -> terms.pairwise()));
    static final Attribute<Application, RedirectUri> SECTOR = shown(
            "sector_identifier_uri",
            Type.text(
                    "an https URI of a list of redirect URIs",
                    Schema.of(
                            "maxLength", RedirectUri.MAX_LENGTH, "examples", List.of("https://example.com/uris.json")),
                    OpenIdTerms::sectorUri,
                    RedirectUri::text),
            OpenIdTerms::sectorUri);
    private static final Attribute<Application, List<String>> REQUESTS = shown(
            "request_uris",
            Type.list(
                    Type.text(
                            OpenIdTerms.REQUEST_URI,
                            Schema.of(
                                    "maxLength",
                                    RedirectUri.MAX_LENGTH,
                                    "examples",
                                    List.of("https://app.example.com/request.jwt")),
                            OpenIdTerms::requestUri,
                            Function.identity()),
                    0,
                    ClientTerms.MAX_URIS),
            terms -> Optional.of(terms.requestUris()).filter(uris -> !uris.isEmpty()));
    private static final Attribute<Application, Long> MAX_AGE =
            shown("default_max_age", Type.number(0, OpenIdTerms.MAX_AGE), OpenIdTerms::maxAgeSeconds);
    private static final Attribute<Application, List<String>> ACR_VALUES = shown(
            "default_acr_values",
            Type.list(
                    Type.text(
                            OpenIdTerms.ACR_VALUE,
                            Schema.of("maxLength", 200, "examples", List.of("2")),
                            OpenIdTerms::acrValue,
                            Function.identity()),
                    0,
                    OpenIdTerms.MAX_ACR_VALUES),
            terms -> Optional.of(terms.acrValues()).filter(values -> !values.isEmpty()));

    private static final Attribute<Void, Optional<String>> NEW_SUBJECTS = changed(SUBJECTS);
    private static final Attribute<Void, Optional<RedirectUri>> NEW_SECTOR = changed(SECTOR);
    private static final Attribute<Void, Optional<List<String>>> NEW_REQUESTS = changed(REQUESTS);
    private static final Attribute<Void, Optional<Long>> NEW_MAX_AGE = changed(MAX_AGE);
    private static final Attribute<Void, Optional<List<String>>> NEW_ACR_VALUES = changed(ACR_VALUES);

    static final List<Attribute<Application, ?>> SHOWN = List.of(SUBJECTS, SECTOR, REQUESTS, MAX_AGE, ACR_VALUES);
    static final List<Form.Item> GIVEN =
            SHOWN.stream().<Form.Item>map(attribute -> Form.optional(attribute)).toList();
    static final List<Form.Item> CHANGED = List.of(
            Form.optional(NEW_SUBJECTS),
            Form.optional(NEW_SECTOR),
            Form.optional(NEW_REQUESTS),
            Form.optional(NEW_MAX_AGE),
            Form.optional(NEW_ACR_VALUES));

    private OpenIdAttributes() {}

    private static <V> Attribute<Application, V> shown(
            String name, Type<V> type, Function<OpenIdTerms, Optional<V>> of) {
        return Attribute.optional(
                name, type, application -> of.apply(application.terms().openId()));
    }

    private static <V> Attribute<Void, Optional<V>> changed(Attribute<Application, V> attribute) {
        return Attribute.in(attribute.name(), Type.nullable(attribute.type()));
    }

    /// Of a new application.
    static OpenIdTerms given(Given given) {
        return new OpenIdTerms(
                        given.get(SUBJECTS).filter(PAIRWISE::equals).isPresent(),
                        given.get(SECTOR),
                        given.get(REQUESTS).orElse(List.of()),
                        given.get(MAX_AGE),
                        given.get(ACR_VALUES).orElse(List.of()))
                .sending(BackchannelAttributes.given(given));
    }

    /// After a change: what is left out stays, `null` ends it.
    static OpenIdTerms changed(Given given, OpenIdTerms before) {
        return new OpenIdTerms(
                        given.get(NEW_SUBJECTS)
                                .map(asked -> asked.filter(PAIRWISE::equals).isPresent())
                                .orElse(before.pairwise()),
                        given.get(NEW_SECTOR).orElse(before.sectorUri()),
                        given.get(NEW_REQUESTS)
                                .map(asked -> asked.orElse(List.of()))
                                .orElse(before.requestUris()),
                        given.get(NEW_MAX_AGE).orElse(before.maxAgeSeconds()),
                        given.get(NEW_ACR_VALUES)
                                .map(asked -> asked.orElse(List.of()))
                                .orElse(before.acrValues()))
                .sending(BackchannelAttributes.changed(given, before.backchannel()));
    }

    /// What was asked for with the rest, looked at where its sector says. Blocks.
    static Got<Application> inSector(Call call, Optional<ClientTerms> before, Application application) {
        boolean looked = before.filter(terms -> terms.openId()
                                .sectorUri()
                                .equals(application.terms().openId().sectorUri())
                        && terms.redirects().equals(application.terms().redirects()))
                .isPresent();
        return looked
                ? Got.of(application)
                : call.desk()
                        .outbound()
                        .sectors()
                        .mistake(application.terms())
                        .<Got<Application>>map(why ->
                                Got.no(new Problem.InvalidField(SECTOR.name(), "one that the rest goes with: " + why)))
                        .orElseGet(() -> Got.of(application));
    }
}
