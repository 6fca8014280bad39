package dev.gatehouse.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.gatehouse.server.config.NodeConfig.LogFormat;
import dev.gatehouse.server.config.NodeConfig.LogLevel;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// The log of this process: one line an event, on standard error. Written by a thread of its own: when whoever reads it
/// stops reading, lines are lost and no request waits.
final class Logs {
    /// Lines that wait to be written; a few hundred bytes each.
    private static final int WAITING = 8192;

    /// Control characters are replaced, so that nothing that a caller sent begins a line of its own (GAUNTLET
    /// M07).
    private static final String PATTERN =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSX\", UTC} %-5level %logger{20} %replace(%msg %kvp %ex){'[\\p{Cntrl}]+', ' '}%nopex%n";

    /// Our classes, and the events that they tell.
    private static final List<String> OURS = List.of("dev.gatehouse", "gatehouse");

    /// Libraries that tell at `info` what only they care about.
    private static final List<String> QUIET = List.of("org.flywaydb", "com.zaxxer.hikari");

    /// Warns in the words of whoever sent a malformed request, credentials included (GAUNTLET N01); what is a bug
    /// of ours is logged by `server.http` itself.
    private static final String TALKATIVE = "org.eclipse.jetty";

    /// Absent until somebody asks for a log: most commands end without one, and asking SLF4J would set one up.
    private static volatile Optional<LoggerContext> begun = Optional.empty();

    private Logs() {}

    static void to(LogFormat format, LogLevel level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return; // another SLF4J provider is on the class path: its own configuration holds
        }
        begun = Optional.of(context);
        context.reset();
        context.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(format, context));
        console.start();
        AsyncAppender beside = new AsyncAppender();
        beside.setContext(context);
        beside.setQueueSize(WAITING);
        beside.setDiscardingThreshold(0);
        beside.setNeverBlock(true);
        beside.addAppender(console);
        beside.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(beside);
        levels(level(level), context);
    }

    /// Whether this process writes a log.
    static boolean begun() {
        return begun.isPresent();
    }

    /// Writes what still waits, for a second at most. What is logged afterwards is lost.
    static void end() {
        begun.ifPresent(LoggerContext::stop);
    }

    /// Below `info` only Gatehouse itself says more: what libraries trace is full of headers and secrets.
    private static void levels(Level level, LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(atLeast(Level.INFO, level));
        OURS.forEach(name -> context.getLogger(name).setLevel(level));
        QUIET.forEach(name -> context.getLogger(name).setLevel(atLeast(Level.WARN, level)));
        context.getLogger(TALKATIVE).setLevel(Level.ERROR);
    }

    private static Level atLeast(Level least, Level level) {
        return level.isGreaterOrEqual(least) ? level : least;
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
        return switch (format) {
            case JSON -> {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(context);
                encoder.start();
                yield encoder;
            }
            case TEXT -> {
                PatternLayoutEncoder encoder = new PatternLayoutEncoder();
                encoder.setContext(context);
                encoder.setPattern(PATTERN);
                encoder.start();
                yield encoder;
            }
        };
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }
}
