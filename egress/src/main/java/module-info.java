import org.jspecify.annotations.NullMarked;

/// The one outbound HTTP client: address checks, pinning, caps, allow-list.
@NullMarked
module dev.gatehouse.egress {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;

    exports dev.gatehouse.egress;
}
