package dev.gatehouse.bench;

/// Time for something that ends unseen: PostgreSQL adds a session's counts to its statistics about once a second and
/// tells nobody. Whoever can be told, or can ask, does that instead.
final class Pause {
    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
