package dev.gatehouse.storage.freshness;

import dev.gatehouse.storage.freshness.ModelDatabase.Change;
import dev.gatehouse.storage.freshness.ModelDatabase.Poll;
import dev.gatehouse.storage.freshness.ModelDatabase.Position;
import dev.gatehouse.storage.freshness.ModelDatabase.Row;
import java.util.HashMap;
import java.util.Map;

/// One node of the model: its cache, its beat, its pauses and crashes.
final class ModelNode {
    static final long LEASE = 1_500 * World.MILLI;
    static final long BEAT = 250 * World.MILLI;

    /// Ten times what is allowed in earnest, with the wait to match: what a missing margin does shows ten times
    /// as often.
    static final double RATE_ERROR = 0.1;

    static final long PATIENCE = (long) (LEASE * (1 + RATE_ERROR));

    private record Watched(long boot, long beat, long since) {}

    final int id;
    private final FreshnessModel model;
    private final World world;
    private final Protocol protocol;
    private final ModelClocks clocks;

    private long boot;
    private long pausedUntil;
    private boolean serving;
    private boolean down;
    private long freshUntil;
    private long freshUntilWall;
    private Position applied;
    private long applies;
    private final Map<Integer, Boolean> narrowedByMember = new HashMap<>();
    private final Map<Integer, Long> touched = new HashMap<>();
    private final Map<Integer, Watched> watched = new HashMap<>();

    ModelNode(int id, FreshnessModel model) {
        this.id = id;
        this.model = model;
        this.world = model.world;
        this.protocol = model.protocol;
        this.clocks = new ModelClocks(world, RATE_ERROR);
        this.applied = Position.NOTHING;
    }

    long monotonic() {
        return clocks.monotonic();
    }

    long wall() {
        return clocks.wall();
    }

    /// Runs when this node is not paused.
    void when(Runnable action) {
        if (world.now() < pausedUntil) {
            world.at(pausedUntil + world.random.nextInt(200), () -> when(action));
        } else {
            action.run();
        }
    }

    void pause(long length, boolean suspended) {
        pausedUntil = Math.max(pausedUntil, world.now() + length);
        if (suspended) {
            clocks.suspend(length);
        }
    }

    void crash(long length) {
        down = true;
        serving = false;
        boot = -1;
        world.in(length, () -> {
            down = false;
            join();
        });
    }

    void join() {
        long mine = model.nextBoot();
        boot = mine;
        serving = false;
        narrowedByMember.clear();
        applied = Position.NOTHING;
        switch (protocol.join()) {
            case ROW_THEN_BEAT -> row(mine, () -> beat(mine));
            case ROW_THEN_PLAIN_BASELINE -> row(mine, () -> baseline(mine, () -> {}));
            case ROW_LAST -> baseline(mine, () -> row(mine, () -> {}));
        }
    }

    private void row(long mine, Runnable then) {
        world.in(world.delay(), () -> {
            Runnable insert = () -> {
                model.database.nodes.put(id, new Row(mine));
                world.in(world.delay(), () -> when(then));
            };
            Row old = model.database.nodes.get(id);
            if (old == null) {
                insert.run();
            } else {
                old.whenUnlocked(insert);
            }
        });
    }

    private void baseline(long mine, Runnable then) {
        long before = monotonic();
        long beforeWall = wall();
        world.in(world.delay(), () -> {
            Poll poll = model.database.poll(protocol.feed(), Position.NOTHING);
            world.in(
                    world.delay(),
                    () -> when(() -> {
                        if (boot == mine) {
                            applied = poll.position();
                            trust(before, beforeWall);
                            serving = true;
                            then.run();
                            beat(mine);
                        }
                    }));
        });
    }

    private void beat(long mine) {
        if (boot != mine) {
            return;
        }
        long before = monotonic();
        long beforeWall = wall();
        Position reported = applied;
        fenceTheDead();
        world.in(world.delay(), () -> {
            Row row = model.database.nodes.get(id);
            if (row == null) {
                // Only a node that joined the wrong way round beats before its row is there.
                retry(mine);
            } else {
                row.whenUnlocked(() -> inTransaction(mine, before, beforeWall, reported));
            }
        });
    }

    private void retry(long mine) {
        Poll poll = model.database.poll(protocol.feed(), applied);
        long before = monotonic();
        long beforeWall = wall();
        world.in(world.delay(), () -> when(() -> apply(mine, poll, before, beforeWall)));
    }

