package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.http.OwnCookies;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Finds out which browser a request is from and who is signed in there.
record Visits(Verifier verifier, Languages languages, RandomGenerator random) {
    private static final int NAME_BYTES = 16;

    /// What a look at a request gave.
    sealed interface Seen {
        /// A visit.
        record Come(Visit visit) implements Seen {}

        /// Nothing that comes from there is looked at now.
        record Later(Duration after) implements Seen {}
    }

    /// Blocks.
    ///
    /// @throws FactsUnavailable when that cannot be known now
    Seen of(HttpFacts http, Api api) {
        Optional<String> login = OwnCookies.SESSION.read(http, OwnPage.secure(http, api));
        if (login.isEmpty()) {
            return come(http, api, Optional.empty(), false);
        }
        Ask ask = new Ask.Authenticate(http.from());
        Presented session = new Presented.Session(Secret.of(login.get()));
        return switch (verifier.verifyAtOnce(session, api, ask, http.arrivedNanos())) {
            case Checked.Allowed(Verdict.Allowed allowed) -> {
                Optional<Visitor> visitor = Visitor.of(allowed.facts());
                yield come(http, api, visitor, visitor.isEmpty());
            }
            case Checked.Refused(Refusal.TooMany(Duration after, var _)) -> new Seen.Later(after);
            case Checked.Refused(Refusal.Unavailable why) -> throw new FactsUnavailable(why.what());
            case Checked.Refused(Refusal.BadCredential _) -> come(http, api, Optional.empty(), true);
            case Checked.Refused _ -> come(http, api, Optional.empty(), false);
        };
    }

    private Seen come(HttpFacts http, Api api, Optional<Visitor> visitor, boolean forgotten) {
        Optional<String> browser = OwnCookies.BROWSER.read(http, OwnPage.secure(http, api));
        return new Seen.Come(new Visit(
                http,
                api,
                languages.wished(http),
                visitor,
                browser.orElseGet(this::name),
                browser.isPresent(),
                forgotten));
    }

    private String name() {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
