package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.GrantStore.Consent;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What users let applications have without being asked again.
final class Consents {
    private Consents() {}

    /// Adds what a user just allowed to what it allowed before. The row of the user is locked.
    static void remember(Session session, Grant grant, Instant now) {
        Id api = grant.claims().api();
        TreeSet<String> scopes = new TreeSet<>(grant.claims().scopes().list());
        scopes.addAll(scopes(session, grant.user(), grant.application(), api).list());
        session.update(
                "INSERT INTO consent (person, application, api, scopes, details, given_at) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (person, application, api) DO UPDATE"
                        + " SET scopes = excluded.scopes, details = excluded.details, given_at = excluded.given_at",
                Ids.of(grant.user()),
                Ids.of(grant.application()),
                Ids.of(api),
                Scopes.of(scopes).text(),
                remembered(session, grant)
                        .remembering(details(session, grant.user(), grant.application(), api))
                        .text(),
                Micros.of(now));
    }

    /// Of the details those whose types are remembered.
    private static AuthorizationDetails remembered(Session session, Grant grant) {
        AuthorizationDetails details = grant.claims().details();
        if (details.isEmpty()) {
            return details;
        }
        Map<String, DetailType> types = session.one(
                        "SELECT details FROM api WHERE id = ?",
                        row -> DetailColumns.types(row.text("details")),
                        Ids.of(grant.claims().api()))
                .orElse(Map.of());
        return details.those(one -> Optional.ofNullable(types.get(one.type()))
                .filter(DetailType::remembered)
                .isPresent());
    }

    /// What needs no asking.
    static Scopes scopes(Session session, Id user, Id application, Id api) {
        return session.one(
                        "SELECT scopes FROM consent WHERE person = ? AND application = ? AND api = ?",
                        row -> Columns.scopes(row.text("scopes")),
                        Ids.of(user),
                        Ids.of(application),
                        Ids.of(api))
                .orElse(Scopes.NONE);
    }

    /// The authorization details that need no asking.
    static AuthorizationDetails details(Session session, Id user, Id application, Id api) {
        return session.one(
                        "SELECT details FROM consent WHERE person = ? AND application = ? AND api = ?",
                        DetailColumns::read,
                        Ids.of(user),
                        Ids.of(application),
                        Ids.of(api))
                .orElse(AuthorizationDetails.NONE);
    }

    /// Whether all of a grant needs no asking.
    static boolean cover(Session session, Grant grant) {
        Id api = grant.claims().api();
        boolean scopes = scopes(session, grant.user(), grant.application(), api)
                .list()
                .containsAll(grant.claims().scopes().list());
        return scopes && grant.claims().details().within(details(session, grant.user(), grant.application(), api));
    }

    /// All of one user, the oldest first.
    static List<Consent> of(Session session, Id user) {
        return session.list(
                "SELECT application, api, scopes, details, given_at FROM consent WHERE person = ?"
                        + " ORDER BY given_at, application, api",
                row -> new Consent(
                        Ids.read(row, "application", Kind.APPLICATION),
                        Ids.read(row, "api", Kind.API),
                        Columns.scopes(row.text("scopes")),
                        Micros.read(row.number("given_at")),
                        DetailColumns.read(row)),
                Ids.of(user));
    }

    static void forgetAll(Session session, Id user) {
        session.update("DELETE FROM consent WHERE person = ?", Ids.of(user));
    }

    static void forget(Session session, Id user, Id application) {
        session.update("DELETE FROM consent WHERE person = ? AND application = ?", Ids.of(user), Ids.of(application));
    }
}
