package dev.gatehouse.server;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.server.http.HttpServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Has open streams asked again whether they may go on: soon after a change was applied (ADR 0001: a beat that
/// brings changes cuts the streams below them), and every second, because tokens and windows end without any
/// change.
final class StreamSweeper implements AutoCloseable {
    private static final int ROUNDS_WITHOUT_CHANGE = 10;
    private static final Duration EVERY = Duration.ofMillis(100);

    private final FactSource facts;
    private final HttpServer http;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    StreamSweeper(FactSource facts, HttpServer http) {
        this.facts = facts;
        this.http = http;
        this.thread = Thread.ofPlatform().name("stream-sweeper").daemon().start(this::run);
    }

    private void run() {
        long seen = facts.applied();
        int rounds = 0;
        try {
            while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = facts.applied();
                rounds++;
                if (now != seen || rounds >= ROUNDS_WITHOUT_CHANGE) {
                    seen = now;
                    rounds = 0;
                    http.sweep();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
