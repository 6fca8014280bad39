/// Connections at work in a node: what the operator's files say about platforms, custody of the credentials, and
/// calls of the gateway that go to platforms.
package dev.gatehouse.server.connect;
