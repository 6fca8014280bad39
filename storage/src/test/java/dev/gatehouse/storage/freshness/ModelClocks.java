package dev.gatehouse.storage.freshness;

/// The clocks of one node: a monotonic one that runs a little fast on some nodes and not at all while the machine
/// is suspended, and a wall clock that is off by up to three seconds.
final class ModelClocks {
    private final World world;
    private final double rate;
    private final long wallOffset;
    private long suspendedFor;

    /// Draws how wrong they are.
    ///
    /// @param rateError by how much a fast clock runs fast
    ModelClocks(World world, double rateError) {
        this.world = world;
        this.rate = world.random.nextBoolean() ? 1 : 1 + rateError;
        this.wallOffset = world.random.nextLong(-3 * World.SECOND, 3 * World.SECOND);
    }

    long monotonic() {
        return (long) ((world.now() - suspendedFor) * rate);
    }

    long wall() {
        return world.now() + wallOffset;
    }

    /// The machine sleeps for so long.
    void suspend(long length) {
        suspendedFor += length;
    }
}
