package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.dialect.load.Shipped;
import java.util.List;

/// What of an Api has to go together.
final class ApiChecks {
    private ApiChecks() {}

    /// What is to be signed is said by the dialect; nothing but that says how.
    static Got<List<Route>> signable(List<Route> routes, Speech speech) {
        boolean known = Shipped.find(speech.dialect())
                .filter(dialect -> dialect.signing().isPresent())
                .isPresent();
        return known || routes.stream().noneMatch(Route::signed)
                ? Got.of(routes)
                : Got.no(new Problem.InvalidField(
                        "routes", "without signed: the dialect does not say how requests are signed"));
    }

    /// The rules of its clients go with the rest.
    static Got<Api> fitting(Api api) {
        return api.unfit()
                .<Got<Api>>map(mistake -> Got.no(new Problem.InvalidField(
                        ClientRuleAttributes.PROFILE.name(), "one that the rest goes with: " + mistake)))
                .orElseGet(() -> Got.of(api));
    }
}
