package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.AuditFilter;
import dev.gatehouse.core.store.AuditMark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What a search of the audit trail asks for, read from the query.
///
/// @param after the place behind which the page begins
record AuditQuery(AuditFilter filter, Optional<AuditMark> after, int limit, AuditFormat format) {
    private static final Set<Kind> ACTORS = Set.of(Kind.ORGANIZATION, Kind.APPLICATION, Kind.CREDENTIAL);

    private static final String ID = "[0-9a-f][0-9a-hjkmnp-tv-z]{12}";
    private static final String VERB = "[a-z_]{1,40}(\\.[a-z_]{1,40}){0,2}";

    static final String[] PARAMETERS = {
        "limit", "after", "actor", "organization", "verb", "target", "from", "to", "format"
    };

    static final List<Parameters.Taken> DESCRIBED = List.of(
            new Parameters.Taken(
                    "actor",
                    "Who did it: the id of an organization, an application, a user or a credential.",
                    Schema.pattern("(org|app|user|cred)_" + ID, "app_0c5wmv3k2n8qa")),
            new Parameters.Taken(
                    "organization",
                    "Whose things it was done to.",
                    Types.id(Kind.ORGANIZATION).schema()),
            new Parameters.Taken("verb", "What was done.", Schema.pattern(VERB, "credential.revoke")),
            new Parameters.Taken(
                    "target",
                    "The id of what it was done to.",
                    Schema.pattern("(org|app|cred|cust|user|memb|api|route|role|key)_" + ID, "app_0c5wmv3k2n8qa")),
            new Parameters.Taken("from", "Not before this time.", Types.TIME.schema()),
            new Parameters.Taken("to", "Before this time.", Types.TIME.schema()),
            new Parameters.Taken(
                    "format",
                    "How the page is written; else by `Accept`: `application/x-ndjson`, `text/csv`, JSON.",
                    Schema.of("type", "string", "enum", List.of("json", "ndjson", "csv"))));

    static Got<AuditQuery> read(Call call) {
        Query query = call.query();
        return AuditFormat.of(call.http(), query)
                .then(format -> query.limit()
                        .then(limit -> mark(query)
                                .then(after ->
                                        filter(query).map(filter -> new AuditQuery(filter, after, limit, format)))));
    }

    private static Got<Optional<AuditMark>> mark(Query query) {
        return read(query, "after", AuditMark::parse, "the `next` of the page before");
    }

    private static Got<AuditFilter> filter(Query query) {
        return read(query, "actor", AuditQuery::actor, "the id of an organization, application or credential")
                .then(actor -> read(
                                query,
                                "organization",
                                text -> Id.parse(Kind.ORGANIZATION, text),
                                "an id that begins with org_")
                        .then(organization -> read(query, "verb", AuditQuery::verb, "a verb such as credential.revoke")
                                .then(verb -> read(query, "target", Id::parse, "an id")
                                        .then(target -> time(query, "from")
                                                .then(from -> time(query, "to")
                                                        .map(to -> new AuditFilter(
                                                                actor, organization, verb, target, from, to)))))));
    }

    private static Optional<Id> actor(String text) {
        return Id.parse(text).filter(id -> ACTORS.contains(id.kind()));
    }

    private static Optional<String> verb(String text) {
        return Optional.of(text).filter(verb -> verb.matches(VERB));
    }

    private static Got<Optional<Instant>> time(Query query, String name) {
        return read(query, name, Types::time, "a time such as 2027-01-31T12:00:00Z");
    }

    private static <T> Got<Optional<T>> read(
            Query query, String name, Function<String, Optional<T>> parse, String allowed) {
        Optional<String> text = query.parameter(name);
        Optional<T> value = text.flatMap(parse);
        return text.isPresent() && value.isEmpty()
                ? Got.no(new Problem.InvalidParameter(name, allowed))
                : Got.of(value);
    }
}
