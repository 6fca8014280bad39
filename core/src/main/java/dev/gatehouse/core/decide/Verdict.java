package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answer of [Decision#decide].
public sealed interface Verdict {
    /// Yes. The only value that opens anything.
    ///
    /// @param facts what it was decided on
    /// @param scopes the effective scopes at the Api that was asked (implied ones need not be listed); for a
    ///     mint, those to grant
    /// @param lineage what a token issued now descends from
    /// @param origin the pages that a token issued now is for alone, where it is for pages
    /// @param named the organizations that the request names, each with those above it: what they let the caller do
    ///     at most bounds what it may hand out, too
    /// @param details those that count at that Api; for a mint, those to grant
    record Allowed(
            Facts facts,
            Scopes scopes,
            Lineage lineage,
            Optional<Origin> origin,
            List<Organization> named,
            AuthorizationDetails details)
            implements Verdict {
        /// Keeps a copy.
        public Allowed {
            named = List.copyOf(named);
        }

        /// For nobody's page.
        public Allowed(Facts facts, Scopes scopes, Lineage lineage) {
            this(facts, scopes, lineage, Optional.empty(), List.of(), AuthorizationDetails.NONE);
        }

        /// The same with these details.
        Allowed detailed(AuthorizationDetails what) {
            return what.isEmpty() ? this : new Allowed(facts, scopes, lineage, origin, named, what);
        }

        /// The same, naming one more organization.
        ///
        /// @param chain that organization first, the root last, with the rights of roles that bound others
        ///     there
        public Allowed naming(List<Organization> chain) {
            if (chain.isEmpty()) {
                return this;
            }
            List<Organization> all = new ArrayList<>(named);
            all.addAll(chain);
            return new Allowed(facts, scopes, lineage, origin, all, details);
        }

        /// The public name of the application that acts for another: for the user who was allowed, or for
        /// whoever the token is of that it got by exchange.
        public Optional<String> actor() {
            return facts.speaker().map(actor -> actor.application().clientId());
        }

        /// The application that asks: that which acts for another, or else the one that was allowed.
        public Optional<Application> client() {
            return facts.speaker()
                    .map(Actor::application)
                    .or(() -> members().holder() instanceof Application one ? Optional.of(one) : Optional.empty());
        }

        /// What was shown for it, or what the one has showed whose token it is.
        public Credential shown() {
            return facts.passed().isEmpty()
                    ? members().credential()
                    : facts.passed()
                            .getLast()
                            .credential()
                            .orElseGet(() -> members().credential());
        }

        /// The members that were allowed.
        public Members members() {
            return facts.members();
        }
    }

    /// No.
    record Refused(Refusal refusal) implements Verdict {}

    /// The token is newer than these facts: this node is behind. Poll once and ask again, then refuse with 503;
    /// never 401.
    record Behind() implements Verdict {}
}
