package dev.gatehouse.core.decide;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.AuthorizationDetail;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.token.Claims;
import java.util.Optional;
import java.util.stream.Stream;

/// Which authorization details count, and which are granted (RFC 9396). One counts as long as the Api has its
/// type and admits what it says, everybody between holds the scope of the type, or any where it has none, and no
/// client between is bound to other types; so what is taken away from any of them is taken away from what was
/// issued, too.
final class Detailing {
    private Detailing() {}

    /// Those of what is presented that count now.
    static AuthorizationDetails effective(Facts facts, Layers layers) {
        AuthorizationDetails held = facts.token()
                .map(Facts.Derived::claims)
                .filter(claims -> claims.api().equals(facts.api().id()))
                .map(Claims::details)
                .orElse(AuthorizationDetails.NONE);
        return held.isEmpty() ? held : held.those(one -> may(one, facts, layers));
    }

    /// All that is asked for: of a token no more than that has (section 6). Empty when one of them may not be
    /// granted, because each is one whole thing. Who asks for none by name gets those that it has.
    static Optional<AuthorizationDetails> granted(Optional<AuthorizationDetails> asked, Facts facts, Layers layers) {
        AuthorizationDetails held = effective(facts, layers);
        if (asked.isEmpty()) {
            return Optional.of(held);
        }
        boolean more = facts.token().isPresent() && !asked.get().within(held);
        return asked.filter(details -> !more && details.list().stream().allMatch(one -> may(one, facts, layers)));
    }

    /// What everybody can read in a web page has none.
    private static boolean may(AuthorizationDetail detail, Facts facts, Layers layers) {
        Catalogue catalogue = facts.api().catalogue();
        Optional<DetailType> type = catalogue.type(detail);
        return type.isPresent()
                && !layers.page()
                && type.get()
                        .scope()
                        .map(scope -> layers.reach(catalogue, scope))
                        .orElseGet(() -> layers.reachAny(catalogue))
                && clients(facts).allMatch(terms -> terms.details().admits(detail.type()::equals));
    }

    private static Stream<ClientTerms> clients(Facts facts) {
        Stream<Application> own =
                facts.members().holder() instanceof Application application ? Stream.of(application) : Stream.of();
        return Stream.concat(own, Exchanges.actors(facts).stream().map(Actor::application))
                .map(Application::terms);
    }
}
