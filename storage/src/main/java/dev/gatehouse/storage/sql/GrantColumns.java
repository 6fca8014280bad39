package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Grants as rows.
final class GrantColumns {
    static final String TABLE = "user_grant";

    /// What a grant says.
    static final String ALL = "id, api, application, client_id, person, session, membership, organization, credential,"
            + " credential_generation, member_generation, organizations_generation, scopes, authenticated_at, methods,"
            + " redirect, challenge, jkt, nonce, sid, asked, details, issued_at, ends_at";

    /// All columns of a row that is opened.
    static final String OPENED = ALL + ", pepper, digest, code_ends_at, state, offline, number, rotated_at, dies_at";

    private GrantColumns() {}

    static Grant grant(Row row) {
        Lineage lineage = new Lineage(
                Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.read(row, "membership", Kind.MEMBERSHIP),
                Ids.read(row, "credential", Kind.CREDENTIAL),
                Optional.empty(),
                Optional.of(new Lineage.Granted(
                        Ids.read(row, "id", Kind.GRANT), Ids.read(row, "application", Kind.APPLICATION))),
                List.of(),
                new Generations(
                        row.number("credential_generation"),
                        row.number("member_generation"),
                        0,
                        row.number("organizations_generation")));
        Claims claims = new Claims(
                        Ids.read(row, "id", Kind.GRANT),
                        Ids.read(row, "api", Kind.API),
                        Ids.read(row, "person", Kind.USER).text(),
                        row.text("client_id"),
                        lineage,
                        Columns.scopes(row.text("scopes")),
                        Micros.read(row.number("issued_at")),
                        Micros.read(row.number("ends_at")))
                .detailed(DetailColumns.read(row));
        return new Grant(
                claims,
                Ids.read(row, "person", Kind.USER),
                Ids.read(row, "session", Kind.SESSION),
                Micros.read(row.number("authenticated_at")),
                words(row.text("methods")),
                new Grant.Binding(
                        row.maybeText("redirect"),
                        row.maybeText("challenge"),
                        row.maybeText("jkt").map(Confirmation::of)),
                row.maybeText("nonce"),
                Ids.maybe(row, "sid", Kind.SESSION).orElseGet(() -> Ids.read(row, "session", Kind.SESSION)),
                row.maybeText("asked"));
    }

    private static List<String> words(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split(" ", -1));
    }

    /// The parameters of [#OPENED].
    ///
    /// @param code of a row that is `used`, nothing that can be redeemed
    /// @param over the end of the code, and until it is redeemed of the row
    static List<Object> opened(Grant grant, Digest code, Instant over, String state) {
        Claims claims = grant.claims();
        Lineage lineage = claims.lineage();
        return List.of(
                Ids.of(claims.id()),
                Ids.of(claims.api()),
                Ids.of(grant.application()),
                claims.clientId(),
                Ids.of(grant.user()),
                Ids.of(grant.session()),
                Ids.of(lineage.member()),
                Ids.of(lineage.organization()),
                Ids.of(lineage.credential()),
                lineage.generations().credential(),
                lineage.generations().member(),
                lineage.generations().organizations(),
                claims.scopes().text(),
                Micros.of(grant.authenticated()),
                String.join(" ", grant.methods()),
                Session.text(grant.binding().redirect()),
                Session.text(grant.binding().challenge()),
                Session.text(grant.binding().key().map(Confirmation::text)),
                Session.text(grant.nonce()),
                Ids.of(grant.known()),
                Session.text(grant.asked()),
                claims.details().text(),
                Micros.of(claims.issuedAt()),
                Micros.of(claims.expiresAt()),
                (long) code.pepper(),
                code.bytes(),
                Micros.of(over),
                state,
                grant.offline(),
                0L,
                Micros.of(claims.issuedAt()),
                Micros.of(over));
    }
}
