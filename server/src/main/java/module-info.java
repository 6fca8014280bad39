import org.jspecify.annotations.NullMarked;

/// HTTP boundary, gateway, admin API, console, configuration and the composition root.
@SuppressWarnings("requires-automatic") // some libraries have no module-info of their own
@NullMarked
module dev.gatehouse.server {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires dev.gatehouse.connect;
    requires dev.gatehouse.dialect;
    requires transitive dev.gatehouse.egress;
    requires transitive dev.gatehouse.oauth;
    requires transitive dev.gatehouse.storage;
    requires dev.gatehouse.yaml;
    requires com.google.common;
    requires gg.jte.runtime;
    requires jakarta.mail;
    requires io.nayuki.qrcodegen;
    requires io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.eclipse.jetty.alpn.server;
    requires org.eclipse.jetty.client;
    requires org.eclipse.jetty.http2.server;
    requires org.eclipse.jetty.proxy;
    requires org.eclipse.jetty.server;
    requires java.logging;
    requires jdk.management;
    requires org.slf4j;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports dev.gatehouse.server;
    exports dev.gatehouse.server.config;
    exports dev.gatehouse.server.doctor;
    exports dev.gatehouse.server.http;
    exports dev.gatehouse.server.tls;
}
