package dev.gatehouse.core.token;

import dev.gatehouse.core.id.Id;
import java.util.List;
import java.util.Optional;

/// What a token descends from. Only leaf ids are named; the chain above them comes from facts, so that `decide`
/// always looks at every ancestor as it is now.
///
/// @param organization the member's: an application's own, or the one that a membership is in
/// @param member the application, or the membership of a user
/// @param customer the customer that the application acts for
/// @param granted by what an application acts for the user
/// @param tokens those that it came from by exchange, the first one first: each must still be alive
/// @param passed the applications that it was passed on to by exchange, the first one first: each counts as much as
///     the member that it stands for
public record Lineage(
        Id organization,
        Id member,
        Id credential,
        Optional<Id> customer,
        Optional<Granted> granted,
        List<Id> tokens,
        List<Passed> passed,
        Generations generations) {
    /// By what an application acts for a user: the user's yes, or a secret of the user's beside its own credential.
    ///
    /// @param grant the yes, or that credential of the application: ends with all that came of it
    /// @param sure whether the user had shown a second factor who said yes (ADR 0044)
    public record Granted(Id grant, Id application, boolean sure) {
        /// By whoever knew a password, or by a secret.
        public Granted(Id grant, Id application) {
            this(grant, application, false);
        }

        /// The same, said by somebody who had shown this much.
        public Granted sure(boolean second) {
            return new Granted(grant, application, second);
        }
    }

    /// An application that got a token in exchange for one of another's (RFC 8693).
    ///
    /// @param credential by which it proved itself
    /// @param as in which part it has the token
    public record Passed(Id application, Id credential, As as) {}

    /// In which part an application has a token that came by exchange.
    public enum As {
        /// The token that it exchanged was its own.
        ITSELF,
        /// For the subject, and the token says so: delegation (RFC 8693 section 1.1).
        ACTOR,
        /// In the place of the subject: impersonation.
        SUBJECT
    }

    /// How often a token may be exchanged. Each use looks all of them up, and each is named in the token.
    public static final int MAX_TOKENS = 4;

    /// Keeps a copy.
    public Lineage {
        tokens = List.copyOf(tokens);
        passed = List.copyOf(passed);
    }

    /// That of a token which was passed on to nobody.
    public Lineage(
            Id organization,
            Id member,
            Id credential,
            Optional<Id> customer,
            Optional<Granted> granted,
            List<Id> tokens,
            Generations generations) {
        this(organization, member, credential, customer, granted, tokens, List.of(), generations);
    }

    /// That of a token which no application has by a user's grant.
    public Lineage(
            Id organization,
            Id member,
            Id credential,
            Optional<Id> customer,
            List<Id> tokens,
            Generations generations) {
        this(organization, member, credential, customer, Optional.empty(), tokens, generations);
    }

    /// That of a token which stands for its member and came from no other.
    public Lineage(Id organization, Id member, Id credential, Generations generations) {
        this(organization, member, credential, Optional.empty(), List.of(), generations);
    }

    /// The same by another yes.
    public Lineage by(Granted yes) {
        return new Lineage(organization, member, credential, customer, Optional.of(yes), tokens, passed, generations);
    }

    /// Who has the token: the application that it was passed on to last, or that acts for a user, or its member.
    public Id client() {
        return passed.isEmpty()
                ? granted.map(Granted::application).orElse(member)
                : passed.getLast().application();
    }
}
