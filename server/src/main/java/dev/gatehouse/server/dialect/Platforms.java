package dev.gatehouse.server.dialect;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Names;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Optional;

/// Tells callers which platforms connections may be made to, and what their credentials consist of. One that has
/// only kinds without a name in the dialect is not there.
final class Platforms {
    private final Desk desk;

    Platforms(Desk desk) {
        this.desk = desk;
    }

    Outcome list(Asked asked) {
        return asked.listing((_, form) -> {
            List<Result> items = form.sorted(desk.outbound().platforms().platforms().stream()
                    .flatMap(platform -> shown(asked, platform).stream())
                    .toList());
            return Result.NONE.withItems(items).with(Output.TOTAL, items.size());
        });
    }

    Outcome get(Asked asked) {
        return asked.managing(
                Outcome.Work.VERIFY,
                allowed -> asked.charging(
                        allowed,
                        charge -> desk.outbound()
                                .platforms()
                                .find(asked.need(Input.PLATFORM).reveal())
                                .flatMap(platform -> shown(asked, platform))
                                .map(shown -> asked.shown(shown, charge))
                                .orElseGet(() -> asked.refused(new Refusal.NotFound()))));
    }

    private static Optional<Result> shown(Asked asked, Platform platform) {
        List<Result> kinds = ConnectionKind.KNOWN.stream()
                .filter(platform.ways()::containsKey)
                .flatMap(kind -> asked.dialect().names().of(kind).stream()
                        .map(name -> Result.NONE
                                .with(Output.KIND, name)
                                .withItems(Output.PARTS, parts(asked.dialect().names(), platform, kind))))
                .toList();
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of(Result.NONE
                        .with(Output.PLATFORM, platform.type())
                        .with(Output.TITLE, platform.title())
                        .withItems(Output.KINDS, kinds));
    }

    private static List<Result> parts(Names names, Platform platform, ConnectionKind kind) {
        return Optional.ofNullable(platform.ways().get(kind)).stream()
                .flatMap(way -> way.fields().stream())
                .map(field -> shown(names, field))
                .toList();
    }

    private static Result shown(Names names, Field field) {
        Result part = Result.NONE
                .with(Output.PART, names.ofPart(field.name()))
                .with(Output.TITLE, field.title())
                .with(Output.REQUIRED, field.required());
        return field.example()
                .map(example -> part.with(Output.EXAMPLE, example))
                .orElse(part);
    }
}
