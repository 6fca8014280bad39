package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;

/// The end of what was opened by links of an identity provider, a page at a time: there may be a million of them.
/// The provider is narrowed or switched off in the transaction before, so that nobody signs in as before meanwhile.
final class LinkEnds {
    private static final long PAGE = IdentityStore.ENDED_AT_ONCE;

    /// How far they are cut, where they are being cut: the credentials behind this one are still to come.
    private static final String FROM = "SELECT credential FROM identity_link WHERE provider = ? AND credential > ?"
            + " ORDER BY credential LIMIT ?";

    /// What came of a page.
    private enum Page {
        MORE,
        LAST
    }

    private final Db db;
    private final Writes writes;

    LinkEnds(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /// The same without the terms of a request, which are for its first transaction.
    static Act bare(Act act) {
        return new Act(act.actor(), act.requestId(), act.at());
    }

    /// All links of a provider are to be cut; the first of them are.
    static void begin(Transaction transaction, Id provider) {
        transaction
                .session()
                .update("UPDATE identity_provider SET cut_to = ? WHERE id = ?", Long.MIN_VALUE, Ids.of(provider));
        var _ = page(transaction, provider, Long.MIN_VALUE);
    }

    /// Cuts those that are left.
    ///
    /// @return of the last, if there were any
    Optional<Receipt> cut(Id provider, Act act) {
        Optional<Receipt> last = Optional.empty();
        for (Optional<Long> from = reached(provider); from.isPresent(); from = reached(provider)) {
            long reached = from.get();
            Stored<Page> stored = writes.run(
                    page -> page == Page.LAST ? Writes.Effect.NARROWS : Writes.Effect.WIDENS,
                    bare(act),
                    transaction -> {
                        // Of several nodes at once one has the page.
                        int mine = transaction
                                .session()
                                .update(
                                        "UPDATE identity_provider SET cut_to = cut_to WHERE id = ? AND cut_to = ?",
                                        Ids.of(provider),
                                        reached);
                        return mine == 0
                                ? new Stored.Moved<>()
                                : new Stored.Done<>(page(transaction, provider, reached));
                    });
            last = stored instanceof Stored.Done<Page>(var _, var receipt) ? receipt : last;
        }
        return last;
    }

    private static Page page(Transaction transaction, Id provider, long from) {
        Session session = transaction.session();
        List<Id> page =
                session.list(FROM, row -> Ids.read(row, "credential", Kind.CREDENTIAL), Ids.of(provider), from, PAGE);
        session.list(
                        "UPDATE credential SET generation = generation + 1, version = version + 1"
                                + " WHERE NOT revoked AND id IN (" + FROM + ") RETURNING id",
                        row -> Ids.read(row, "id", Kind.CREDENTIAL),
                        Ids.of(provider),
                        from,
                        PAGE)
                .forEach(credential -> over(transaction, credential));
        boolean more = page.size() == PAGE;
        session.update(
                "UPDATE identity_provider SET cut_to = ? WHERE id = ?",
                Session.number(more ? Optional.of(Ids.of(page.getLast())) : Optional.empty()),
                Ids.of(provider));
        return more ? Page.MORE : Page.LAST;
    }

    private Optional<Long> reached(Id provider) {
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                        "SELECT cut_to FROM identity_provider WHERE id = ? AND cut_to IS NOT NULL",
                        row -> row.number("cut_to"),
                        Ids.of(provider)));
    }

    /// The providers whose links are not all cut that are to be.
    List<Id> begun() {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT id FROM identity_provider WHERE cut_to IS NOT NULL ORDER BY id",
                        row -> Ids.read(row, "id", Kind.IDENTITY_PROVIDER)));
    }

    /// Whether there are more links than one transaction ends.
    boolean many(Id provider) {
        return db.read(
                        Lane.ADMIN,
                        session -> session.one(
                                "SELECT credential FROM identity_link WHERE provider = ? LIMIT 1 OFFSET ?",
                                row -> row.number("credential"),
                                Ids.of(provider),
                                PAGE))
                .isPresent();
    }

    /// Takes links away until no more are left than one transaction ends.
    void revoke(Id provider, Act act) {
        while (many(provider)) {
            var _ = writes.run(Writes.Effect.WIDENS, bare(act), transaction -> {
                revoked(transaction, provider);
                return new Stored.Done<>(provider);
            });
        }
    }

    /// A page of links goes, and what was opened by them ends.
    static void revoked(Transaction transaction, Id provider) {
        Session session = transaction.session();
        session.list(
                        "UPDATE credential SET revoked = TRUE, version = version + 1 WHERE NOT revoked AND id IN ("
                                + FROM + ") RETURNING id",
                        row -> Ids.read(row, "id", Kind.CREDENTIAL),
                        Ids.of(provider),
                        Long.MIN_VALUE,
                        PAGE)
                .forEach(credential -> over(transaction, credential));
        session.update(
                "DELETE FROM identity_link WHERE credential IN (" + FROM + ")", Ids.of(provider), Long.MIN_VALUE, PAGE);
    }

    static void over(Transaction transaction, Id credential) {
        transaction.changed(credential);
        LogoutNotices.ofMember(transaction, credential);
    }
}
