package dev.gatehouse.core.member;

import dev.gatehouse.core.right.Rights;

/// How much of its owner's role a credential carries.
public sealed interface Reach {
    /// All that the role gives, now and later. Asked for by name, never by leaving something out.
    record WholeRole() implements Reach {}

    /// These rights and no others; none at all when empty.
    record Only(Rights rights) implements Reach {}
}
