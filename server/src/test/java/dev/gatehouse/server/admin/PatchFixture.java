package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;

/// Attributes of a tenant's organization, application and keys, to be changed.
abstract class PatchFixture extends AdminFixture {
    final Rights orders = Rights.at(installed.orders.id(), Scopes.of("orders:read"));

    Reply patch(World.Key key, String path, String body) {
        return world.call(key, "PATCH", path, body);
    }

    String child() {
        return "/v1/organizations/" + world.t1child.id();
    }

    String shop() {
        return "/v1/applications/" + world.t1Shop.id();
    }

    String key(World.Key key) {
        return "/v1/credentials/" + key.id();
    }
}
