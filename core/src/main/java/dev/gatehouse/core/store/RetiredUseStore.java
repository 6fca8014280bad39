package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.LocalDate;
import java.util.List;

/// Who still calls routes that go. One row a route and credential, with the last day.
public interface RetiredUseStore {
    /// The most that are listed.
    int MAX_LISTED = 1000;

    /// How many days a use is kept: who has not called for so long does not call any more.
    int KEPT_DAYS = 400;

    /// The most that are over and that one use removes.
    int SWEPT = 64;

    /// A credential and the last day, in UTC, on which it called such a route.
    ///
    /// @param path of the route, as it is written
    record Use(Id api, String path, Id credential, Id organization, LocalDate day) {}

    /// Notes a use. The first of a credential, path and day leaves an audit row, whichever node sees it.
    ///
    /// @return whether it was the first
    boolean used(Use use, Act act);

    /// The uses of one Api, those of the last day first, at most [#MAX_LISTED].
    List<Use> uses(Id api);
}
