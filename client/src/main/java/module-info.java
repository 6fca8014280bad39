import org.jspecify.annotations.NullMarked;

/// Java SDK: get tokens, verify requests.
@NullMarked
module dev.gatehouse.client {
    requires static org.jspecify;
    requires java.net.http;

    exports dev.gatehouse.client;
}
