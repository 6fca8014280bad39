package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.RetiredUseStore.Use;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Who still calls routes that go. For the provider only.
final class RetiredUses {
    private static final Type<LocalDate> DAY = Type.text(
            "a day in UTC",
            Schema.of("format", "date", "examples", List.of("2026-01-31")),
            RetiredUses::day,
            LocalDate::toString);

    private static final Type<String> PATH = Type.text(
            "the path of a route, as it is written",
            Schema.of("examples", List.of("/v1/**")),
            Optional::of,
            Function.identity());

    static final Noun<Use> NOUN = new Noun<>(
            "retired_use",
            List.of(
                    Attribute.of("path", PATH, Use::path),
                    Attribute.of("credential", Types.id(Kind.CREDENTIAL), Use::credential),
                    Attribute.of("organization", Types.id(Kind.ORGANIZATION), Use::organization),
                    Attribute.of("last_day", DAY, Use::day)));

    private RetiredUses() {}

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// At most [RetiredUseStore#MAX_LISTED], those of the last day first.
    static Got<Reply> list(Call call) {
        if (!call.provider()) {
            return Got.no(new Problem.Beyond("who calls what is shown to the provider only"));
        }
        return Apis.named(call)
                .map(Api::id)
                .map(api -> Reply.json(
                        200,
                        Map.of(
                                "items",
                                call.desk().store().retiredUses().uses(api).stream()
                                        .map(use -> NOUN.show(use, call.view()))
                                        .toList())));
    }
}
