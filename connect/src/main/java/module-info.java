import org.jspecify.annotations.NullMarked;

/// Platforms, connections and the refresh engine.
@NullMarked
module dev.gatehouse.connect {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires transitive dev.gatehouse.egress;
    requires transitive dev.gatehouse.yaml;

    exports dev.gatehouse.connect.platform;
}
