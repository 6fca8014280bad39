package dev.gatehouse.server.dialect;

import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.server.http.Outcome;

/// Does what the endpoints of dialects ask for. One arm for each operation of the vocabulary.
final class Operating {
    private final Issuing issuing;
    private final Ending ending;
    private final Products products;

    Operating(Desk desk) {
        this.issuing = new Issuing(desk);
        this.ending = new Ending(desk);
        this.products = new Products(desk);
    }

    Outcome answer(Asked asked) {
        return switch (asked.endpoint().operation()) {
            case ISSUE -> issue(asked);
            case DELEGATE -> issuing.delegate(asked);
            case RENEW -> issuing.renew(asked);
            case REVOKE_TOKEN -> ending.named(asked);
            case REVOKE_PRESENTED -> ending.presented(asked);
            case LIST_APIS -> products.list(asked);
            // There are no refresh tokens and codes yet: none that is sent is one of ours.
            case REFRESH, REDEEM -> unknown(asked, Fault.of(RefusalClass.BAD_GRANT));
            // Nor users: there is nobody whose password or session this could be.
            case OPEN_SESSION, CLOSE_SESSION -> unknown(asked, Fault.of(RefusalClass.BAD_CREDENTIAL));
            // Nor pages to ask a user on, nor platforms to connect to.
            case AUTHORIZE, CONNECT -> unknown(asked, Fault.of(RefusalClass.NOT_FOUND));
        };
    }

    private Outcome issue(Asked asked) {
        if (asked.shown().has(Input.USER_KEY)) {
            return unknown(asked, Fault.about(RefusalClass.BAD_CREDENTIAL, Input.USER_KEY));
        }
        return Presenting.presented(asked.shown())
                .map(presented -> issuing.issue(asked, presented))
                .orElseGet(() -> unknown(asked, Fault.of(RefusalClass.BAD_CREDENTIAL)));
    }

    private static Outcome unknown(Asked asked, Fault fault) {
        return new Outcome.Answer(asked.refused(fault));
    }
}
