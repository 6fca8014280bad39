import org.jspecify.annotations.NullMarked;

/// The one executable: runs a server, or talks to one.
@NullMarked
module dev.gatehouse.cli {
    requires static org.jspecify;
    requires dev.gatehouse.client;
    requires dev.gatehouse.server;
    requires info.picocli;

    opens dev.gatehouse.cli to
            info.picocli;
}
