import org.jspecify.annotations.NullMarked;

/// The one executable: runs a server, or talks to one.
@NullMarked
module dev.gatehouse.cli {
    requires static org.jspecify;
    requires dev.gatehouse.client;
    requires dev.gatehouse.connect;
    requires dev.gatehouse.dialect;
    requires dev.gatehouse.server;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires jdk.httpserver;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    provides System.LoggerFinder with
            dev.gatehouse.cli.PlatformLogs;

    opens dev.gatehouse.cli to
            info.picocli;
}
