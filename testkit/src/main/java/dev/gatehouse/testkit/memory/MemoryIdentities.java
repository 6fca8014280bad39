package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// Identity providers, links and trips in memory.
record MemoryIdentities(Writes writes) implements IdentityStore {
    @Override
    public Stored<Held> add(Held held, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            IdentityProvider asked = held.provider();
            if (tables.identityProviders.size() >= MAX_PROVIDERS) {
                return new Stored.Full<>("at most " + MAX_PROVIDERS + " identity providers");
            }
            boolean taken = tables.identityProviders.values().stream()
                    .map(Held::provider)
                    .anyMatch(one -> one.id().equals(asked.id())
                            || one.name().equals(asked.name())
                            || one.issuer().equals(asked.issuer()));
            if (taken) {
                return new Stored.Conflict<>("there is a provider of this name or issuer");
            }
            return put(transaction, "identity_provider.add", kept(asked, held, asked.createdAt(), 0));
        });
    }

    /// @param like whose name, issuer and id it keeps
    private static Held kept(IdentityProvider like, Held held, Instant createdAt, long version) {
        IdentityProvider it = held.provider();
        return new Held(
                new IdentityProvider(
                        like.id(),
                        like.name(),
                        it.title(),
                        like.issuer(),
                        it.clientId(),
                        it.method(),
                        it.scopes(),
                        it.apis(),
                        it.organizations(),
                        it.joining(),
                        it.trusted(),
                        it.active(),
                        Micros.of(createdAt),
                        version),
                held.secret(),
                held.number());
    }

    private static Stored<Held> put(Transaction transaction, String verb, Held held) {
        transaction.tables().identityProviders.put(held.provider().id(), held);
        return audited(transaction, verb, held);
    }

    private static Stored<Held> audited(Transaction transaction, String verb, Held held) {
        transaction.audit(
                verb,
                Optional.empty(),
                held.provider().id(),
                Detail.of("name", held.provider().name())
                        .with("issuer", held.provider().issuer())
                        .with("active", held.provider().active()));
        return new Stored.Done<>(held);
    }

    @Override
    public Stored<Held> replace(Held before, Held after, Act act) {
        return writes.narrow(act, transaction -> {
            Held found = transaction
                    .tables()
                    .identityProviders
                    .get(before.provider().id());
            if (found == null) {
                return new Stored.Missing<>();
            }
            if (found.provider().version() != before.provider().version()) {
                return new Stored.Moved<>();
            }
            if (before.provider().active() && !after.provider().active()) {
                ended(transaction, before.provider().id(), MemoryIdentities::cut);
            }
            IdentityProvider was = found.provider();
            return put(
                    transaction, "identity_provider.replace", kept(was, after, was.createdAt(), was.version() + 1));
        });
    }

    private static Standing cut(Standing from) {
        return new Standing(
                from.holds(), from.revoked(), from.generation() + 1, from.window(), from.version() + 1);
    }

    private static Standing revoked(Standing from) {
        return new Standing(from.holds(), true, from.generation(), from.window(), from.version() + 1);
    }

    private static void ended(Transaction transaction, Id provider, UnaryOperator<Standing> how) {
        List.copyOf(transaction.tables().identityLinks.values()).stream()
                .filter(link -> link.provider().equals(provider))
                .forEach(link -> over(transaction, link.credential(), how));
    }

    private static void over(Transaction transaction, Id id, UnaryOperator<Standing> how) {
        Credential credential = transaction.tables().credential(id).orElseThrow();
        if (!credential.standing().revoked()) {
            transaction.tables().credentials.put(id, credential.with(how.apply(credential.standing())));
            MemoryLogouts.ofMember(transaction, id);
        }
    }

    @Override
    public Stored<Held> remove(Held before, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Id id = before.provider().id();
            Held found = tables.identityProviders.get(id);
            if (found == null) {
                return new Stored.Missing<>();
            }
            if (found.provider().version() != before.provider().version()) {
                return new Stored.Moved<>();
            }
            ended(transaction, id, MemoryIdentities::revoked);
            tables.identityLinks.values().removeIf(link -> link.provider().equals(id));
            tables.identityTrips.values().removeIf(trip -> trip.provider().equals(id));
            tables.identityProviders.remove(id);
            return audited(transaction, "identity_provider.remove", before);
        });
    }

    @Override
    public Optional<Held> provider(Id id) {
        return Optional.ofNullable(writes.now().identityProviders.get(id));
    }

    @Override
    public List<Held> providers() {
        return writes.now().identityProviders.values().stream()
                .sorted(Comparator.comparing(held -> held.provider().name()))
                .toList();
    }

    @Override
    public boolean rewrap(Held before, Encrypted secret) {
        Id id = before.provider().id();
        return writes.change(tables -> {
            Held found = tables.identityProviders.get(id);
            if (found == null || !found.secret().equals(before.secret())) {
                return false;
            }
            tables.identityProviders.put(id, new Held(found.provider(), Optional.of(secret), found.number()));
            return true;
        });
    }

    @Override
    public Optional<Link> linked(Id provider, String subject) {
        return links(writes.now()).stream()
                .filter(link -> link.provider().equals(provider)
                        && link.subject().equals(subject))
                .findFirst();
    }

    private static List<Link> links(Tables tables) {
        return tables.identityLinks.values().stream()
                .filter(link -> tables.credential(link.credential())
                        .filter(one -> !one.standing().revoked())
                        .isPresent())
                .sorted(Comparator.comparing(Link::since))
                .toList();
    }

    @Override
    public List<Link> links(Id user) {
        return links(writes.now()).stream()
                .filter(link -> link.user().equals(user))
                .toList();
    }

    @Override
    public Stored<Link> link(Link link, Credential credential, Id by, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<User> user = tables.user(link.user());
            if (user.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (user.get().standing().revoked()) {
                return new Stored.Conflict<>("the user is revoked");
            }
            boolean open = tables.session(by)
                    .filter(one -> !one.ended() && act.at().isBefore(one.diesAt()))
                    .filter(one -> one.user().equals(link.user()))
                    .isPresent();
            return open
                    ? linked(transaction, link, credential, "identity.link")
                    : new Stored.Conflict<>("the session is over");
        });
    }

    private static Stored<Link> linked(Transaction transaction, Link asked, Credential credential, String verb) {
        Tables tables = transaction.tables();
        Link link = new Link(
                asked.credential(), asked.user(), asked.provider(), asked.subject(), Micros.of(asked.since()));
        boolean there = Optional.ofNullable(tables.identityProviders.get(link.provider()))
                .filter(held -> held.provider().active())
                .isPresent();
        if (!there) {
            return new Stored.Missing<>();
        }
        boolean taken = tables.identityLinks.values().stream()
                .filter(one -> one.provider().equals(link.provider()))
                .anyMatch(one -> one.user().equals(link.user()) || one.subject().equals(link.subject()));
        if (taken || !Insert.credential(tables, credential)) {
            return new Stored.Conflict<>("the account is linked, or the user has another one there");
        }
        tables.identityLinks.put(link.credential(), link);
        transaction.audit(
                verb,
                Optional.of(credential.organization()),
                link.user(),
                Detail.of("provider", link.provider()).with("credential", link.credential()));
        return new Stored.Done<>(link);
    }

    @Override
    public Stored<Link> join(Link link, User user, Membership membership, Credential credential, Act act) {
        return writes.run(act, transaction -> {
            Stored<User> added = Additions.add(transaction, user);
            if (!(added instanceof Stored.Done<User>)) {
                return added.map(_ -> link);
            }
            Stored<Membership> joined = Additions.add(transaction, membership);
            return joined instanceof Stored.Done<Membership>
                    ? linked(transaction, link, credential, "identity.join")
                    : joined.map(_ -> link);
        });
    }

    @Override
    public Stored<Link> unlink(Id user, Id credential, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Link> link = Optional.ofNullable(tables.identityLinks.get(credential))
                    .filter(one -> one.user().equals(user));
            if (link.isEmpty()) {
                return new Stored.Missing<>();
            }
            tables.identityLinks.remove(credential);
            tables.identityTrips.values().removeIf(trip -> trip.user().equals(Optional.of(user)));
            over(transaction, credential, MemoryIdentities::revoked);
            transaction.audit(
                    "identity.unlink",
                    tables.user(user).map(User::organization),
                    user,
                    Detail.of("provider", link.get().provider()).with("credential", credential));
            return new Stored.Done<>(link.get());
        });
    }

    @Override
    public boolean begin(Trip asked) {
        Trip trip = new Trip(
                asked.ticket(),
                asked.step(),
                asked.provider(),
                asked.api(),
                asked.login(),
                asked.user(),
                asked.subject(),
                asked.ask(),
                asked.maxAgeSeconds(),
                Micros.of(asked.beganAt()),
                Micros.of(asked.until()));
        return writes.change(tables -> {
            tables.identityTrips.values().removeIf(one -> !one.until().isAfter(trip.beganAt()));
            long under = tables.identityTrips.values().stream()
                    .filter(one -> one.provider().equals(trip.provider()))
                    .count();
            return under < MAX_TRIPS && tables.identityTrips.putIfAbsent(trip.ticket(), trip) == null;
        });
    }

    @Override
    public Optional<Trip> take(List<Digest> ticket, Step step, Instant now) {
        AtomicReference<Optional<Trip>> taken = new AtomicReference<>(Optional.empty());
        var _ = writes.change(tables -> {
            List<Trip> found = new ArrayList<>(ticket.stream()
                    .map(tables.identityTrips::get)
                    .filter(Objects::nonNull)
                    .filter(one -> one.step() == step && now.isBefore(one.until()))
                    .toList());
            found.forEach(one -> tables.identityTrips.remove(one.ticket()));
            taken.set(found.stream().findFirst());
            return !found.isEmpty();
        });
        return taken.get();
    }
}
