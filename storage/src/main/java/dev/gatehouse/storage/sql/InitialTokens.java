package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.core.store.RegistrationStore.InitialToken;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Rows of initial access tokens (RFC 7591 section 3), each good for so many registrations until a time.
final class InitialTokens {
    private static final String ALL = "api, name, digest, pepper, uses, dies_at, created_at";

    private InitialTokens() {}

    /// Those that are over go first, and count no more.
    static Stored<InitialToken> issued(Transaction transaction, InitialToken token) {
        Session session = transaction.session();
        session.update(
                "DELETE FROM initial_token WHERE api = ? AND dies_at <= ?",
                Ids.of(token.api()),
                Micros.of(transaction.act().at()));
        long there = session.one(
                        "SELECT COUNT(*) AS tokens FROM initial_token WHERE api = ?",
                        row -> row.number("tokens"),
                        Ids.of(token.api()))
                .orElse(0L);
        if (there >= RegistrationStore.MAX_TOKENS) {
            return new Stored.Full<>("at most " + RegistrationStore.MAX_TOKENS + " initial access tokens of an Api");
        }
        if (!Insert.into(
                session,
                "initial_token",
                ALL,
                List.of(
                        Ids.of(token.api()),
                        token.name(),
                        token.digest().bytes(),
                        (long) token.digest().pepper(),
                        token.uses(),
                        Micros.of(token.until()),
                        Micros.of(token.createdAt())))) {
            return new Stored.Conflict<>("the Api has an initial access token of this name");
        }
        audit(transaction, "initial_token.add", token);
        return new Stored.Done<>(found(session, token.api(), token.name()).orElseThrow());
    }

    private static void audit(Transaction transaction, String verb, InitialToken token) {
        transaction.audit(
                verb,
                Optional.empty(),
                token.api(),
                Detail.of("name", token.name()).with("uses", token.uses()).with("until", token.until()));
    }

    private static Optional<InitialToken> found(Session session, Id api, String name) {
        return session.one(
                "SELECT " + ALL + " FROM initial_token WHERE api = ? AND name = ?",
                InitialTokens::read,
                Ids.of(api),
                name);
    }

    private static InitialToken read(Row row) {
        return new InitialToken(
                Ids.read(row, "api", Kind.API),
                row.text("name"),
                Digest.of((int) row.number("pepper"), row.bytes("digest")),
                row.number("uses"),
                Micros.read(row.number("dies_at")),
                Micros.read(row.number("created_at")));
    }

    static List<InitialToken> of(Session session, Id api) {
        return session.list(
                "SELECT " + ALL + " FROM initial_token WHERE api = ? ORDER BY name LIMIT ?",
                InitialTokens::read,
                Ids.of(api),
                (long) RegistrationStore.MAX_TOKENS);
    }

    static Stored<InitialToken> withdrawn(Transaction transaction, Id api, String name) {
        return transaction
                .session()
                .one(
                        "DELETE FROM initial_token WHERE api = ? AND name = ? RETURNING " + ALL,
                        InitialTokens::read,
                        Ids.of(api),
                        name)
                .<Stored<InitialToken>>map(gone -> {
                    audit(transaction, "initial_token.withdraw", gone);
                    return new Stored.Done<>(gone);
                })
                .orElseGet(Stored.Missing::new);
    }

    /// The one of these that is good for one more registration, if any is.
    static Optional<InitialToken> good(Session session, Id api, List<Digest> digests, Instant now) {
        List<Object> bytes = digests.stream().<Object>map(Digest::bytes).toList();
        return session.one(
                "SELECT " + ALL + " FROM initial_token WHERE digest IN " + Ids.in(bytes.size())
                        + " AND api = ? AND uses > 0 AND dies_at > ?",
                InitialTokens::read,
                Ids.padded(bytes, Ids.of(api), Micros.of(now)));
    }

    /// Uses that up by one. The answer is its name.
    static Optional<String> used(Session session, Id api, List<Digest> digests, Instant now) {
        List<Object> bytes = digests.stream().<Object>map(Digest::bytes).toList();
        return session.one(
                "UPDATE initial_token SET uses = uses - 1 WHERE digest IN " + Ids.in(bytes.size())
                        + " AND api = ? AND uses > 0 AND dies_at > ? RETURNING name",
                row -> row.text("name"),
                Ids.padded(bytes, Ids.of(api), Micros.of(now)));
    }
}
