package dev.gatehouse.server.admin;

import dev.gatehouse.core.audit.Examination;
import dev.gatehouse.core.audit.Finding;
import dev.gatehouse.core.audit.SealKeys;
import dev.gatehouse.core.audit.Seals;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.oauth.jose.PublicJwk;
import dev.gatehouse.oauth.keys.Keys;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The chain of seals over the audit trail: shown with all its rows, and examined. A page ends after so many
/// rows, whatever the limit, so that memory is bounded.
final class AuditSeals {
    private static final int ROWS_A_PAGE = 2000;
    private static final int ROWS_A_SEAL = 2 * Seals.MAX_ROWS + 1;
    private static final int OPEN_ROWS = 1000;

    private static final Type<String> TEXT = Audit.TEXT;

    static final Noun<AuditSeal> NOUN = new Noun<>(
            "audit_seal",
            List.of(
                    Attribute.of("number", Types.COUNT, AuditSeal::number),
                    Attribute.of("at", Types.TIME, AuditSeal::at),
                    Attribute.of("first", Types.COUNT, AuditSeal::first),
                    Attribute.of("last", Types.COUNT, AuditSeal::last),
                    Attribute.of("count", Types.COUNT, AuditSeal::count),
                    Attribute.of("entries", TEXT, seal -> hex(seal.entries())),
                    Attribute.of("root", TEXT, seal -> hex(seal.root())),
                    Attribute.of("previous", TEXT, seal -> hex(seal.previous())),
                    Attribute.of("signature", TEXT, AuditSeal::signature)));

    /// One seal and every row that names it.
    private record Batch(AuditSeal seal, List<AuditRow> rows) {}

    /// @param before the seal in front of the first
    private record Pages(Optional<AuditSeal> before, List<Batch> batches, boolean more) {
        Optional<AuditSeal> last() {
            return batches.isEmpty() ? before : Optional.of(batches.getLast().seal());
        }

        long rows() {
            return batches.stream().mapToLong(batch -> batch.rows().size()).sum();
        }
    }

    private AuditSeals() {}

    /// The keys by which seals are checked, as a JWK set.
    static Got<Reply> keys(Call call) {
        return Audit.provider(call)
                .map(_ -> Reply.json(
                        200,
                        Map.of(
                                "keys",
                                published(call).stream().map(PublicJwk::members).toList())));
    }

    /// Seals with their rows, from the beginning of the trail on; behind the last one the rows that are in no
    /// seal.
    static Got<Reply> list(Call call) {
        return pages(call).map(pages -> {
            View view = call.view();
            Map<String, Object> members = new LinkedHashMap<>();
            members.put(
                    "items",
                    pages.batches().stream().map(batch -> shown(batch, view)).toList());
            if (pages.more()) {
                members.put("next", next(pages));
            } else {
                AuditStore audit = call.desk().store().audit();
                members.put("unsealed", exact(audit.unsealed(OPEN_ROWS), view));
                members.put("strays", exact(audit.strays(OPEN_ROWS), view));
            }
            return Reply.json(200, members);
        });
    }

    /// Examines seals and their rows, MACs included; what was found is in the answer.
    static Got<Reply> verify(Call call) {
        return pages(call).map(pages -> {
            Examination examination = new Examination(sealKeys(call), pages.before());
            pages.batches().forEach(batch -> examination.next(batch.seal(), batch.rows()));
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("seals", pages.batches().size());
            members.put("rows", pages.rows());
            pages.last().ifPresent(last -> {
                members.put("last", last.number());
                members.put("last_hash", hex(Seals.hash(last)));
            });
            if (pages.more()) {
                members.put("next", next(pages));
            } else {
                AuditStore audit = call.desk().store().audit();
                List<AuditRow> open = audit.unsealed(OPEN_ROWS);
                examination.unsealed(open);
                examination.strays(audit.strays(OPEN_ROWS));
                members.put("unsealed", open.size());
            }
            members.put(
                    "findings",
                    examination.findings().stream().map(AuditSeals::finding).toList());
            return Reply.json(200, members);
        });
    }

    private static Got<Pages> pages(Call call) {
        AuditStore audit = call.desk().store().audit();
        return Audit.provider(call)
                .then(_ -> call.query().limit())
                .then(limit -> before(call, audit).map(before -> pages(audit, before, limit)));
    }

    private static Pages pages(AuditStore audit, Optional<AuditSeal> before, int limit) {
        List<AuditSeal> seals = audit.seals(before.map(AuditSeal::number).orElse(0L), limit + 1);
        List<Batch> batches = new ArrayList<>();
        int rows = 0;
        for (AuditSeal seal : seals) {
            if (batches.size() == limit || rows >= ROWS_A_PAGE) {
                break;
            }
            Batch batch = new Batch(seal, audit.sealed(seal.number(), ROWS_A_SEAL));
            rows += batch.rows().size();
            batches.add(batch);
        }
        return new Pages(before, batches, batches.size() < seals.size());
    }

    private static Got<Optional<AuditSeal>> before(Call call, AuditStore audit) {
        Optional<String> after = call.query().parameter("after");
        if (after.isEmpty()) {
            return Got.of(Optional.empty());
        }
        Optional<AuditSeal> before = after.filter(text -> text.matches("[1-9][0-9]{0,17}"))
                .map(Long::parseLong)
                .flatMap(number -> audit.seals(number - 1, 1).stream()
                        .filter(seal -> seal.number() == number)
                        .findFirst());
        return before.isPresent()
                ? Got.of(before)
                : Got.no(new Problem.InvalidParameter("after", "the `next` of the page before"));
    }

    private static String next(Pages pages) {
        return Long.toString(pages.last().orElseThrow().number());
    }

    private static List<PublicJwk> published(Call call) {
        Keys keys = call.desk().keys();
        keys.catchUp();
        return keys.ring().publishedForAudit();
    }

    private static SealKeys sealKeys(Call call) {
        return new SealKeys(published(call).stream().collect(Collectors.toMap(PublicJwk::keyId, PublicJwk::key)));
    }

    private static Map<String, Object> shown(Batch batch, View view) {
        Map<String, Object> members = NOUN.show(batch.seal(), view);
        members.put("rows", exact(batch.rows(), view));
        return members;
    }

    private static List<Map<String, Object>> exact(List<AuditRow> rows, View view) {
        return rows.stream().map(row -> Audit.EXACT.show(row, view)).toList();
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", finding.kind().word());
        finding.seal().ifPresent(seal -> members.put("seal", seal));
        finding.row().ifPresent(row -> members.put("row", row));
        members.put("what", finding.what());
        return members;
    }

    static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
