package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A reply; status 0 when none came.
record Got(int status, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    JsonNode json() {
        return JSON.readTree(text);
    }

    Got expecting(int expected) {
        assertThat(status).as(text).isEqualTo(expected);
        return this;
    }

    String member(String name) {
        return json().get(name).asString();
    }
}
