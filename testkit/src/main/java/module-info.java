import org.jspecify.annotations.NullMarked;

/// What tests share: clock, in-memory stores, a real PostgreSQL.
@SuppressWarnings("requires-automatic") // some libraries have no module-info of their own
@NullMarked
module dev.gatehouse.testkit {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires embedded.postgres;
    requires java.sql;
    requires jdk.httpserver;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
}
