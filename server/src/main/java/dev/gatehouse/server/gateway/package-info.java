/// The gateway: which Api a call is for, what it presents, whether its route lets it through, and what goes
/// upstream. A request is decided in [dev.gatehouse.server.gateway.Gateway].
package dev.gatehouse.server.gateway;
