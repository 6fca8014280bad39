package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Clients that registered themselves, in memory.
record MemoryRegistrations(Writes writes) implements RegistrationStore {
    @Override
    public Stored<InitialToken> issue(InitialToken asked, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            tables.initialTokens.values().removeIf(one -> one.api().equals(asked.api()) && over(one, act.at()));
            List<InitialToken> there = tokens(tables, asked.api());
            if (there.size() >= MAX_TOKENS) {
                return new Stored.Full<>("at most " + MAX_TOKENS + " initial access tokens of an Api");
            }
            if (there.stream().anyMatch(one -> one.name().equals(asked.name()))
                    || tables.initialTokens.containsKey(asked.digest())) {
                return new Stored.Conflict<>("the Api has an initial access token of this name");
            }
            InitialToken token = new InitialToken(
                    asked.api(),
                    asked.name(),
                    asked.digest(),
                    asked.uses(),
                    Micros.of(asked.until()),
                    Micros.of(asked.createdAt()));
            tables.initialTokens.put(token.digest(), token);
            audit(transaction, "initial_token.add", asked);
            return new Stored.Done<>(token);
        });
    }

    private static boolean over(InitialToken token, Instant now) {
        return !token.until().isAfter(now);
    }

    private static void audit(Transaction transaction, String verb, InitialToken token) {
        transaction.audit(
                verb,
                Optional.empty(),
                token.api(),
                Detail.of("name", token.name()).with("uses", token.uses()).with("until", token.until()));
    }

    private static List<InitialToken> tokens(Tables tables, Id api) {
        return tables.initialTokens.values().stream()
                .filter(one -> one.api().equals(api))
                .sorted(Comparator.comparing(InitialToken::name))
                .toList();
    }

    @Override
    public List<InitialToken> tokens(Id api) {
        return tokens(writes.now(), api);
    }

    @Override
    public Stored<InitialToken> withdraw(Id api, String name, Act act) {
        return writes.run(act, transaction -> {
            Optional<InitialToken> found = tokens(transaction.tables(), api).stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst();
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            transaction.tables().initialTokens.remove(found.get().digest());
            audit(transaction, "initial_token.withdraw", found.get());
            return new Stored.Done<>(found.get());
        });
    }

    @Override
    public Stored<Application> register(
            Application application,
            List<Credential> credentials,
            Registered registered,
            List<Digest> initial,
            long most,
            Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<String> used =
                    initial.isEmpty() ? Optional.of("") : used(tables, registered.api(), initial, act.at());
            if (used.isEmpty()) {
                return new Stored.Missing<>();
            }
            long room = initial.isEmpty() ? most : 2 * most;
            if (there(tables, registered) >= room) {
                return new Stored.Full<>("at most " + most + " clients that registered themselves");
            }
            Stored<Application> stored = Additions.add(transaction, application);
            if (!(stored instanceof Stored.Done<Application>)) {
                return stored;
            }
            for (Credential credential : credentials) {
                Stored<Credential> added = Additions.add(transaction, credential);
                if (!(added instanceof Stored.Done<Credential>)) {
                    return added.map(_ -> application);
                }
            }
            tables.registered.put(registered.application(), kept(registered));
            transaction.audit(
                    "application.register",
                    Optional.of(application.organization()),
                    application.id(),
                    Detail.of("api", registered.api()).with("initial_token", used.get()));
            return stored;
        });
    }

    private static Registered kept(Registered registered) {
        return new Registered(
                registered.application(),
                registered.api(),
                registered.token(),
                registered.metadata(),
                Micros.of(registered.at()));
    }

    @Override
    public Optional<InitialToken> good(Id api, List<Digest> digests, Instant now) {
        return good(writes.now(), api, digests, now);
    }

    private static Optional<InitialToken> good(Tables tables, Id api, List<Digest> digests, Instant now) {
        return digests.stream()
                .map(tables.initialTokens::get)
                .filter(Objects::nonNull)
                .filter(one -> one.api().equals(api) && one.uses() > 0 && !over(one, now))
                .findFirst();
    }

    private static Optional<String> used(Tables tables, Id api, List<Digest> initial, Instant now) {
        Optional<InitialToken> found = good(tables, api, initial, now);
        found.ifPresent(one -> tables.initialTokens.put(
                one.digest(),
                new InitialToken(one.api(), one.name(), one.digest(), one.uses() - 1, one.until(), one.createdAt())));
        return found.map(InitialToken::name);
    }

    private static long there(Tables tables, Registered like) {
        return tables.registered.values().stream()
                .filter(one -> one.api().equals(like.api()))
                .filter(one -> one.token().isEmpty() == like.token().isEmpty())
                .filter(one -> tables.application(one.application())
                        .filter(application -> !application.standing().revoked())
                        .isPresent())
                .count();
    }

    @Override
    public Optional<Registered> registered(Id application) {
        return Optional.ofNullable(writes.now().registered.get(application));
    }

    @Override
    public List<Credential> live(Id application, String name) {
        return writes.now().credentials.values().stream()
                .filter(one -> one.holder().equals(application) && one.name().equals(name))
                .filter(one -> !one.standing().revoked())
                .toList();
    }

    @Override
    public Stored<Application> alter(
            Application before, Application after, List<Change> changes, Registered registered, Act act) {
        return writes.narrow(act, transaction -> {
            Stored<Application> stored = Replacements.application(transaction, before, after);
            if (!(stored instanceof Stored.Done<Application>(Application replaced, var _))) {
                return stored;
            }
            if (!changes.isEmpty()
                    && replaced.standing().version() == before.standing().version()) {
                Standing was = replaced.standing();
                transaction
                        .tables()
                        .applications
                        .put(
                                replaced.id(),
                                replaced.like(
                                        replaced,
                                        new Standing(
                                                was.holds(),
                                                was.revoked(),
                                                was.generation(),
                                                was.window(),
                                                was.version() + 1)));
            }
            for (Change change : changes) {
                Stored<Credential> changed = changed(transaction, change);
                if (!(changed instanceof Stored.Done<Credential>)) {
                    return changed.map(_ -> after);
                }
            }
            Registered was = transaction.tables().registered.get(registered.application());
            if (was == null) {
                return new Stored.Missing<>();
            }
            Registered now = kept(registered);
            transaction
                    .tables()
                    .registered
                    .put(
                            now.application(),
                            new Registered(now.application(), was.api(), was.token(), now.metadata(), now.at()));
            return stored;
        });
    }

    private static Stored<Credential> changed(Transaction transaction, Change change) {
        Stored<Credential> ended = change.old()
                .map(old -> ended(transaction, old))
                .orElseGet(() -> new Stored.Done<>(change.successor().orElseThrow()));
        return ended instanceof Stored.Done<Credential> && change.successor().isPresent()
                ? Additions.add(transaction, change.successor().get())
                : ended;
    }

    private static Stored<Credential> ended(Transaction transaction, Credential old) {
        Optional<Credential> found = transaction.tables().credential(old.id());
        if (found.filter(one -> !one.standing().holds().isEmpty()).isPresent()) {
            return new Stored.Forbidden<>(Stored.Rule.HELD_ABOVE);
        }
        Standing was = old.standing();
        if (found.filter(one -> one.standing().version() == was.version()
                        && !one.standing().revoked())
                .isEmpty()) {
            return new Stored.Moved<>();
        }
        transaction
                .tables()
                .credentials
                .put(
                        old.id(),
                        found.get()
                                .with(new Standing(
                                        was.holds(), true, was.generation(), was.window(), was.version() + 1)));
        MemorySecretCopies.endOf(transaction.tables(), old.id());
        transaction.audit("credential.revoke", Optional.of(old.organization()), old.id(), Detail.none());
        return new Stored.Done<>(found.get());
    }
}
