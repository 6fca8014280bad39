package dev.gatehouse.bench;

/// Time for something that ends unseen. Whoever can be told, or can ask, does that instead.
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
