package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.RequestCodeStore;
import dev.gatehouse.core.store.Stored;
import java.util.Optional;

/// The codes by which people let clients send them requests, in memory.
record MemoryRequestCodes(Writes writes) implements RequestCodeStore {
    @Override
    public Optional<RequestCode> code(Id user) {
        return Optional.ofNullable(writes.now().requestCodes.get(user));
    }

    @Override
    public Stored<RequestCode> set(RequestCode code, Act act) {
        return writes.run(act, transaction -> {
            Optional<User> user = transaction.tables().user(code.user());
            if (user.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (user.get().standing().revoked()) {
                return new Stored.Conflict<>("the user is revoked");
            }
            RequestCode stored =
                    new RequestCode(code.id(), code.user(), code.digest(), code.stretch(), Micros.of(code.since()));
            transaction.tables().requestCodes.put(code.user(), stored);
            transaction.audit("request_code.set", Optional.of(user.get().organization()), code.user(), Detail.none());
            return new Stored.Done<>(stored);
        });
    }

    @Override
    public Stored<RequestCode> remove(Id user, Act act) {
        return writes.run(act, transaction -> {
            Optional<User> person = transaction.tables().user(user);
            Optional<RequestCode> gone =
                    Optional.ofNullable(transaction.tables().requestCodes.remove(user));
            if (person.isEmpty() || gone.isEmpty()) {
                return new Stored.Missing<>();
            }
            transaction.audit("request_code.remove", Optional.of(person.get().organization()), user, Detail.none());
            return new Stored.Done<>(gone.get());
        });
    }
}
