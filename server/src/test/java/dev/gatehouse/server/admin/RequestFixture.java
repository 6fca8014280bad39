package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.util.ArrayList;
import java.util.List;

/// A request that would make an organization, to be spoiled.
abstract class RequestFixture extends AdminFixture {
    static final String GOOD = "{\"name\":\"x\"}";

    List<Header> json() {
        List<Header> headers = authorized();
        headers.add(new Header("Content-Type", "application/json"));
        return headers;
    }

    Reply post(byte[] body, List<Header> headers) {
        return world.call("POST", ORGANIZATIONS, body, headers);
    }

    List<Header> authorized() {
        return new ArrayList<>(List.of(new Header("Authorization", "Bearer " + world.t1Key.text())));
    }
}
