package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Decision;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// What a caller may hand out: never more than it holds (GAUNTLET H04, H07).
final class Grants {
    private static final Scopes OUTLIVE = Scopes.of("keys:outlive");

    private final Facts facts;
    private final Members caller;
    private final View view;
    private final Rights held;

    Grants(Verdict.Allowed verdict, View view) {
        this.facts = verdict.facts();
        this.caller = facts.members();
        this.view = view;
        this.held = Decision.rights(verdict, view::catalogue);
    }

    /// The caller's effective rights at every Api.
    Rights held() {
        return held;
    }

    /// Whether the caller holds all of these rights. An Api that was deleted does not come back, so rights at it
    /// are none; a scope that an Api does not know may come back.
    boolean covers(Rights rights) {
        Map<Id, Scopes> byApi = new HashMap<>(rights.byApi());
        byApi.keySet().removeIf(id -> view.api(id).isEmpty());
        return new Rights(byApi).within(held, view::catalogue);
    }

    /// Whether the caller holds all that a credential with this reach under this role could do.
    boolean covers(Reach reach, Optional<Role> role) {
        return covers(
                switch (reach) {
                    case Reach.WholeRole() -> role.map(Role::rights).orElse(Rights.NONE);
                    case Reach.Only(Rights rights) -> rights;
                });
    }

    /// What the caller makes ends no later than the caller's own credential, its holder and its token do, unless
    /// it holds the right to make what outlives it.
    Got<Window> within(Window window) {
        if (view.api(Api.ADMIN)
                .filter(api -> covers(Rights.at(api.id(), OUTLIVE)))
                .isPresent()) {
            return Got.of(window);
        }
        Optional<Instant> bound = Stream.concat(
                        Stream.concat(Stream.of(caller.credential().standing()), caller.holder().standings().stream())
                                .map(standing -> standing.window().expiresAt()),
                        Stream.of(facts.token().map(token -> token.claims().expiresAt())))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        boolean over = bound.isPresent()
                && (window.expiresAt().isEmpty() || window.expiresAt().get().isAfter(bound.get()));
        return over
                ? Got.no(new Problem.Beyond("expires_at must be set and not be after " + bound.get()))
                : Got.of(window);
    }

    /// A caller that is itself restricted passes its restriction on: left out it is copied, given it must lie
    /// within.
    Got<Restrictions> within(Restrictions asked) {
        Restrictions own = caller.credential().restrictions();
        return narrowed("addresses", asked.addresses(), own.addresses(), AddressBlock::covers)
                .then(a -> narrowed("apis", asked.apis(), own.apis(), Id::equals)
                        .then(b -> narrowed(asked.rate(), own.rate())
                                .map(rate -> new Restrictions(a, b, asked.origins(), rate))));
    }

    private static Got<Optional<Rate>> narrowed(Optional<Rate> asked, Optional<Rate> own) {
        Optional<Rate> taken = asked.or(() -> own);
        return Rates.wider(own, taken)
                ? Got.no(new Problem.Beyond("rate must lie within the caller's own restriction"))
                : Got.of(taken);
    }

    /// Whether everything that a restriction admits is admitted by another.
    static <T> boolean inside(Restriction<T> inner, Restriction<T> outer, BiPredicate<T, T> covers) {
        return switch (outer) {
            case Restriction.Unrestricted<T>() -> true;
            case Restriction.Only<T>(List<T> allowed) ->
                switch (inner) {
                    case Restriction.Unrestricted<T>() -> false;
                    case Restriction.Only<T>(List<T> values) ->
                        values.stream().allMatch(value -> allowed.stream().anyMatch(one -> covers.test(one, value)));
                };
        };
    }

    private static <T> Got<Restriction<T>> narrowed(
            String name, Restriction<T> asked, Restriction<T> own, BiPredicate<T, T> covers) {
        Restriction<T> taken = asked instanceof Restriction.Unrestricted<T> ? own : asked;
        return inside(taken, own, covers)
                ? Got.of(taken)
                : Got.no(new Problem.Beyond(name + " must lie within the caller's own restriction"));
    }
}
