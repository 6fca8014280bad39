package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.gatehouse.server.config.NodeConfig.LogFormat;
import dev.gatehouse.server.config.NodeConfig.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/// GAUNTLET N01: at no level does a library write down what callers sent.
class LogsTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @AfterEach
    void quiet() {
        Logs.to(LogFormat.TEXT, LogLevel.WARN);
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void theHttpServerNeverQuotesARequest(LogLevel level) {
        for (LogFormat format : LogFormat.values()) {
            Logs.to(format, level);
            assertThat(effective("org.eclipse.jetty.http.HttpParser")).isEqualTo(Level.ERROR);
            assertThat(effective("org.eclipse.jetty.client.HttpSender")).isEqualTo(Level.ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void onlyOurOwnWordsAreWrittenBelowInfo(LogLevel level) {
        Logs.to(LogFormat.TEXT, level);
        assertThat(effective("dev.gatehouse.server.Gatehouse")).isEqualTo(Level.toLevel(level.name()));
        assertThat(effective("gatehouse.refused")).isEqualTo(Level.toLevel(level.name()));
        for (String library :
                new String[] {"org.postgresql.core", "org.sqlite", "com.zaxxer.hikari.pool", "anything"}) {
            assertThat(effective(library).isGreaterOrEqual(Level.INFO))
                    .as(library)
                    .isTrue();
        }
    }

    /// Core, oauth and storage log so, since they know no library for it.
    @Test
    void whatIsLoggedByThePlatformComesOutInTheSameForm() {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            Logs.to(LogFormat.JSON, LogLevel.INFO);
            System.Logger log = System.getLogger("dev.gatehouse.oauth.keys.Keys");
            log.log(System.Logger.Level.INFO, "key rotation: {0}", "done");
            log.log(System.Logger.Level.DEBUG, "not at this level");
            Logs.end();
            assertThat(written.toString(StandardCharsets.UTF_8).lines())
                    .singleElement(STRING)
                    .startsWith("{")
                    .contains("\"key rotation: done\"");
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void whoeverStopsReadingTheLogHoldsNobodyUp() throws InterruptedException {
        PrintStream before = System.err;
        CountDownLatch reading = new CountDownLatch(1);
        AtomicInteger written = new AtomicInteger();
        System.setErr(new PrintStream(new OutputStream() {
            @Override
            public void write(int one) {
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                written.incrementAndGet();
            }
        }));
        try {
            Logs.to(LogFormat.TEXT, LogLevel.INFO);
            for (int i = 0; i < 20_000; i++) {
                context.getLogger("gatehouse.refused").info("line {}", i);
            }
            assertThat(written).hasValue(0);
            reading.countDown();
            Logs.end();
            assertThat(written).hasPositiveValue();
        } finally {
            reading.countDown();
            System.setErr(before);
        }
    }

    private Level effective(String logger) {
        return context.getLogger(logger).getEffectiveLevel();
    }
}
