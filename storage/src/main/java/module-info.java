import org.jspecify.annotations.NullMarked;

/// SQLite and PostgreSQL stores, migrations, change feed and fact caches.
@SuppressWarnings("requires-automatic") // some libraries have no module-info of their own
@NullMarked
module dev.gatehouse.storage {
    requires static org.checkerframework.checker.qual;
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires java.sql;
    requires com.github.benmanes.caffeine;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires org.postgresql.jdbc;
    requires org.xerial.sqlitejdbc;

    exports dev.gatehouse.storage;
}
