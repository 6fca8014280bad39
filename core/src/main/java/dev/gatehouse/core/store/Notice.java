package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.Optional;

/// Something to tell, of which the trail says when nobody could be told.
public interface Notice {
    /// What the trail says then, besides why and after how many attempts.
    ///
    /// @param organization whose row it is; empty where it is that of the application `target`
    record Undelivered(String verb, Optional<Id> organization, Id target, Detail detail) {}

    /// It was given up.
    Undelivered undelivered();
}
