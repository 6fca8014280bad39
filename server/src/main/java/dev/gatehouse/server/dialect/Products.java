package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tells callers where the provider's products are.
final class Products {
    private final Desk desk;

    Products(Desk desk) {
        this.desk = desk;
    }

    /// Those that a caller may use: a product that is named as a scope, by whoever has the scope.
    static Map<String, String> of(Api api, Verdict.Allowed allowed) {
        Map<String, String> products = new TreeMap<>();
        api.speech().products().forEach((name, address) -> {
            if (!api.catalogue().knows(name) || api.catalogue().grants(allowed.scopes(), name)) {
                products.put(name, address);
            }
        });
        return products;
    }

    Outcome list(Asked asked) {
        Optional<Presented> presented = Presenting.presented(asked.shown(), asked.http());
        if (presented.isEmpty()) {
            return new Outcome.Answer(asked.refused(new Refusal.BadCredential("nobody has a credential of this kind")));
        }
        Ask ask = new Ask.Call(
                new Need.Authenticated(), asked.http().from(), asked.http().origin());
        Presented shown = presented.get();
        return switch (asked.check(shown, ask)) {
            case Checked.Cold() ->
                asked.blocking(Outcome.Work.VERIFY, () -> listed(asked, asked.checkLoading(shown, ask)));
            case Checked.Known known -> new Outcome.Answer(listed(asked, known));
        };
    }

    private Reply listed(Asked asked, Checked.Known checked) {
        return switch (checked) {
            case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                asked.charging(allowed, charge -> told(asked, allowed, charge));
        };
    }

    private Reply told(Asked asked, Verdict.Allowed allowed, Charge.Made charge) {
        desk.observations().allowed(asked.http(), asked.api().name());
        return asked.answered(Result.NONE.with(Output.APIS, of(asked.api(), allowed)), charge);
    }
}
