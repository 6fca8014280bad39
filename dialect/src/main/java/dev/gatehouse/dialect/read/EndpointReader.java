package dev.gatehouse.dialect.read;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.model.BodyKind;
import dev.gatehouse.dialect.model.Condition;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Source;
import dev.gatehouse.dialect.model.Take;
import java.util.List;
import java.util.Optional;

/// Tells which endpoint of a path is meant and takes what it takes.
final class EndpointReader {
    /// An endpoint and the members that it reads.
    record Meant(Endpoint endpoint, Members members) {}

    /// The first whose conditions hold and which finds everything that it must take. When there is none, the
    /// first whose conditions hold says what it lacks.
    Meant meant(HttpFacts http, List<Endpoint> here) throws Unreadable {
        Optional<String> lacks = Optional.empty();
        List<BodyKind> kinds = List.of();
        Members members = Members.NONE;
        for (Endpoint endpoint : here) {
            // Most endpoints of one path read the same body.
            if (!endpoint.bodies().equals(kinds)) {
                kinds = endpoint.bodies();
                members = Members.read(http, kinds);
            }
            Meant meant = new Meant(endpoint, members);
            if (holds(http, meant)) {
                Optional<String> missing = missing(http, meant);
                if (missing.isEmpty()) {
                    return meant;
                }
                lacks = lacks.or(() -> missing);
            }
        }
        if (lacks.isPresent()) {
            throw new Unreadable(Fault.missing(lacks.get()));
        }
        throw new Unreadable(Fault.malformed(conditions(here) + " is missing or has no value that is known here"));
    }

    private static String conditions(List<Endpoint> here) {
        return here.stream()
                .flatMap(endpoint -> endpoint.when().stream())
                .map(condition -> name(condition.source()))
                .distinct()
                .reduce((one, other) -> one + " or " + other)
                .orElse("something");
    }

    private static boolean holds(HttpFacts http, Meant meant) throws Unreadable {
        for (Condition condition : meant.endpoint().when()) {
            if (!value(http, meant, condition.source()).equals(Optional.of(condition.value()))) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> missing(HttpFacts http, Meant meant) throws Unreadable {
        for (Take take : meant.endpoint().takes()) {
            if (take.rule() == Take.Rule.TAKE && value(http, meant, take).isEmpty()) {
                return Optional.of(name(take.sources().getFirst()));
            }
        }
        return Optional.empty();
    }

    /// Adds what the endpoint takes to what was authenticated with.
    void take(HttpFacts http, Meant meant, Shown shown) throws Unreadable {
        for (Take take : meant.endpoint().takes()) {
            Optional<String> value = value(http, meant, take);
            if (value.isPresent() && take.rule() == Take.Rule.NEVER) {
                throw new Unreadable(Fault.about(RefusalClass.COMBINATION, take.input()));
            }
            if (value.isPresent()) {
                HeadReader.put(shown, take.input(), value.get());
            }
        }
        Ruling.keep(meant.endpoint(), shown);
    }

    private static Optional<String> value(HttpFacts http, Meant meant, Take take) throws Unreadable {
        for (Source source : take.sources()) {
            Optional<String> value = source instanceof Source.Member(List<String> path)
                    ? member(meant.members(), take.input(), path)
                    : value(http, meant, source);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> member(Members members, Input input, List<String> path) throws Unreadable {
        if (input.structured()) {
            return members.pairs(path);
        }
        if (input.several()) {
            return members.objects(path);
        }
        return input.listed() ? members.texts(path) : members.value(path);
    }

    private static Optional<String> value(HttpFacts http, Meant meant, Source source) throws Unreadable {
        return switch (source) {
            case Source.HeaderField(String name) -> {
                List<String> values = http.values(name);
                if (values.size() > 1) {
                    throw new Unreadable(Fault.malformed(name + " comes twice"));
                }
                yield values.stream().filter(value -> !value.isEmpty()).findFirst();
            }
            case Source.Query(String name) ->
                http.query().isPresent()
                        ? Optional.ofNullable(Encoded.parameters(http.query().get(), "the query")
                                        .get(name))
                                .filter(value -> !value.isEmpty())
                        : Optional.empty();
            case Source.Member(List<String> path) -> meant.members().value(path);
            case Source.PathVariable(String name) ->
                Paths.variable(meant.endpoint().path(), http.path(), name);
            // Only carriers are read from here, see Sources.
            case Source.Scheme _, Source.Bare _, Source.Basic _ -> Optional.empty();
        };
    }

    static String name(Source source) {
        String text = source.text();
        return text.substring(text.indexOf(' ') + 1);
    }
}
