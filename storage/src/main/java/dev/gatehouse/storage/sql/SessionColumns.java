package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.db.Row;
import java.time.Duration;
import java.util.List;

/// Logins as rows.
final class SessionColumns {
    /// All that a session says.
    static final String ALL = "id, person, membership, organization, credential, credential_generation,"
            + " member_generation, organizations_generation, opened_at, ends_at, idle, seen_at, address, apis, single,"
            + " ended, methods";

    private SessionColumns() {}

    static Session session(Row row) {
        Lineage lineage = new Lineage(
                Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.read(row, "membership", Kind.MEMBERSHIP),
                Ids.read(row, "credential", Kind.CREDENTIAL),
                new Generations(
                        row.number("credential_generation"),
                        row.number("member_generation"),
                        0,
                        row.number("organizations_generation")));
        return new Session(
                Ids.read(row, "id", Kind.SESSION),
                Ids.read(row, "person", Kind.USER),
                lineage,
                Micros.read(row.number("opened_at")),
                Micros.read(row.number("ends_at")),
                Duration.ofNanos(row.number("idle") * 1_000),
                Micros.read(row.number("seen_at")),
                row.maybeText("address")
                        .map(text -> AddressBlock.parse(text)
                                .orElseThrow(() -> new IllegalStateException("a stored address is none"))),
                Restriction.ofListed(Fields.read(row.text("apis"), 1).stream()
                        .map(line -> Ids.parse(Kind.API, line.getFirst()))
                        .toList()),
                row.flag("single"),
                row.flag("ended"),
                methods(row.text("methods")));
    }

    private static List<String> methods(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    static boolean insert(dev.gatehouse.storage.db.Session sql, Session session, Digest digest) {
        Lineage lineage = session.lineage();
        Generations generations = lineage.generations();
        Fields apis = new Fields();
        session.apis().listed().forEach(api -> apis.line(api.text()));
        List<Object> values = List.of(
                Ids.of(session.id()),
                Ids.of(session.user()),
                Ids.of(lineage.member()),
                Ids.of(lineage.organization()),
                Ids.of(lineage.credential()),
                generations.credential(),
                generations.member(),
                generations.organizations(),
                Micros.of(session.openedAt()),
                Micros.of(session.endsAt()),
                session.idle().toNanos() / 1_000,
                Micros.of(session.seenAt()),
                dev.gatehouse.storage.db.Session.text(session.address().map(AddressBlock::toString)),
                apis.text(),
                session.single(),
                session.ended(),
                String.join(" ", session.methods()),
                (long) digest.pepper(),
                digest.bytes(),
                Micros.of(session.diesAt()));
        return Insert.into(sql, "login_session", ALL + ", pepper, digest, dies_at", values);
    }
}
