package dev.gatehouse.storage.sql;

import dev.gatehouse.core.audit.RowBytes;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.db.Stored64;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Audit rows: written with a keyed MAC over all that they say, checked when they are read. Whoever can write
/// to the database but does not have the key can neither make one up nor change one unseen.
final class Audit {
    private static final String WRITTEN = "id, at, request_id, actor_part, actor_organization, actor_application,"
            + " actor_user, actor_credential, verb, organization, target_kind, target, detail, mac";

    /// The columns that [#read(Row)] needs.
    static final String COLUMNS = "position, " + WRITTEN + ", seal";

    private static final Act.Actor UNKNOWN = new Act.Actor.Itself("unknown");

    private final MacKey key;
    private final RandomGenerator random;

    Audit(MacKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    void write(Session session, Act act, String verb, Optional<Id> organization, Optional<Id> target, Detail detail) {
        Act stored = new Act(act.actor(), act.requestId(), Micros.read(Micros.of(act.at())));
        AuditRow row = new AuditRow(
                0,
                random.nextLong(),
                stored.at(),
                stored,
                verb,
                organization,
                target,
                detail.json(),
                Bytes.NONE,
                Optional.empty(),
                true);
        Optional<Act.Actor.Member> member = member(row);
        session.update(
                "INSERT INTO audit (" + WRITTEN + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Stored64.of(row.id()),
                Micros.of(row.at()),
                act.requestId(),
                Session.text(part(row)),
                Ids.of(member.map(Act.Actor.Member::organization)),
                Ids.of(member.map(Act.Actor.Member::member).filter(id -> id.kind() == Kind.APPLICATION)),
                Ids.of(member.map(Act.Actor.Member::member).filter(id -> id.kind() == Kind.USER)),
                Ids.of(member.map(Act.Actor.Member::credential)),
                verb,
                Ids.of(organization),
                Session.text(target.map(id -> id.kind().prefix())),
                Ids.of(target),
                row.detail(),
                key.mac(RowBytes.said(row)));
    }

    /// A row with [#COLUMNS].
    AuditRow read(Row row) {
        Instant at = Micros.read(row.number("at"));
        Optional<Act.Actor> actor = actor(row);
        byte[] mac = row.bytes("mac");
        AuditRow unchecked = new AuditRow(
                row.number("position"),
                Stored64.read(row.number("id")),
                at,
                new Act(actor.orElse(UNKNOWN), row.text("request_id"), at),
                row.text("verb"),
                Ids.maybe(row, "organization", Kind.ORGANIZATION),
                target(row),
                row.text("detail"),
                Bytes.of(mac),
                row.maybeNumber("seal"),
                false);
        boolean valid = actor.isPresent()
                && nothingBeside(row)
                && MessageDigest.isEqual(key.mac(RowBytes.said(unchecked)), mac);
        return new AuditRow(
                unchecked.position(),
                unchecked.id(),
                unchecked.at(),
                unchecked.act(),
                unchecked.verb(),
                unchecked.organization(),
                unchecked.target(),
                unchecked.detail(),
                unchecked.mac(),
                unchecked.seal(),
                valid);
    }

    private static Optional<Id> target(Row row) {
        return row.maybeText("target_kind").flatMap(Kind::of).flatMap(known -> Ids.maybe(row, "target", known));
    }

    /// Whether the columns hold no more than the row that was read from them: what is read past is under no MAC.
    private static boolean nothingBeside(Row row) {
        boolean itself = row.maybeText("actor_part").isPresent();
        boolean member = row.maybeNumber("actor_organization").isPresent()
                || row.maybeNumber("actor_application").isPresent()
                || row.maybeNumber("actor_user").isPresent()
                || row.maybeNumber("actor_credential").isPresent();
        boolean target = row.maybeText("target_kind").isPresent()
                || row.maybeNumber("target").isPresent();
        boolean two = row.maybeNumber("actor_application").isPresent()
                && row.maybeNumber("actor_user").isPresent();
        return !(itself && member) && !two && target == target(row).isPresent();
    }

    /// Empty when the row names no actor, which no row that was written here does.
    private static Optional<Act.Actor> actor(Row row) {
        Optional<Id> organization = Ids.maybe(row, "actor_organization", Kind.ORGANIZATION);
        Optional<Id> member =
                Ids.maybe(row, "actor_application", Kind.APPLICATION).or(() -> Ids.maybe(row, "actor_user", Kind.USER));
        Optional<Id> credential = Ids.maybe(row, "actor_credential", Kind.CREDENTIAL);
        return row.maybeText("actor_part")
                .<Act.Actor>map(Act.Actor.Itself::new)
                .or(() -> organization.flatMap(
                        one -> member.flatMap(two -> credential.map(three -> new Act.Actor.Member(one, two, three)))));
    }

    private static Optional<Act.Actor.Member> member(AuditRow row) {
        return switch (row.act().actor()) {
            case Act.Actor.Member member -> Optional.of(member);
            case Act.Actor.Itself _ -> Optional.empty();
        };
    }

    private static Optional<String> part(AuditRow row) {
        return switch (row.act().actor()) {
            case Act.Actor.Member _ -> Optional.empty();
            case Act.Actor.Itself(String part) -> Optional.of(part);
        };
    }
}
