package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.Optional;

/// Something that happened to a connection, which the operator's systems are told of. What counts is how a
/// connection is now, so that each has one at most: a newer one takes the place of what was not told.
///
/// @param because why, where there is a reason; never a secret
public record ConnectionEvent(Id connection, Id organization, Type type, String because) implements Notice {
    /// What happened.
    public enum Type {
        /// Renewing failed, and is tried again: the first failure in a row.
        FAILING("connection.failing"),
        /// Somebody has to connect again.
        NEEDS_REAUTH("connection.needs_reauth"),
        /// It works again.
        RECOVERED("connection.recovered");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }

        /// As events spell it.
        public String wire() {
            return wire;
        }
    }

    @Override
    public Undelivered undelivered() {
        return new Undelivered(
                "connection.undelivered", Optional.of(organization), connection, Detail.of("event", type.wire()));
    }
}
