package dev.gatehouse.storage.freshness;

import dev.gatehouse.storage.freshness.ModelDatabase.Change;
import dev.gatehouse.storage.freshness.ModelDatabase.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A deterministic simulation of some nodes over one database under one protocol. Members are narrowed once each
/// by whichever node; the run counts requests that were accepted although they arrived after the narrowing's
/// receipt.
final class FreshnessModel {
    private static final int NODES = 3;
    private static final int MEMBERS = 5;
    private static final long LENGTH = 12 * World.SECOND;

    /// What one run came to.
    ///
    /// @param receipts how many narrowing writes were answered
    /// @param accepted how many requests were accepted
    /// @param acceptedAfterReceipt how many of these arrived after the receipt of the narrowing of their member
    record Outcome(int receipts, int accepted, int acceptedAfterReceipt) {}

    private record Accepted(int member, long arrived) {}

    final World world;
    final Protocol protocol;
    final ModelDatabase database = new ModelDatabase();
    private final List<ModelNode> nodes = new ArrayList<>();
    private final Map<Integer, Long> receipts = new HashMap<>();
    private final List<Accepted> accepted = new ArrayList<>();
    private long boots;

    private FreshnessModel(Protocol protocol, long seed) {
        this.world = new World(seed);
        this.protocol = protocol;
    }

    static Outcome run(Protocol protocol, long seed) {
        FreshnessModel model = new FreshnessModel(protocol, seed);
        model.setUp();
        model.world.runUntil(LENGTH);
        int late = (int) model.accepted.stream()
                .filter(one -> model.receipts.getOrDefault(one.member(), Long.MAX_VALUE) < one.arrived())
                .count();
        return new Outcome(model.receipts.size(), model.accepted.size(), late);
    }

    long nextBoot() {
        return ++boots;
    }

    void accepted(int member, long arrived) {
        accepted.add(new Accepted(member, arrived));
    }

    private void setUp() {
        if (world.random.nextInt(4) == 0) {
            database.begin();
        }
        for (int i = 0; i < NODES; i++) {
            ModelNode node = new ModelNode(i, this);
            nodes.add(node);
            world.at(world.random.nextInt(20_000), node::join);
            trouble(node);
            requests(node);
        }
        for (int member = 0; member < MEMBERS; member++) {
            int narrowed = member;
            ModelNode writer = nodes.get(world.random.nextInt(NODES));
            world.at(
                    2 * World.SECOND + world.random.nextLong(6 * World.SECOND),
                    () -> writer.when(() -> narrow(writer, narrowed)));
        }
    }

    private void trouble(ModelNode node) {
        int dice = world.random.nextInt(6);
        long when = world.random.nextLong(LENGTH);
        long length = world.random.nextLong(4 * World.SECOND);
        if (dice == 0) {
            world.at(when, () -> node.crash(length));
        } else if (dice < 4) {
            world.at(when, () -> node.pause(length, dice == 3));
        }
    }

    private void requests(ModelNode node) {
        for (long at = 0; at < LENGTH; at += 5_000 + world.random.nextInt(60_000)) {
            int member = world.random.nextInt(MEMBERS);
            boolean evict = world.random.nextInt(5) == 0;
            world.at(at, () -> {
                if (evict) {
                    node.evict(member);
                }
                node.request(member);
            });
        }
    }

    private void narrow(ModelNode writer, int member) {
        world.in(world.delay(), () -> {
            Change change = database.insert(member, database.begin());
            world.in(world.delay(), () -> {
                database.commit(change);
                world.in(world.delay(), () -> writer.when(() -> await(writer, change, writer.monotonic())));
            });
        });
    }

    private void await(ModelNode writer, Change change, long committed) {
        long patience = protocol.margin() == Protocol.Margin.WITH_RATE_ERROR ? ModelNode.PATIENCE : ModelNode.LEASE;
        boolean waitsForStamps = protocol.lease() == Protocol.Lease.WALL_TIME_STAMP;
        if (!waitsForStamps && writer.monotonic() >= committed + patience) {
            receipt(change);
            return;
        }
        world.in(world.delay(), () -> {
            boolean missing = database.nodes.entrySet().stream()
                    .anyMatch(entry -> owes(writer, entry.getKey(), entry.getValue(), change));
            world.in(
                    world.delay(),
                    () -> writer.when(() -> {
                        if (missing) {
                            world.in(5 * World.MILLI, () -> writer.when(() -> await(writer, change, committed)));
                        } else {
                            receipt(change);
                        }
                    }));
        });
    }

    private boolean owes(ModelNode writer, int id, Row row, Change change) {
        if (!row.live || row.applied.covers(change)) {
            return false;
        }
        if (protocol.lease() == Protocol.Lease.WALL_TIME_STAMP && writer.wall() > row.wallExpiry) {
            return false;
        }
        return protocol.dead() == Protocol.Dead.FENCED || !writer.seemsDead(id, row);
    }

    /// Answers, and sends requests for the member to every node at once and for a while: where a late accept
    /// would show.
    private void receipt(Change change) {
        receipts.put(change.member, world.now());
        for (ModelNode node : nodes) {
            for (long after :
                    new long[] {1, 100, 1_000, 5_000, 10_000, 14_000, 20_000, 50_000, 200_000, 800_000, 1_600_000}) {
                world.in(after, () -> node.request(change.member));
            }
        }
    }
}
