package dev.gatehouse.server.proxy;

/// Where a proxy that asks for a verdict writes method and target of the request that it asks about. Host, scheme
/// and client are in `X-Forwarded-Host`, `-Proto` and `-For` with all of them, unless said otherwise.
public sealed interface ProxyDialect {
    /// In two headers; the proxy asks with `GET`.
    record Headers(String method, String target) implements ProxyDialect {}

    /// Nowhere: it asks with that method, target and host themselves, the path behind a prefix.
    record Itself() implements ProxyDialect {}

    /// Caddy `forward_auth`, Traefik `ForwardAuth`, and HAProxy with the script of its recipe.
    ProxyDialect X_FORWARDED = new Headers("X-Forwarded-Method", "X-Forwarded-Uri");

    /// nginx `auth_request`, by the usual names.
    ProxyDialect X_ORIGINAL = new Headers("X-Original-Method", "X-Original-URI");

    /// Envoy `ext_authz` over HTTP with a `path_prefix`.
    ProxyDialect ENVOY = new Itself();
}
