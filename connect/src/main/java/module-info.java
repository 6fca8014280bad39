import org.jspecify.annotations.NullMarked;

/// Platforms, connections and the refresh engine.
@NullMarked
module dev.gatehouse.connect {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires transitive dev.gatehouse.egress;
    requires transitive dev.gatehouse.yaml;
    requires tools.jackson.core;

    exports dev.gatehouse.connect.authorize;
    exports dev.gatehouse.connect.call;
    exports dev.gatehouse.connect.key;
    exports dev.gatehouse.connect.platform;
    exports dev.gatehouse.connect.refresh;
}
