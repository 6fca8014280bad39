package dev.gatehouse.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Writes what core, oauth, storage and the JDK itself log by `System.Logger` where all else is written. A command that
/// has no log tells its warnings on standard error and sets up none for them.
public final class PlatformLogs extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Bridge(name);
    }

    private record Bridge(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return switch (level) {
                case OFF -> false;
                case ALL -> isLoggable(Level.TRACE);
                case TRACE, DEBUG, INFO, WARNING, ERROR ->
                    Logs.begun()
                            ? LoggerFactory.getLogger(name).isEnabledForLevel(known(level))
                            : level.getSeverity() >= Level.WARNING.getSeverity();
            };
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (!isLoggable(level)) {
                return;
            }
            if (Logs.begun()) {
                LoggerFactory.getLogger(name)
                        .atLevel(known(level))
                        .setCause(thrown)
                        .log(message);
            } else {
                System.err.println(thrown == null ? message : message + ": " + thrown);
            }
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... values) {
            if (isLoggable(level)) {
                boolean plain = format == null || values == null || values.length == 0;
                String message = plain ? format : new MessageFormat(format, Locale.ROOT).format(values);
                log(level, bundle, message, (Throwable) null);
            }
        }

        private static org.slf4j.event.Level known(Level level) {
            return switch (level) {
                case ALL, TRACE -> org.slf4j.event.Level.TRACE;
                case DEBUG -> org.slf4j.event.Level.DEBUG;
                case INFO -> org.slf4j.event.Level.INFO;
                case WARNING -> org.slf4j.event.Level.WARN;
                case ERROR, OFF -> org.slf4j.event.Level.ERROR;
            };
        }
    }
}