    private void inTransaction(long mine, long before, long beforeWall, Position reported) {
        Row row = model.database.nodes.get(id);
        if (row.boot != mine || !row.live) {
            world.in(
                    world.delay(),
                    () -> when(() -> {
                        if (boot == mine) {
                            join();
                        }
                    }));
            return;
        }
        row.locked = true;
        Poll poll = model.database.poll(protocol.feed(), applied);
        world.in(world.delay(), () -> {
            row.beat++;
            row.applied = protocol.report() == Protocol.Report.NEXT_BEAT ? reported : poll.position();
            row.wallExpiry = beforeWall + LEASE;
            row.unlock();
            world.in(world.delay(), () -> when(() -> apply(mine, poll, before, beforeWall)));
        });
    }

    private void apply(long mine, Poll poll, long before, long beforeWall) {
        if (boot != mine) {
            return;
        }
        if (!poll.changes().isEmpty()) {
            applies++;
        }
        for (Change change : poll.changes()) {
            narrowedByMember.remove(change.member);
            touched.put(change.member, applies);
        }
        applied = poll.position();
        trust(before, beforeWall);
        serving = true;
        watchOthers();
        long wait = poll.changes().isEmpty() ? BEAT : 0;
        world.in(wait, () -> when(() -> beat(mine)));
    }

    private void trust(long before, long beforeWall) {
        long from = protocol.lease() == Protocol.Lease.FROM_THE_REPLY ? monotonic() : before;
        long fromWall = protocol.lease() == Protocol.Lease.FROM_THE_REPLY ? wall() : beforeWall;
        freshUntil = from + LEASE;
        freshUntilWall = fromWall + LEASE;
    }

    private boolean fresh() {
        if (!serving) {
            return false;
        }
        if (protocol.lease() == Protocol.Lease.WALL_TIME_STAMP) {
            return wall() < freshUntilWall;
        }
        return monotonic() < freshUntil && (protocol.clocks() == Protocol.Clocks.MONOTONIC || wall() < freshUntilWall);
    }

    private void watchOthers() {
        model.database.nodes.forEach((other, row) -> {
            Watched seen = watched.get(other);
            if (seen == null || seen.boot() != row.boot || seen.beat() != row.beat) {
                watched.put(other, new Watched(row.boot, row.beat, monotonic()));
            }
        });
    }

    boolean seemsDead(int other, Row row) {
        Watched seen = watched.get(other);
        return seen != null
                && seen.boot() == row.boot
                && seen.beat() == row.beat
                && monotonic() - seen.since() >= PATIENCE;
    }

    private void fenceTheDead() {
        if (protocol.dead() != Protocol.Dead.FENCED) {
            return;
        }
        model.database.nodes.forEach((other, row) -> {
            if (other != id && row.live && seemsDead(other, row)) {
                long beat = watched.get(other).beat();
                world.in(world.delay(), () -> row.whenUnlocked(() -> row.live = row.live && row.beat != beat));
            }
        });
    }

    void request(int member) {
        long arrived = world.now();
        if (down) {
            return;
        }
        long mine = boot;
        when(() -> {
            if (boot == mine && fresh()) {
                world.in(world.random.nextInt(300), () -> when(() -> gather(mine, member, arrived, 2)));
            }
        });
    }

    private void gather(long mine, int member, long arrived, int tries) {
        if (boot != mine) {
            return;
        }
        Boolean narrowed = narrowedByMember.get(member);
        if (narrowed != null) {
            decide(member, narrowed, arrived);
            return;
        }
        long appliesBefore = applies;
        world.in(world.delay(), () -> {
            boolean read = model.database.narrowed(member);
            world.in(world.delay(), () -> when(() -> fill(mine, member, read, appliesBefore, arrived, tries)));
        });
    }

    private void fill(long mine, int member, boolean read, long appliesBefore, long arrived, int tries) {
        if (boot != mine) {
            return;
        }
        boolean overtaken = touched.getOrDefault(member, 0L) > appliesBefore;
        if (protocol.fill() == Protocol.Fill.GUARDED && overtaken) {
            if (tries > 0) {
                gather(mine, member, arrived, tries - 1);
            }
            return;
        }
        narrowedByMember.put(member, read);
        decide(member, read, arrived);
    }

    private void decide(int member, boolean narrowed, long arrived) {
        if (!narrowed) {
            model.accepted(member, arrived);
        }
    }

    void evict(int member) {
        narrowedByMember.remove(member);
    }
}
