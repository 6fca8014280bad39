package dev.gatehouse.storage.sql;

import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.storage.db.Engine;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// How a grant begins: what it rests on is looked at once more, under locks, in the transaction that writes it.
final class GrantOpening {
    /// Of a grant whose code is still to be redeemed.
    static final String CODE = "code";

    /// Of one that has no code, or whose code was redeemed.
    static final String USED = "used";

    private static final Duration KEPT = Duration.ofMinutes(5);

    /// What is written.
    ///
    /// @param code what nothing else that is there has
    /// @param over until when it is there at least
    record Row(Grant grant, Digest code, Instant over, String state) {
        List<Object> columns() {
            return GrantColumns.opened(grant, code, over, state);
        }
    }

    private final Sweep sweep;
    private final GrantEnds ends;
    private final SqlLogouts logouts;

    GrantOpening(Engine engine, GrantEnds ends, SqlLogouts logouts) {
        this.sweep = new Sweep(engine, GrantColumns.TABLE, "id", "dies_at");
        this.ends = ends;
        this.logouts = logouts;
    }

    /// @param answers whether this is the first answer to what is asked
    Stored<Grant> run(Transaction transaction, Row row, boolean remember, Predicate<Session> answers) {
        Session session = transaction.session();
        Instant now = transaction.act().at();
        Grant grant = row.grant();
        if (Persons.locked(session, grant.user())
                .filter(user -> !user.revoked())
                .isEmpty()) {
            return new Stored.Missing<>();
        }
        sweep.run(session, now.minus(KEPT), GrantStore.SWEPT);
        if (SqlSessions.kept(session, grant.session(), now)
                .filter(grant.user()::equals)
                .isEmpty()) {
            return new Stored.Missing<>();
        }
        if (!remember && !Consents.cover(session, grant)) {
            return new Stored.Conflict<>("the consent was taken back");
        }
        if (!answers.test(session)) {
            return new Stored.Moved<>();
        }
        ends.longestUnused(transaction, grant.user(), grant.application(), GrantStore.MAX_GRANTS - 1);
        if (!Insert.into(session, GrantColumns.TABLE, GrantColumns.OPENED, row.columns())) {
            return row.state().equals(USED) ? new Stored.Moved<>() : new Stored.Conflict<>("the id is in use");
        }
        if (grant.claims().scopes().contains(Identity.OPENID)) {
            logouts.signedIn(session, grant, now);
        }
        if (remember) {
            Consents.remember(session, grant, now);
        }
        transaction.audit(
                "grant.open",
                Optional.of(grant.claims().lineage().organization()),
                grant.id(),
                detail(grant, remember).with("answer", row.state().equals(USED) ? "tokens" : "code"));
        return new Stored.Done<>(grant);
    }

    /// What was allowed, to the letter: a grant is swept away one day, and this stays.
    private static Detail detail(Grant grant, boolean asked) {
        Detail detail = Detail.of("application", grant.application())
                .with("scopes", grant.claims().scopes().text())
                .with("asked", asked);
        AuthorizationDetails details = grant.claims().details();
        return details.isEmpty() ? detail : detail.with(AuthorizationDetails.NAME, details.text());
    }
}
