package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Restriction;
import java.util.Optional;

/// What is for web pages alone: a domain key, and the tokens that were issued for it. Everybody can read such a
/// key, so the origin that a browser vouches for is a part of the proof, each time anew.
final class Pages {
    private Pages() {}

    /// Whether only pages may use the credential.
    static boolean only(Credential credential) {
        return credential.kind() == CredentialKind.DOMAIN_KEY;
    }

    /// Why the page may not use what it presents; no page may use what names none (GAUNTLET I01-I03).
    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        Credential credential = facts.members().credential();
        Optional<Origin> bound = facts.token().flatMap(token -> token.claims().origin());
        if (!only(credential) && bound.isEmpty()) {
            return Optional.empty();
        }
        boolean there = switch (ask) {
            case Ask.Call call -> admits(facts, credential, bound, call.origin());
            case Ask.End end -> admits(facts, credential, bound, end.origin());
            case Ask.Mint mint -> admits(facts, credential, bound, mint.origin());
            case Ask.Renew renew -> admits(facts, credential, bound, renew.origin());
            case Ask.Authenticate _, Ask.Consent _, Ask.Redeem _ -> false;
            case Ask.Introspect() -> admits(facts, credential, bound, bound);
        };
        return there ? Optional.empty() : Optional.of(new Refusal.WrongOrigin(credential.id()));
    }

    private static boolean admits(Facts facts, Credential credential, Optional<Origin> bound, Optional<Origin> page) {
        return page.isPresent()
                && (facts.token().isEmpty() || page.equals(bound))
                && credential.restrictions().origins() instanceof Restriction.Only<OriginPattern> only
                && only.admits(pattern -> pattern.admits(page.get()));
    }
}
