package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.PushedRequestStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What users granted applications, in memory.
record MemoryGrants(Writes writes, MemoryTokens dead) implements GrantStore {
    private static final long FIRST = 1;

    /// Who consented, for which application, at which Api.
    record Between(Id user, Id application, Id api) {}

    @Override
    public Stored<Grant> open(
            Grant asked, Digest code, Instant codeEnds, boolean remember, Optional<Digest> pushed, Act act) {
        return open(
                new MemoryOpening(
                        asked,
                        code,
                        codeEnds,
                        GrantRow.State.CODE,
                        remember,
                        tables -> pushed.isEmpty() || used(tables, pushed.get(), asked, act.at())),
                act);
    }

    @Override
    public Stored<Grant> openAnswered(
            Grant asked, Digest request, Instant over, boolean remember, Optional<Digest> pushed, Act act) {
        return open(
                new MemoryOpening(
                        asked,
                        request,
                        over,
                        GrantRow.State.USED,
                        remember,
                        tables -> tables.grants.values().stream()
                                        .noneMatch(one -> one.code().equals(request))
                                && (pushed.isEmpty() || used(tables, pushed.get(), asked, act.at()))),
                act);
    }

    @Override
    public Stored<Grant> openForDevice(Grant grant, Digest code, Instant codeEnds, Act act) {
        return open(
                new MemoryOpening(
                        grant,
                        code,
                        codeEnds,
                        GrantRow.State.CODE,
                        true,
                        tables -> MemoryDevices.answer(tables, code, MemoryDevices.State.ALLOWED, act.at())),
                act);
    }

    private Stored<Grant> open(MemoryOpening opening, Act act) {
        return writes.run(act, transaction -> opening.run(transaction, row -> end(transaction, row)));
    }

    private static boolean used(Tables tables, Digest request, Grant answer, Instant now) {
        return MemoryPushedRequests.use(
                tables,
                new PushedRequestStore.Pushed(
                        request, answer.claims().api(), answer.application(), "", now.plus(PushedRequestStore.KEPT)));
    }

    @Override
    public AuthorizationDetails consentedDetails(Id user, Id application, Id api) {
        return MemoryConsents.details(writes.now(), new Between(user, application, api));
    }

    @Override
    public Optional<Coded> coded(List<Digest> code, Id api, Instant now) {
        return found(writes.now(), code, api)
                .map(row -> new Coded(row.grant(), row.state() == GrantRow.State.CODE && now.isBefore(row.codeEnds())));
    }

    private static Optional<GrantRow> found(Tables tables, List<Digest> code, Id api) {
        return tables.grants.values().stream()
                .filter(one -> code.contains(one.code()))
                .filter(one -> one.grant().claims().api().equals(api))
                .findFirst();
    }

    @Override
    public Stored<Redeemed> redeem(List<Digest> code, Redemption by, Act act) {
        return writes.narrow(act, transaction -> new Stored.Done<>(redeemed(transaction, code, by)));
    }

    private Redeemed redeemed(Transaction transaction, List<Digest> code, Redemption by) {
        Tables tables = transaction.tables();
        Instant now = transaction.act().at();
        Optional<GrantRow> found = found(tables, code, by.api());
        if (found.isEmpty()
                || (found.get().state() == GrantRow.State.CODE
                        && !now.isBefore(found.get().codeEnds()))) {
            return new Redeemed.None();
        }
        GrantRow row = found.get();
        Grant grant = row.grant();
        if (row.state() != GrantRow.State.CODE) {
            end(transaction, row);
            return new Redeemed.Again(grant.id());
        }
        if (!grant.application().equals(by.application()) || !grant.binding().shown(by.binding())) {
            tables.grants.put(grant.id(), row.in(GrantRow.State.USED));
            transaction.audit(
                    "grant.refuse",
                    Optional.of(grant.claims().lineage().organization()),
                    grant.id(),
                    Detail.of("application", grant.application()).with("shown_by", by.application()));
            return new Redeemed.Wrong(grant.id());
        }
        tables.grants.put(
                grant.id(),
                by.goesOn() && grant.offline()
                        ? row.redeemed(
                                GrantRow.State.LIVE,
                                FIRST,
                                Micros.of(now),
                                Micros.of(grant.within(by.until())),
                                by.bound())
                        : row.redeemed(GrantRow.State.USED, 0, Micros.of(now), Micros.of(by.tokenEnds()), by.bound()));
        return new Redeemed.First(grant);
    }

    @Override
    public Optional<Refreshable> refreshable(Id grant, Instant now) {
        return MemoryGrantReads.refreshable(writes.now(), grant, now);
    }

    @Override
    public Optional<Grant> living(Id user, Id application, Id api, Id login, Instant now) {
        return MemoryGrantReads.living(writes.now(), user, application, api, login, now);
    }

