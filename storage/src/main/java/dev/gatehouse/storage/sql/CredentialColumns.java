package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Evidence;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.feed.FactLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Credentials as rows: whose they are, what proves them and what bounds them.
final class CredentialColumns {
    static final String ALL = "id, application, person, membership, organization, kind, name, hint, pepper, digest,"
            + " stretch, jwks, sealed, whole_role, rights, addresses, apis, origins, rate, note, created_at, "
            + Columns.STANDING;

    private CredentialColumns() {}

    static Credential read(Row row) {
        return new Credential(
                Ids.read(row, "id", Kind.CREDENTIAL),
                holder(row),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                kind(row.text("kind")),
                row.text("name"),
                row.text("hint"),
                evidence(row),
                row.maybeText("stretch"),
                row.flag("whole_role") ? new Reach.WholeRole() : new Reach.Only(Columns.rights(row.text("rights"))),
                new Restrictions(
                        addresses(row.text("addresses")),
                        apis(row.text("apis")),
                        Restriction.ofListed(OriginsColumn.read(row.text("origins"))),
                        LimitColumns.maybe(row.text("rate"))),
                Columns.standing(row),
                Micros.read(row.number("created_at")),
                row.text("note"));
    }

    /// Its public keys, the key that it signs with, or the digest of its secret.
    private static Evidence evidence(Row row) {
        return row.maybeText("jwks")
                .<Evidence>map(PublicKeys::new)
                .or(() -> row.maybeBytes("sealed").map(SealedKey::of))
                .orElseGet(() -> Digest.of((int) row.number("pepper"), row.bytes("digest")));
    }

    /// The parameters of the columns that [#evidence(Row)] reads, with `stretch` between them.
    static List<Object> evidence(Credential credential) {
        Optional<Digest> digest = credential.digest();
        Optional<String> jwks =
                credential.evidence() instanceof PublicKeys(String keys) ? Optional.of(keys) : Optional.empty();
        return List.of(
                Session.number(digest.map(one -> (long) one.pepper())),
                Session.bytes(digest.map(Digest::bytes)),
                Session.text(credential.stretch()),
                Session.text(jwks),
                Session.bytes(
                        credential.evidence() instanceof SealedKey key ? Optional.of(key.bytes()) : Optional.empty()));
    }

    /// Whose a credential is: exactly one of three columns says it.
    static Id holder(Row row) {
        return Ids.maybe(row, "application", Kind.APPLICATION)
                .or(() -> Ids.maybe(row, "person", Kind.USER))
                .or(() -> Ids.maybe(row, "membership", Kind.MEMBERSHIP))
                .orElseThrow(() -> new IllegalStateException("a stored credential is nobody's"));
    }

    /// The parameters of the columns that [#holder(Row)] reads.
    static List<Object> holder(Id holder) {
        return List.of(
                Ids.of(Optional.of(holder).filter(id -> id.kind() == Kind.APPLICATION)),
                Ids.of(Optional.of(holder).filter(id -> id.kind() == Kind.USER)),
                Ids.of(Optional.of(holder).filter(id -> id.kind() == Kind.MEMBERSHIP)));
    }

    static CredentialKind kind(String wire) {
        return Optional.of(wire)
                .flatMap(CredentialColumns::kindOf)
                .orElseThrow(() -> new IllegalStateException("a stored credential kind is unknown"));
    }

    private static Optional<CredentialKind> kindOf(String wire) {
        for (CredentialKind kind : CredentialKind.values()) {
            if (kind.wire().equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static String reach(Reach reach) {
        return switch (reach) {
            case Reach.WholeRole() -> "";
            case Reach.Only(Rights rights) -> Columns.rights(rights);
        };
    }

    static String addresses(Restrictions restrictions) {
        Fields out = new Fields();
        restrictions.addresses().listed().forEach(block -> out.line(block.toString()));
        return out.text();
    }

    static String apis(Restrictions restrictions) {
        Fields out = new Fields();
        restrictions.apis().listed().forEach(api -> out.line(api.text()));
        return out.text();
    }

    static String origins(Restrictions restrictions) {
        return OriginsColumn.text(restrictions.origins().listed());
    }

    private static Restriction<AddressBlock> addresses(String column) {
        List<AddressBlock> blocks = new ArrayList<>();
        for (List<String> line : Fields.read(column, 1)) {
            blocks.add(AddressBlock.parse(line.getFirst())
                    .orElseThrow(() -> new IllegalStateException("a stored address block is not one")));
        }
        return Restriction.ofListed(blocks);
    }

    static Restriction<Id> apis(String column) {
        List<Id> ids = new ArrayList<>();
        Fields.read(column, 1).forEach(line -> ids.add(Ids.parse(Kind.API, line.getFirst())));
        return Restriction.ofListed(ids);
    }

    /// Of a domain key what answers to pages go by.
    static FactLoader.DomainKey domainKey(Row row) {
        Restriction<Id> apis = apis(row.text("apis"));
        Set<Id> usable = Columns.rights(row.text("rights")).byApi().keySet().stream()
                .filter(id -> apis.admits(id::equals))
                .collect(Collectors.toUnmodifiableSet());
        return new FactLoader.DomainKey(usable, OriginsColumn.read(row.text("origins")));
    }
}
