package dev.gatehouse.dialect.model;

import java.util.List;
import java.util.stream.Stream;

/// What an operation is given.
///
/// @param ways what it needs: exactly one of these sets
/// @param may what it may be given besides, as bits
/// @param manages whether it shows or changes what others may do
record Takes(List<CallSet> ways, long may, boolean manages) {
    /// What opens a call.
    private static final List<List<Input>> CALLS = List.of(
            List.of(Input.ACCESS_TOKEN),
            List.of(Input.API_KEY),
            List.of(Input.SESSION),
            List.of(Input.USERNAME, Input.PASSWORD));

    /// What this takes.
    static Takes of(Input... way) {
        return either(List.of(List.of(way)));
    }

    /// One of these.
    static Takes either(List<List<Input>> ways) {
        return new Takes(ways.stream().map(CallSet::of).toList(), 0, false);
    }

    /// What opens a call, and these besides.
    static Takes calling(Input... more) {
        return either(CALLS.stream()
                        .map(way -> Stream.concat(way.stream(), Stream.of(more)).toList())
                        .toList())
                .may(Input.CLIENT_ID, Input.ORGANIZATION);
    }

    /// The same, for who shows or changes what others may do.
    static Takes managing(Input... more) {
        Takes calling = calling(more);
        return new Takes(calling.ways, calling.may, true);
    }

    /// What is said of an API key that is made or changed may be given, too.
    Takes ofAKey() {
        return may(
                Input.TARGET_ORGANIZATION,
                Input.NAME,
                Input.SCOPES,
                Input.ADDRESSES,
                Input.NOT_BEFORE,
                Input.NOT_AFTER,
                Input.ENABLED,
                Input.PERMISSIONS,
                Input.MARKS);
    }

    /// These may be given, too.
    Takes may(Input... inputs) {
        return new Takes(ways, may | Input.bits(List.of(inputs)), manages);
    }
}
