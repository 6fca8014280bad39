package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Organizations, applications and credentials in memory.
final class MemoryMembers implements MemberStore {
    private final Writes writes;
    private final Standings standings;

    MemoryMembers(Writes writes) {
        this.writes = writes;
        this.standings = new Standings(writes);
    }

    @Override
    public Stored<Organization> add(Organization organization, Act act) {
        return writes.run(act, transaction -> Additions.add(transaction, organization));
    }

    @Override
    public Stored<Organization> add(
            Organization organization, Application application, NewCredential credential, Act act) {
        return writes.run(act, transaction -> Additions.add(transaction, organization, application, credential));
    }

    @Override
    public Stored<Application> add(Application application, Act act) {
        return writes.run(act, transaction -> Additions.add(transaction, application));
    }

    @Override
    public Stored<Credential> add(NewCredential credential, Act act) {
        return writes.run(act, transaction -> MemorySecretCopies.added(transaction, credential));
    }

    @Override
    public Stored<Organization> replace(Organization before, Organization after, Act act) {
        return writes.narrow(act, transaction -> Replacements.organization(transaction, before, after));
    }

    @Override
    public Stored<Application> replace(Application before, Application after, Act act) {
        return writes.narrow(act, transaction -> Replacements.application(transaction, before, after));
    }

    @Override
    public Stored<Credential> replace(Credential before, Credential after, Act act) {
        return writes.narrow(act, transaction -> Replacements.credential(transaction, before, after));
    }

    @Override
    public Stored<Credential> replace(Credential before, Credential after, boolean held, Act act) {
        return writes.narrow(act, transaction -> {
            Stored<Credential> replaced = Replacements.credential(transaction, before, after);
            return replaced instanceof Stored.Done<Credential>(Credential one, var _)
                    ? held(transaction, one, held)
                    : replaced;
        });
    }

    /// The replacement has seen to the act's terms.
    private static Stored<Credential> held(Transaction transaction, Credential one, boolean held) {
        return switch (Standings.byOwner(transaction, one.id(), Terms.NONE, held)) {
            case Stored.Done<Standing>(Standing now, var _) -> new Stored.Done<>(one.with(now));
            case Stored.Missing<Standing> _ -> new Stored.Missing<>();
            case Stored.Conflict<Standing>(String why, boolean passing) -> new Stored.Conflict<>(why, passing);
            case Stored.Moved<Standing> _ -> new Stored.Moved<>();
            case Stored.Full<Standing>(String why) -> new Stored.Full<>(why);
            case Stored.Forbidden<Standing>(Stored.Rule rule) -> new Stored.Forbidden<>(rule);
        };
    }

    @Override
    public Stored<Credential> rotate(Credential old, Instant end, NewCredential successor, Act act) {
        return writes.narrow(act, transaction -> Rotation.run(transaction, old, end, successor));
    }

    @Override
    public List<Credential> signing(Optional<Id> after, int limit) {
        return writes.now().credentials.values().stream()
                .filter(one -> one.kind() == CredentialKind.SIGNING_KEY
                        && !one.standing().revoked())
                .filter(one -> after.isEmpty()
                        || Long.compareUnsigned(one.id().value(), after.get().value()) > 0)
                .sorted((one, other) ->
                        Long.compareUnsigned(one.id().value(), other.id().value()))
                .limit(limit)
                .toList();
    }

    @Override
    public Stored<Credential> rewrap(Credential before, SealedKey sealed, Act act) {
        return writes.run(act, transaction -> {
            Optional<Credential> found = transaction.tables().credential(before.id());
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (!found.get().evidence().equals(before.evidence())
                    || found.get().standing().revoked()) {
                return new Stored.Moved<>();
            }
            Credential after = found.get().with(sealed);
            transaction.tables().credentials.put(after.id(), after);
            transaction.audit("credential.rewrap", Optional.of(after.organization()), after.id(), Detail.none());
            return new Stored.Done<>(after);
        });
    }

    @Override
    public Stored<Standing> hold(Id member, Hold hold, Act act) {
        return standings.hold(member, hold, act);
    }

    @Override
    public Stored<Standing> lift(Id member, Hold hold, Act act) {
        return standings.lift(member, hold, act);
    }

    @Override
    public Stored<Standing> cut(Id member, Act act) {
        return standings.cut(member, act);
    }

    @Override
    public Stored<Standing> revoke(Id member, Act act) {
        return standings.revoke(member, act);
    }

    @Override
    public Stored<Standing> schedule(Id member, Window window, Act act) {
        return standings.schedule(member, window, act);
    }

    @Override
    public Optional<Organization> root() {
        return writes.now().root();
    }

    @Override
    public Optional<Organization> organization(Id id) {
        return writes.now().organization(id);
    }

    @Override
    public Optional<Application> application(Id id) {
        return writes.now().application(id);
    }

    @Override
    public Optional<Application> applicationByClientId(String clientId) {
        return writes.now().applicationByClientId(clientId);
    }

    @Override
    public Optional<Credential> credential(Id id) {
        return writes.now().credential(id);
    }

    @Override
    public List<Organization> chain(Id organization) {
        return writes.now().chain(organization);
    }

    @Override
    public Page<Organization> children(Id organization, Slice slice) {
        Optional<Id> parent = Optional.of(organization);
        return Pages.read(
                writes.now().organizations, child -> child.parent().equals(parent), Organization::name, slice);
    }

    @Override
    public Page<Application> applications(Id organization, Slice slice) {
        return Pages.read(
                writes.now().applications, one -> one.organization().equals(organization), Application::name, slice);
    }

    @Override
    public Page<Credential> credentials(Id holder, Slice slice) {
        return Pages.read(writes.now().credentials, one -> one.holder().equals(holder), Credential::name, slice);
    }
}
