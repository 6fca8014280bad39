/// What proves people a second time: codes of authenticator apps (RFC 6238) and recovery codes, encrypted or
/// digested at rest, each of which counts once ([ADR
/// 0029](../../../../../../../docs/decisions/0029-second-factors.md)).
package dev.gatehouse.oauth.factor;
