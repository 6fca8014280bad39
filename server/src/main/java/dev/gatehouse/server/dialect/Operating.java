package dev.gatehouse.server.dialect;

import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.server.http.Outcome;
import java.util.Optional;

/// Does what the endpoints of dialects ask for. One arm for each operation of the vocabulary.
final class Operating {
    private final Issuing issuing;
    private final Granting granting;
    private final Ending ending;
    private final Products products;
    private final Logins logins;
    private final Holding holding;
    private final Accesses accesses;
    private final Keys keys;
    private final Connections connections;
    private final Platforms platforms;
    private final HandingOver handingOver;

    Operating(Desk desk) {
        this.issuing = new Issuing(desk);
        this.granting = new Granting(desk);
        this.ending = new Ending(desk);
        this.products = new Products(desk);
        this.logins = new Logins(desk);
        this.holding = new Holding(desk);
        this.accesses = new Accesses(desk);
        this.keys = new Keys(desk);
        this.connections = new Connections(desk);
        this.platforms = new Platforms(desk);
        this.handingOver = new HandingOver(desk);
    }

    /// Browsers that come back from platforms.
    HandingOver handingOver() {
        return handingOver;
    }

    Outcome answer(Asked asked) {
        return switch (asked.endpoint().operation()) {
            case ISSUE -> issue(asked);
            case DELEGATE -> issuing.delegate(asked);
            case RENEW -> issuing.renew(asked);
            case REVOKE_TOKEN -> ending.named(asked);
            case REVOKE_PRESENTED -> ending.presented(asked);
            case LIST_APIS -> products.list(asked);
            case REFRESH -> Granting.granted(asked) ? granting.refresh(asked) : issuing.refresh(asked);
            case OPEN_SESSION -> logins.open(asked);
            case CLOSE_SESSION -> logins.close(asked);
            case SUSPEND_ORGANIZATION -> holding.suspend(asked);
            case RESUME_ORGANIZATION -> holding.resume(asked);
            case CREATE_KEY -> keys.create(asked);
            case LIST_KEYS -> keys.list(asked);
            case GET_KEY -> keys.get(asked);
            case UPDATE_KEY -> keys.update(asked);
            case REDEEM -> granting.redeem(asked);
            case AUTHORIZE -> granting.authorize(asked);
            case SET_ACCESS -> accesses.set(asked);
            case CREATE_CONNECTION -> connections.create(asked);
            case LIST_CONNECTIONS -> connections.list(asked);
            case COUNT_CONNECTIONS -> connections.count(asked);
            case GET_CONNECTION -> connections.get(asked);
            case UPDATE_CONNECTION -> connections.update(asked);
            case DELETE_CONNECTION -> connections.delete(asked);
            case LIST_PLATFORMS -> platforms.list(asked);
            case GET_PLATFORM -> platforms.get(asked);
            case CONNECT -> handingOver.begin(asked);
        };
    }

    private Outcome issue(Asked asked) {
        Optional<Presented> shown = asked.shown().has(Input.USER_KEY)
                ? Presenting.beside(asked.shown())
                : Presenting.presented(asked.shown(), asked.http());
        return shown.map(presented -> issuing.issue(asked, presented))
                .orElseGet(() -> unknown(asked, Fault.of(RefusalClass.BAD_CREDENTIAL)));
    }

    private static Outcome unknown(Asked asked, Fault fault) {
        return new Outcome.Answer(asked.refused(fault));
    }
}
