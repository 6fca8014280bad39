package dev.gatehouse.server.dialect;

import dev.gatehouse.connect.call.Verification.Tried;
import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Names;
import dev.gatehouse.dialect.model.RefusalClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The credential that a request gives a connection: by the provider's names, held against what the platform's
/// file asks for, and tried at the platform. Nothing that is said of it has a value in it.
final class GivenCredential {
    /// What came of it.
    sealed interface Read {
        /// The platform takes it.
        record Good(Tried.Good tried) implements Read {}

        /// It is not what it must be, or the platform does not take it.
        record Wrong(Fault fault) implements Read {}
    }

    private final Asked asked;
    private final List<Fault.Field> wrong = new ArrayList<>();

    GivenCredential(Asked asked) {
        this.asked = asked;
    }

    /// Reads and tries it. Blocks.
    ///
    /// @param connection that is going to have it
    Read tried(Connection connection) {
        Optional<Platform> platform = asked.desk().outbound().platforms().find(connection.platform());
        Optional<Way> way =
                platform.flatMap(there -> Optional.ofNullable(there.ways().get(connection.kind())));
        if (way.isEmpty()) {
            return wrong(platform.isEmpty() ? Input.PLATFORM : Input.KIND, "is none of the platform's");
        }
        Map<String, String> values = values(way.get());
        for (Field field : way.get().fields()) {
            if (!Optional.ofNullable(values.get(field.name())).map(field::takes).orElse(!field.required())) {
                add(asked.dialect().names().ofPart(field.name()), "is missing or has another form");
            }
        }
        return wrong.isEmpty()
                ? judged(asked.desk()
                        .outbound()
                        .verification()
                        .of(connection, platform.get(), way.get(), Parts.of(values), Optional.empty()))
                : new Read.Wrong(Fault.of(RefusalClass.INVALID, wrong));
    }

    private static Read judged(Tried tried) {
        return switch (tried) {
            case Tried.Good good -> new Read.Good(good);
            case Tried.Bad _ -> new Read.Wrong(Fault.of(RefusalClass.UPSTREAM_LOGIN));
            case Tried.Unknown(String why, var after) ->
                new Read.Wrong(Fault.of(new Refusal.Unavailable("the platform: " + why, after)));
        };
    }

    /// By our names. What the platform's file calls so is meant first.
    private Map<String, String> values(Way way) {
        Names names = asked.dialect().names();
        Map<String, String> values = new HashMap<>();
        Map<String, String> bases = new HashMap<>();
        asked.shown().parts(Input.CREDENTIAL).forEach((theirs, value) -> {
            String ours = way.field(theirs).isPresent() ? theirs : names.part(theirs);
            if (ours.equals(Names.BASE) && way.field(ours).isEmpty()) {
                bases.put(theirs, value);
            } else if (way.field(ours).isEmpty() || values.put(ours, value) != null) {
                add(theirs, "is none of the platform's, or there twice");
            }
        });
        bases.forEach((theirs, value) -> way.base()
                .match(value.endsWith("/") ? value.substring(0, value.length() - 1) : value)
                .ifPresentOrElse(
                        found -> located(theirs, found, values), () -> add(theirs, "is no address of the platform")));
        return values;
    }

    private void located(String theirs, Map<String, String> found, Map<String, String> values) {
        boolean agrees = found.entrySet().stream()
                .allMatch(part ->
                        values.getOrDefault(part.getKey(), part.getValue()).equals(part.getValue()));
        if (agrees) {
            values.putAll(found);
        } else {
            add(theirs, "is another address than the other parts say");
        }
    }

    private void add(String part, String problem) {
        wrong.add(new Fault.Field(asked.name(Input.CREDENTIAL) + "." + part, problem));
    }

    private Read wrong(Input input, String problem) {
        return new Read.Wrong(Fault.of(RefusalClass.INVALID, List.of(new Fault.Field(asked.name(input), problem))));
    }
}
