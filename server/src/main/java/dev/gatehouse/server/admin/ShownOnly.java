package dev.gatehouse.server.admin;

import java.util.Map;

/// An object that is shown and never taken.
record ShownOnly(Map<String, Object> schema) implements Type<Map<String, Object>> {
    @Override
    public String allowed() {
        return "an object";
    }

    @Override
    public Got<Map<String, Object>> read(String at, Object json) {
        return Got.no(new Problem.InvalidField(at, "left out"));
    }

    @Override
    public Object write(Map<String, Object> value) {
        return value;
    }
}
