package dev.gatehouse.core.decide;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.token.Methods;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What an organization wants of people who act in it, and an Api of people who act at it: that they have shown a
/// second factor, and not the password alone (ADR 0032, ADR 0044). Asked of every path, of whatever was opened
/// before that was said, too.
public final class Factors {
    /// What people sign in with, and what is one factor by itself.
    private static final Set<CredentialKind> ONE = EnumSet.of(CredentialKind.PASSWORD, CredentialKind.IDENTITY);

    private Factors() {}

    /// Whether these are somebody who acts where that is wanted.
    public static boolean wanted(Api api, Members members) {
        return members.holder() instanceof Person && (members.organization().secondFactor() || api.secondFactor());
    }

    /// Whether whoever asks has shown more than one thing, as far as its login says.
    static boolean sure(Facts facts) {
        return facts instanceof Facts.Logged logged
                && Methods.several(logged.session().methods());
    }

    /// Whoever ends something needs nothing more than what it has. A client that exchanges a token is not to blame
    /// for how its user had signed in.
    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        if (!wanted(facts.api(), facts.members()) || ask instanceof Ask.End || shown(facts, ask)) {
            return Optional.empty();
        }
        Refusal lacking =
                new Refusal.NoSecondFactor(facts.members().credential().id());
        return Optional.of(facts instanceof Facts.Passing ? new Refusal.BadSubject(lacking) : lacking);
    }

    private static boolean shown(Facts facts, Ask ask) {
        boolean password = ONE.contains(facts.members().credential().kind());
        return switch (facts) {
            case Facts.Direct _ -> !password || (ask instanceof Ask.Authenticate known && known.first());
            case Facts.Logged _ -> sure(facts);
            case Facts.Derived derived -> derived(derived, password);
            case Facts.Passing passing -> derived(passing.presented(), password);
            case Facts.Delegating(var _, Facts.Derived presented) -> derived(presented, password);
            case Facts.Refreshing _, Facts.Acting _, Facts.Beside _, Facts.Exchanging _ -> !password;
        };
    }

    /// A user's yes says how that user had signed in, and so does each token that came of it, so that none
    /// outlives what is asked from now on. One of nobody's yes came from the credential itself. While some nodes
    /// cannot say it their tokens count as they did: they came of yeses that were judged where they were given, and
    /// nobody asks anything new of people meanwhile.
    private static boolean derived(Facts.Derived derived, boolean password) {
        return derived.claims()
                .lineage()
                .granted()
                .filter(granted -> granted.grant().kind() == Kind.GRANT)
                .map(granted -> granted.sure() || derived.unmarked())
                .orElse(!password);
    }
}
