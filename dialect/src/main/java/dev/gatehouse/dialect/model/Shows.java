package dev.gatehouse.dialect.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the reply of an operation may show.
///
/// @param lists what each item of its lists may show, those inside of items too
record Shows(List<Output> gives, Map<Output, List<Output>> lists) {
    static final Shows NOTHING = of();

    /// An API key.
    static final Shows KEY = of(
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

    /// A connection.
    static final Shows CONNECTION = of(
            Output.CONNECTION,
            Output.PLATFORM,
            Output.KIND,
            Output.NAME,
            Output.DESCRIPTION,
            Output.AUTHORIZED,
            Output.CREATED_AT,
            Output.CHANGED_AT);

    /// A platform, with each kind of connections to it, and each part of the credential of such a kind.
    static final Shows PLATFORM = new Shows(
            List.of(Output.PLATFORM, Output.TITLE, Output.KINDS),
            Map.of(
                    Output.KINDS,
                    List.of(Output.KIND, Output.PARTS),
                    Output.PARTS,
                    List.of(Output.PART, Output.TITLE, Output.REQUIRED, Output.EXAMPLE)));

    static Shows of(Output... outputs) {
        return new Shows(List.of(outputs), Map.of());
    }

    /// A token, and these besides.
    static Shows token(Output... more) {
        return of(Stream.concat(
                        Stream.of(
                                Output.ACCESS_TOKEN,
                                Output.EXPIRES_IN,
                                Output.EXPIRES_AT,
                                Output.REFRESH_TOKEN,
                                Output.SCOPES),
                        Stream.of(more))
                .toArray(Output[]::new));
    }

    /// A list of what shows this, and these besides.
    Shows items(Output... more) {
        Map<Output, List<Output>> all = new HashMap<>(lists);
        all.put(Output.ITEMS, gives);
        return new Shows(Stream.concat(Stream.of(Output.ITEMS), Stream.of(more)).toList(), Map.copyOf(all));
    }
}
