package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
                        .with("active", held.provider().active())
                        .with("apis", ids(held.provider().apis()))
                        .with(
                                "organizations",
                                ids(held.provider().organizations().listed()))
                        .with(
                                "joining",
                                held.provider()
                                        .joining()
                                        .map(at -> at.organization() + " " + at.role())
                                        .orElse(""))
                        .with(
                                "trusted",
                                String.join(
                                        " ",
                                        held.provider().trusted().stream()
                                                .sorted()
                                                .toList())));
        return new Stored.Done<>(held);
    }

    private static String ids(Collection<Id> ids) {
        return ids.stream().map(Id::text).sorted().collect(Collectors.joining(" "));
    }

    @Override
    public Stored<Held> replace(Held before, Held after, Act act) {
        return writes.narrow(act, transaction -> {
            Held found =
                    transaction.tables().identityProviders.get(before.provider().id());
            if (found == null) {
                return new Stored.Missing<>();
            }
            if (found.provider().version() != before.provider().version()) {
                return new Stored.Moved<>();
            }
            if (before.provider().narrowed(after.provider())) {
                ended(transaction, before.provider().id(), MemoryIdentities::cut);
            }
            IdentityProvider was = found.provider();
            return put(transaction, "identity_provider.replace", kept(was, after, was.createdAt(), was.version() + 1));
        });
    }

    private static Standing cut(Standing from) {
        return new Standing(from.holds(), from.revoked(), from.generation() + 1, from.window(), from.version() + 1);
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

    /// Nothing is ever half done here.
    @Override
    public void goOn(Act act) {}

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
    public Optional<Found> linked(IdentityProvider as, String subject) {
        Tables tables = writes.now();
        return links(tables).stream()
                .filter(link ->
                        link.provider().equals(as.id()) && link.subject().equals(subject))
                .filter(_ -> stands(tables, as))
                .map(link -> new Found(
                        link,
                        tables.credential(link.credential())
                                .orElseThrow()
                                .standing()
                                .generation()))
                .findFirst();
    }

    private static boolean stands(Tables tables, IdentityProvider as) {
        return Optional.ofNullable(tables.identityProviders.get(as.id()))
                .map(Held::provider)
                .filter(one -> one.active() && one.version() == as.version())
                .isPresent();
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
            if (!open) {
                return new Stored.Conflict<>("the session is over");
            }
            List<Link> live = links(tables);
            tables.identityLinks
                    .values()
                    .removeIf(one -> one.user().equals(link.user())
                            && one.provider().equals(link.provider())
                            && !live.contains(one));
            boolean there = Optional.ofNullable(tables.identityProviders.get(link.provider()))
                    .filter(held -> held.provider().active())
                    .isPresent();
            return there ? linked(transaction, link, credential, "identity.link") : new Stored.Missing<>();
        });
    }

    private static Stored<Link> linked(Transaction transaction, Link asked, Credential credential, String verb) {
        Tables tables = transaction.tables();
        Link link =
                new Link(asked.credential(), asked.user(), asked.provider(), asked.subject(), Micros.of(asked.since()));
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
    public Stored<Link> join(
            IdentityProvider as, Link link, User user, Membership membership, Credential credential, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            if (!stands(tables, as)) {
                return new Stored.Missing<>();
            }
            Tables.Joined joined = tables.joined(as.id(), act.at().getEpochSecond() / 3600);
            if (joined.people() > MAX_JOINS) {
                return new Stored.Full<>("at most " + MAX_JOINS + " new users of a provider in an hour");
            }
            tables.identityJoins.put(as.id(), joined);
            Stored<User> added = Additions.add(transaction, user);
            if (!(added instanceof Stored.Done<User>)) {
                return added.map(_ -> link);
            }
            Stored<Membership> member = Additions.add(transaction, membership);
            return member instanceof Stored.Done<Membership>
                    ? linked(transaction, link, credential, "identity.join")
                    : member.map(_ -> link);
        });
    }

    @Override
    public Stored<Link> unlink(Id user, Id credential, Left left, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Link> link = Optional.ofNullable(tables.identityLinks.get(credential))
                    .filter(one -> one.user().equals(user));
            if (link.isEmpty()) {
                return new Stored.Missing<>();
            }
            tables.identityLinks.remove(credential);
            if (left == Left.A_WAY_IN && !getsIn(tables, user)) {
                return new Stored.Conflict<>("nothing would be left to sign in by");
            }
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

    private static boolean getsIn(Tables tables, Id user) {
        return tables.credentials.values().stream()
                        .anyMatch(one -> one.holder().equals(user)
                                && one.kind() == CredentialKind.PASSWORD
                                && !one.standing().revoked())
                || links(tables).stream()
                        .filter(link -> link.user().equals(user))
                        .anyMatch(link -> Optional.ofNullable(tables.identityProviders.get(link.provider()))
                                .filter(held -> held.provider().active())
                                .isPresent());
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
            tables.identityTrips.values().stream()
                    .filter(one -> one.user().isPresent() && one.user().equals(trip.user()))
                    .sorted(Comparator.comparing(Trip::beganAt).reversed())
                    .skip(MAX_TRIPS - 1)
                    .toList()
                    .forEach(one -> tables.identityTrips.remove(one.ticket()));
            return tables.identityTrips.putIfAbsent(trip.ticket(), trip) == null;
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
