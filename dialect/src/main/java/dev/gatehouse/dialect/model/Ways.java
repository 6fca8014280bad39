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
            Output.ENABLED,
            Output.PERMISSIONS,
            Output.MARKS);

    /// What is said of an API key that is made or changed.
    static final List<Input> OF_A_KEY = List.of(
            Input.CLIENT_ID,
            Input.ORGANIZATION,
            Input.TARGET_ORGANIZATION,
            Input.NAME,
            Input.SCOPES,
            Input.ADDRESSES,
            Input.NOT_BEFORE,
            Input.NOT_AFTER,
            Input.ENABLED,
            Input.PERMISSIONS,
            Input.MARKS);

    /// What is told of a connection.
    static final List<Output> CONNECTION = List.of(
            Output.CONNECTION,
            Output.PLATFORM,
            Output.KIND,
            Output.NAME,
            Output.DESCRIPTION,
            Output.AUTHORIZED,
            Output.CREATED_AT,
            Output.CHANGED_AT);

    /// What is told of a platform.
    static final List<Output> PLATFORM = List.of(Output.PLATFORM, Output.TITLE, Output.KINDS);

    /// What is told of each kind of connections to it.
    static final List<Output> PLATFORM_KIND = List.of(Output.KIND, Output.PARTS);

    /// What is told of each part of a credential.
    static final List<Output> PART = List.of(Output.PART, Output.TITLE, Output.REQUIRED, Output.EXAMPLE);

    private Ways() {}

    /// What opens a call, and these besides.
    static List<List<Input>> calling(Input... more) {
        return CALLS.stream()
                .map(way -> Stream.concat(way.stream(), Stream.of(more)).toList())
                .toList();
    }
}
