package dev.gatehouse.server.admin;

import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.NodeStatus;
import java.util.Optional;

/// What an organization wants of people who act in it, and an Api of people who act at it.
enum SecondFactor {
    /// That they have shown a second factor.
    REQUIRED;

    static final String NAME = "second_factor";

    static final Type<SecondFactor> TYPE = Types.word(SecondFactor.class);

    static Optional<SecondFactor> said(boolean required) {
        return required ? Optional.of(REQUIRED) : Optional.empty();
    }

    /// It is said when every node keeps it: the receipt speaks for all of them.
    static Act act(Call call, boolean before, boolean after) {
        return before || !after ? call.act() : call.whenAllKnow(NodeStatus.SECOND_FACTORS);
    }
}
