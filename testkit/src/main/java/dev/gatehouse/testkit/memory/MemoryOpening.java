package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// How a grant begins in memory.
///
/// @param answers whether this is the first answer to what is asked
record MemoryOpening(
        Grant asked, Digest code, Instant over, GrantRow.State state, boolean remember, Predicate<Tables> answers) {
    private static final Duration KEPT = Duration.ofMinutes(5);

    /// @param end ends a grant of the same transaction
    Stored<Grant> run(Transaction transaction, Consumer<GrantRow> end) {
        Tables tables = transaction.tables();
        Instant now = transaction.act().at();
        Optional<User> user =
                tables.user(asked.user()).filter(one -> !one.standing().revoked());
        if (user.isEmpty()) {
            return new Stored.Missing<>();
        }
        tables.grants.values().removeIf(one -> !now.minus(KEPT).isBefore(one.diesAt()));
        boolean login = tables.session(asked.session())
                .filter(one -> !one.ended() && now.isBefore(one.diesAt()))
                .filter(one -> one.user().equals(asked.user()))
                .isPresent();
        if (!login) {
            return new Stored.Missing<>();
        }
        if (!remember && !MemoryConsents.covered(tables, between(), asked.claims())) {
            return new Stored.Conflict<>("the consent was taken back");
        }
        if (!answers.test(tables)) {
            return new Stored.Moved<>();
        }
        tables.grants.values().stream()
                .filter(one -> one.state() != GrantRow.State.ENDED && one.between(asked.user(), asked.application()))
                .filter(one -> now.isBefore(one.grant().within(one.diesAt())))
                .sorted(Comparator.comparing(GrantRow::rotatedAt)
                        .thenComparingLong(one -> one.grant().id().value())
                        .reversed())
                .skip(GrantStore.MAX_GRANTS - 1)
                .toList()
                .forEach(end);
        Grant grant = stored();
        Instant dies = Micros.of(over);
        GrantRow row = new GrantRow(grant, code, dies, state, 0, grant.claims().issuedAt(), dies);
        if (tables.grants.putIfAbsent(grant.id(), row) != null) {
            return new Stored.Conflict<>("the id is in use");
        }
        if (grant.claims().scopes().contains(Identity.OPENID)) {
            MemoryLogouts.signedIn(tables, grant, now);
        }
        if (remember) {
            MemoryConsents.remember(tables, grant, Micros.of(now));
        }
        transaction.audit(
                "grant.open",
                Optional.of(grant.claims().lineage().organization()),
                grant.id(),
                detail(grant, remember).with("answer", state == GrantRow.State.USED ? "tokens" : "code"));
        return new Stored.Done<>(asked);
    }

    /// What was allowed, to the letter: a grant is swept away one day, and this stays.
    private static Detail detail(Grant grant, boolean now) {
        Detail detail = Detail.of("application", grant.application())
                .with("scopes", grant.claims().scopes().text())
                .with("asked", now);
        AuthorizationDetails details = grant.claims().details();
        return details.isEmpty() ? detail : detail.with(AuthorizationDetails.NAME, details.text());
    }

    private MemoryGrants.Between between() {
        return new MemoryGrants.Between(
                asked.user(), asked.application(), asked.claims().api());
    }

    private Grant stored() {
        Claims claims = asked.claims();
        return new Grant(
                        new Claims(
                                        claims.id(),
                                        claims.api(),
                                        claims.subject(),
                                        claims.clientId(),
                                        claims.lineage(),
                                        claims.scopes(),
                                        Micros.of(claims.issuedAt()),
                                        Micros.of(claims.expiresAt()))
                                .detailed(claims.details()),
                        asked.user(),
                        asked.session(),
                        Micros.of(asked.authenticated()),
                        asked.methods(),
                        asked.binding(),
                        asked.nonce())
                .asking(asked.asked());
    }
}
