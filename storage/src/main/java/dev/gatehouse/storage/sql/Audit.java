package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.db.Stored64;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Audit rows: written with a keyed MAC over all that they say, checked when they are read. Whoever can write
/// to the database but does not have the key can neither make one up nor change one unseen.
final class Audit {
    private static final int ENCODING = 1;
    private static final String COLUMNS = "id, at, request_id, actor_part, actor_organization, actor_application,"
            + " actor_credential, verb, organization, target_kind, target, detail";

    private static final Act.Actor UNKNOWN = new Act.Actor.Itself("unknown");

    private final MacKey key;
    private final RandomGenerator random;

    Audit(MacKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    void write(Session session, Act act, String verb, Optional<Id> organization, Optional<Id> target, Detail detail) {
        Act stored = new Act(act.actor(), act.requestId(), Micros.read(Micros.of(act.at())));
        AuditRow row =
                new AuditRow(random.nextLong(), stored.at(), stored, verb, organization, target, detail.json(), true);
        Optional<Act.Actor.Member> member = member(row);
        session.update(
                "INSERT INTO audit (" + COLUMNS + ", mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Stored64.of(row.id()),
                Micros.of(row.at()),
                act.requestId(),
                Session.text(part(row)),
                Ids.of(member.map(Act.Actor.Member::organization)),
                Ids.of(member.map(Act.Actor.Member::application)),
                Ids.of(member.map(Act.Actor.Member::credential)),
                verb,
                Ids.of(organization),
                Session.text(target.map(id -> id.kind().prefix())),
                Ids.of(target),
                row.detail(),
                key.mac(encoded(row)));
    }

    List<AuditRow> newest(Session session, int limit) {
        return session.list(
                "SELECT " + COLUMNS + ", mac FROM audit ORDER BY position DESC LIMIT ?", this::read, (long) limit);
    }

    private AuditRow read(Row row) {
        Instant at = Micros.read(row.number("at"));
        Optional<Kind> kind = row.maybeText("target_kind").flatMap(Kind::of);
        Optional<Act.Actor> actor = actor(row);
        AuditRow unchecked = new AuditRow(
                Stored64.read(row.number("id")),
                at,
                new Act(actor.orElse(UNKNOWN), row.text("request_id"), at),
                row.text("verb"),
                Ids.maybe(row, "organization", Kind.ORGANIZATION),
                kind.flatMap(known -> Ids.maybe(row, "target", known)),
                row.text("detail"),
                false);
        boolean valid = actor.isPresent() && MessageDigest.isEqual(key.mac(encoded(unchecked)), row.bytes("mac"));
        return new AuditRow(
                unchecked.id(),
                unchecked.at(),
                unchecked.act(),
                unchecked.verb(),
                unchecked.organization(),
                unchecked.target(),
                unchecked.detail(),
                valid);
    }

    /// Empty when the row names no actor, which no row that was written here does.
    private static Optional<Act.Actor> actor(Row row) {
        Optional<Id> organization = Ids.maybe(row, "actor_organization", Kind.ORGANIZATION);
        Optional<Id> application = Ids.maybe(row, "actor_application", Kind.APPLICATION);
        Optional<Id> credential = Ids.maybe(row, "actor_credential", Kind.CREDENTIAL);
        return row.maybeText("actor_part")
                .<Act.Actor>map(Act.Actor.Itself::new)
                .or(() -> organization.flatMap(one ->
                        application.flatMap(two -> credential.map(three -> new Act.Actor.Member(one, two, three)))));
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

    /// All fields in column order, each as its length and its UTF-8 bytes, absent ones as length -1: two
    /// different rows never have the same encoding.
    private static byte[] encoded(AuditRow row) {
        Optional<Act.Actor.Member> member = member(row);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(ENCODING);
            out.writeLong(row.id());
            out.writeLong(Micros.of(row.at()));
            field(out, Optional.of(row.act().requestId()));
            field(out, part(row));
            field(out, member.map(one -> one.organization().text()));
            field(out, member.map(one -> one.application().text()));
            field(out, member.map(one -> one.credential().text()));
            field(out, Optional.of(row.verb()));
            field(out, row.organization().map(Id::text));
            field(out, row.target().map(Id::text));
            field(out, Optional.of(row.detail()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void field(DataOutputStream out, Optional<String> field) throws IOException {
        byte[] utf8 = field.orElse("").getBytes(StandardCharsets.UTF_8);
        out.writeInt(field.isPresent() ? utf8.length : -1);
        out.write(utf8);
    }
}
