package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Devices that wait for a person, in memory.
record MemoryDevices(Writes writes) implements DeviceStore {
    private static final Duration SLOWEST = Duration.ofMinutes(1);

    enum State {
        WAITING,
        ALLOWED,
        DENIED
    }

    /// A device, how far it has come, and when it asked last.
    record Row(Waiting device, State state, Instant polledAt, Duration pause) {
        Row in(State other) {
            return new Row(device, other, polledAt, pause);
        }

        Row polled(Instant now, Duration next) {
            return new Row(device, state, now, next);
        }

        boolean waits(Instant now) {
            return state == State.WAITING && now.isBefore(device.until());
        }
    }

    @Override
    public Asked ask(Waiting device, Instant now) {
        AtomicReference<Asked> asked = new AtomicReference<>(Asked.TAKEN);
        var _ = writes.change(tables -> {
            tables.devices.values().removeIf(row -> !row.device().until().isAfter(now.minus(KEPT)));
            tables.pings.values().removeIf(row -> !now.isBefore(row.until()));
            long waiting = tables.devices.values().stream()
                    .filter(row -> row.waits(now))
                    .filter(row -> row.device().application().equals(device.application()))
                    .count();
            List<Id> addressed = tables.devices.values().stream()
                    .filter(row -> row.waits(now) && device.to().isPresent())
                    .filter(row -> row.device()
                            .to()
                            .map(Addressed::person)
                            .equals(device.to().map(Addressed::person)))
                    .map(row -> row.device().application())
                    .toList();
            if (waiting >= MAX_WAITING
                    || addressed.size() >= LISTED
                    || Collections.frequency(addressed, device.application()) >= MAX_ADDRESSED) {
                asked.set(Asked.FULL);
                return false;
            }
            boolean taken = tables.devices.values().stream()
                    .anyMatch(row -> row.device().typed().equals(device.typed()));
            if (taken || tables.devices.containsKey(device.code())) {
                return false;
            }
            Waiting stored = new Waiting(
                    device.code(),
                    device.typed(),
                    device.api(),
                    device.application(),
                    device.scopes(),
                    Micros.of(device.until()),
                    device.to().map(to -> new Addressed(to.person(), to.message())),
                    device.details());
            tables.devices.put(device.code(), new Row(stored, State.WAITING, Instant.EPOCH, INTERVAL));
            device.to().flatMap(Addressed::ping).ifPresent(said -> MemoryPings.keep(tables, stored, said));
            asked.set(Asked.KEPT);
            return true;
        });
        return asked.get();
    }

    @Override
    public Optional<Waiting> waiting(List<Digest> typed, Id api, Instant now) {
        return writes.now().devices.values().stream()
                .filter(row -> row.waits(now))
                .map(Row::device)
                .filter(device -> typed.contains(device.typed())
                        && device.api().equals(api)
                        && device.to().isEmpty())
                .findFirst();
    }

    @Override
    public List<Waiting> addressed(Id person, Id api, Instant now) {
        return writes.now().devices.values().stream()
                .filter(row -> row.waits(now))
                .map(Row::device)
                .filter(device -> device.api().equals(api)
                        && device.to().filter(to -> to.person().equals(person)).isPresent())
                .sorted(Comparator.comparing(Waiting::until)
                        .thenComparing(device -> device.code().bytes(), Arrays::compareUnsigned))
                .limit(LISTED)
                .toList();
    }

    /// Answers a device; false when it was answered before, or is over.
    static boolean answer(Tables tables, Digest code, State state, Instant now) {
        Optional<Row> found = Optional.ofNullable(tables.devices.get(code)).filter(row -> row.waits(now));
        found.ifPresent(row -> tables.devices.put(
                code,
                MemoryPings.answered(tables, code, now)
                        ? row.in(state).polled(Instant.EPOCH, row.pause())
                        : row.in(state)));
        return found.isPresent();
    }

    @Override
    public Stored<Waiting> deny(Waiting device, Act act) {
        return writes.run(act, transaction -> {
            if (!answer(transaction.tables(), device.code(), State.DENIED, act.at())) {
                return new Stored.Moved<>();
            }
            transaction.audit(
                    "device.deny",
                    transaction.tables().application(device.application()).map(Application::organization),
                    device.application(),
                    Detail.none());
            return new Stored.Done<>(device);
        });
    }

    @Override
    public Polled poll(List<Digest> code, Id api, Id application, Instant asked) {
        Instant now = Micros.of(asked);
        AtomicReference<Polled> polled = new AtomicReference<>(Polled.NONE);
        var _ = writes.change(tables -> {
            Optional<Row> found = code.stream()
                    .flatMap(one -> Optional.ofNullable(tables.devices.get(one)).stream())
                    .filter(row -> row.device().api().equals(api)
                            && row.device().application().equals(application))
                    .findFirst();
            found.ifPresent(row -> {
                boolean hasty = row.polledAt().plus(row.pause()).isAfter(now);
                Duration pause = hasty && row.pause().compareTo(SLOWEST) < 0
                        ? row.pause().plus(SLOWER)
                        : row.pause();
                tables.devices.put(row.device().code(), row.polled(now, pause));
                polled.set(hasty ? Polled.HASTY : polled(row, now));
            });
            return found.isPresent();
        });
        return polled.get();
    }

    private static Polled polled(Row row, Instant now) {
        return switch (row.state()) {
            case ALLOWED -> Polled.ALLOWED;
            case DENIED -> Polled.DENIED;
            case WAITING -> now.isBefore(row.device().until()) ? Polled.PENDING : Polled.OVER;
        };
    }
}