    @Override
    public Optional<Asked> asked(Id grant) {
        return Optional.ofNullable(writes.now().grants.get(grant))
                .map(row -> new Asked(row.grant().asked()));
    }

    @Override
    public Stored<Rotated> rotate(Grant grant, long number, Instant until, Optional<Confirmation> bound, Act act) {
        return writes.run(act, transaction -> new Stored.Done<>(rotated(transaction, grant, number, until, bound)));
    }

    @Override
    public Stored<Boolean> keep(Grant grant, long number, Act act) {
        return writes.run(act, transaction -> {
            Optional<GrantRow> kept = MemoryGrantReads.going(transaction.tables(), grant.id(), act.at())
                    .filter(row -> row.number() == number)
                    .map(GrantRow::kept);
            kept.ifPresent(row -> transaction.tables().grants.put(grant.id(), row));
            return new Stored.Done<>(kept.isPresent());
        });
    }

    private Rotated rotated(
            Transaction transaction, Grant grant, long number, Instant until, Optional<Confirmation> bound) {
        Instant now = transaction.act().at();
        Optional<GrantRow> found = MemoryGrantReads.going(transaction.tables(), grant.id(), now);
        if (found.isEmpty() || number > found.get().number()) {
            return new Rotated.Over();
        }
        GrantRow row = found.get();
        if (!row.grant().binding().proven(bound)) {
            return new Rotated.NotHolder();
        }
        if (number == row.number()) {
            GrantRow next = row.next(Micros.of(now), Micros.of(row.grant().within(until)), bound);
            transaction.tables().grants.put(grant.id(), next);
            return new Rotated.Next(next.number());
        }
        if (number == row.number() - 1 && now.isBefore(row.rotatedAt().plus(GRACE))) {
            return new Rotated.Same(row.number());
        }
        end(transaction, row);
        return new Rotated.Reused();
    }

    private void end(Transaction transaction, GrantRow row) {
        if (row.state() != GrantRow.State.ENDED) {
            transaction.tables().grants.put(row.grant().id(), row.in(GrantRow.State.ENDED));
            Instant now = transaction.act().at();
            Instant last = row.number() > 0
                    ? now.plus(TokenPolicy.MAX_LIFE)
                    : row.grant().within(row.diesAt());
            if (now.isBefore(last)) {
                dead.end(transaction, row.grant().until(last));
            }
        }
    }

    @Override
    public Stored<Id> end(Id grant, Act act) {
        return writes.narrow(act, transaction -> {
            Optional<GrantRow> found =
                    Optional.ofNullable(transaction.tables().grants.get(grant));
            found.ifPresent(row -> end(transaction, row));
            return found.isPresent() ? new Stored.Done<>(grant) : new Stored.Missing<>();
        });
    }

    /// What lives no longer than the login that it came of.
    void endOf(Transaction transaction, Id login) {
        var _ = ended(
                transaction,
                row -> row.grant().session().equals(login) && !row.grant().offline());
    }

    /// All of a user but what it gave in this login.
    void endOfOthers(Transaction transaction, Id user, Id login) {
        var _ = ended(
                transaction,
                row -> row.grant().user().equals(user) && !row.grant().session().equals(login));
    }

    /// What would have ended with a login lives as long as another one from now on.
    void handOver(Transaction transaction, Id login, Id to) {
        transaction
                .tables()
                .grants
                .replaceAll((_, row) -> row.state() != GrantRow.State.ENDED
                                && row.grant().session().equals(login)
                        ? row.of(to)
                        : row);
    }

    /// All of a user, and what it consented to.
    long everything(Transaction transaction, Id user) {
        transaction.tables().consents.keySet().removeIf(one -> one.user().equals(user));
        return ended(transaction, row -> row.grant().user().equals(user));
    }

    private long ended(Transaction transaction, Predicate<GrantRow> which) {
        List<GrantRow> ending = transaction.tables().grants.values().stream()
                .filter(row -> row.state() != GrantRow.State.ENDED)
                .filter(which)
                .toList();
        ending.forEach(row -> end(transaction, row));
        return ending.size();
    }

    @Override
    public Scopes consented(Id user, Id application, Id api) {
        return MemoryConsents.consented(writes.now(), new Between(user, application, api));
    }

    @Override
    public List<Consent> consents(Id user) {
        return writes.now().consents.entrySet().stream()
                .filter(entry -> entry.getKey().user().equals(user))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(Consent::at))
                .toList();
    }

    @Override
    public Stored<Long> withdraw(Id user, Id application, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<User> found = tables.user(user);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            tables.consents
                    .keySet()
                    .removeIf(
                            one -> one.user().equals(user) && one.application().equals(application));
            long ended = ended(transaction, row -> row.between(user, application));
            transaction.audit(
                    "consent.withdraw",
                    Optional.of(found.get().organization()),
                    user,
                    Detail.of("application", application).with("grants", ended));
            return new Stored.Done<>(ended);
        });
    }
}
