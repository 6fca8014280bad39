package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.member.CredentialKind;
import java.util.List;

/// What somebody who is signing in has proven so far. A sign-in collects these; the session is opened when
/// nothing more is asked for.
///
/// @param allowed the verdict on what was shown first
/// @param methods how, in the words of RFC 8176
record Proven(Verdict.Allowed allowed, List<String> methods) {
    /// Keeps a copy.
    Proven {
        methods = List.copyOf(methods);
    }

    static Proven by(Verdict.Allowed allowed) {
        return new Proven(allowed, methods(allowed.members().credential().kind()));
    }

    /// The word for what a credential of this kind proves.
    static List<String> methods(CredentialKind kind) {
        return switch (kind) {
            case PASSWORD -> List.of("pwd");
            case API_KEY, SECRET, DOMAIN_KEY, PUBLIC_KEY, USER_SECRET, SIGNING_KEY -> List.of();
        };
    }
}
