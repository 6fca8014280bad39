package dev.gatehouse.dialect.model;

import java.util.List;
import java.util.stream.Stream;

/// What several operations need and give.
final class Ways {
    /// What opens a call.
    private static final List<List<Input>> CALLS = List.of(
            List.of(Input.ACCESS_TOKEN),
            List.of(Input.API_KEY),
            List.of(Input.SESSION),
            List.of(Input.USERNAME, Input.PASSWORD));

    /// What is told of an API key.
    static final List<Output> KEY = List.of(
            Output.KEY,
            Output.NAME,
            Output.SECRET,
            Output.ORGANIZATION,
            Output.ADDRESSES,
            Output.SCOPES,
            Output.NOT_BEFORE,
            Output.NOT_AFTER,
            Output.ENABLED);

    private Ways() {}

    /// What opens a call, and these besides.
    static List<List<Input>> calling(Input... more) {
        return CALLS.stream()
                .map(way -> Stream.concat(way.stream(), Stream.of(more)).toList())
                .toList();
    }
}
