package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;

/// Says who may do how much in an organization. What is so already is not written again.
record AccessWrites(LastRead there) {
    /// Before anything opens.
    void early(String organization, Json.Obj before, Json.Obj after) {
        Bounding bounding = new Bounding(there::has, role -> References.rights(there.state(there.id(role)), "rights"));
        all(organization, bounding.early(before, after));
    }

    void all(String organization, Json.Obj spec) {
        Json.Obj state = there.state(organization);
        Json.Obj body = AccessShape.body(spec, state, there::id, there.ids());
        if (!body.items(AccessShape.ACCESS).equals(state.items(AccessShape.ACCESS))) {
            there.patch(organization, body);
        }
    }
}
