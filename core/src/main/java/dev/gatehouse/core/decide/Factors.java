package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Person;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an organization wants of people who act in it: that they have shown a second factor, and not the password
/// alone (ADR 0032). Asked of every path, of whatever was opened before the organization said so, too.
public final class Factors {
    private static final String SEVERAL = "mfa";

    /// What people sign in with, and what is one factor by itself.
    private static final Set<CredentialKind> ONE = EnumSet.of(CredentialKind.PASSWORD, CredentialKind.IDENTITY);

    private Factors() {}

    /// Whether these are somebody who acts where that is wanted.
    public static boolean wanted(Members members) {
        return members.holder() instanceof Person && members.organization().secondFactor();
    }

    /// Whoever ends something needs nothing more than what it has.
    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        return !wanted(facts.members()) || ask instanceof Ask.End || shown(facts, ask)
                ? Optional.empty()
                : Optional.of(
                        new Refusal.NoSecondFactor(facts.members().credential().id()));
    }

    private static boolean shown(Facts facts, Ask ask) {
        boolean password = ONE.contains(facts.members().credential().kind());
        return switch (facts) {
            case Facts.Direct _ -> !password || (ask instanceof Ask.Authenticate known && known.first());
            case Facts.Logged logged -> several(logged.session().methods());
            case Facts.Derived derived -> derived(derived, ask, password);
            case Facts.Passing passing -> derived(passing.presented(), ask, password);
            case Facts.Delegating(var _, Facts.Derived presented) -> derived(presented, ask, password);
            case Facts.Refreshing _, Facts.Acting _, Facts.Beside _, Facts.Exchanging _ -> !password;
        };
    }

    /// What stands for a grant says how its user had signed in. A token that was issued on it is of a few
    /// minutes; one of nobody's grant came from the password itself.
    private static boolean derived(Facts.Derived derived, Ask ask, boolean password) {
        boolean granted = derived.claims().lineage().granted().isPresent();
        return derived.claims().id().kind() == Kind.GRANT
                ? ask instanceof Ask.Redeem redeem && several(redeem.methods())
                : !password || granted;
    }

    private static boolean several(List<String> methods) {
        return methods.contains(SEVERAL);
    }
}
