package dev.gatehouse.core.store;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;

/// What the first start puts into an empty database, all or nothing.
///
/// @param owner the built-in role that holds the whole catalogue of every Api
/// @param keyFile the public name of the key file whose keys all secrets are under
public record Installation(
        Organization root, Api admin, Role owner, Application bootstrap, Credential key, String keyFile) {}
