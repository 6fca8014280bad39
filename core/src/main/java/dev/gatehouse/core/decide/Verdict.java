package dev.gatehouse.core.decide;

import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Lineage;
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
    record Allowed(Facts facts, Scopes scopes, Lineage lineage, Optional<Origin> origin) implements Verdict {
        /// For nobody's page.
        public Allowed(Facts facts, Scopes scopes, Lineage lineage) {
            this(facts, scopes, lineage, Optional.empty());
        }

        /// The public name of the application that acts for the user who was allowed.
        public Optional<String> actor() {
            return facts.actor().map(actor -> actor.application().clientId());
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
