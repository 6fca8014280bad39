package dev.gatehouse.core.decide;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The one decision of law 1. Pure: the same facts, ask and time always give the same verdict; no I/O, no clock,
/// no early return for anybody.
public final class Decision {
    private Decision() {}

    /// Whether what is asked is allowed. The steps, in order; the first that fails refuses:
    ///
    /// 1. every member above the request stands: organizations from the root down, application or user
    ///    with its home and its membership, credential; so does the application that acts for a user, and it may
    ///    act for users of that organization
    /// 2. so does the customer that the application acts for, and it is within the application's organization
    /// 3. the token, when there is one, is for this Api, in time, neither itself nor by what it came from in the
    ///    dead set, of the generations that are current and, to be exchanged, the credential's own; a session is
    ///    open, in time, for this Api and this address, and of the generations that are current; so is what is
    ///    above the credential of a refresh token
    /// 4. the credential's restrictions admit the Api and the address; so do those of both where a user's is shown
    ///    beside an application's
    /// 5. what is for the pages of some origins comes from one of them
    /// 6. the kind of proof opens what is asked
    /// 7. a person has shown a second factor where its organization or the Api wants one
    /// 8. a token that has to be bound to a key is asked for with one
    /// 9. what is renewed is not too old
    /// 10. role ∩ credential ∩ grant ∩ what the organizations that it acts in let the application do reaches
    ///    what is needed; of a domain key, what the catalogue calls browser-safe. So do authorization details
    /// 11. the organization that the request says it is for, when it says one, is the caller's own or below that,
    ///    and stands
    public static Verdict decide(Facts facts, Selection selection, Ask ask, Instant now) {
        Verdict verdict = decided(facts, selection, ask, now);
        return verdict instanceof Verdict.Allowed allowed
                ? Ancestry.selected(selection, facts.members(), now)
                        .<Verdict>map(Verdict.Refused::new)
                        .orElseGet(() -> allowed.naming(selection.chain()))
                : verdict;
    }

    /// The same for a request that says nobody besides what it presents.
    public static Verdict decide(Facts facts, Ask ask, Instant now) {
        return decided(facts, new Selection.None(), ask, now);
    }

    private static Verdict decided(Facts facts, Selection selection, Ask ask, Instant now) {
        Optional<Refusal> down = down(facts, now);
        if (down.isPresent()) {
            return new Verdict.Refused(down.get());
        }
        Lineage lineage = Ancestry.lineage(facts);
        // Whoever has nothing but a token learns nothing of customers before that token counts.
        Optional<Verdict> gone = facts instanceof Facts.Delegating
                ? token(facts, lineage, now).or(() -> nobody(facts, now))
                : nobody(facts, now).or(() -> token(facts, lineage, now));
        Optional<Verdict> ended =
                gone.or(() -> Logins.ended(facts, lineage, ask, now)).or(() -> Refreshes.ended(facts, lineage, now));
        if (ended.isPresent()) {
            return ended.get();
        }
        Optional<Refusal> misused = Restricted.refusal(facts, ask)
                .or(() -> Pages.refusal(facts, ask))
                .or(() -> Uses.refusal(facts, ask))
                .or(() -> Exchanges.taken(facts))
                .or(() -> Factors.refusal(facts, ask))
                .or(() -> Profiles.refusal(facts, ask))
                .or(() -> Bindings.refusal(facts, ask))
                .or(() -> renewal(facts, ask, now));
        if (misused.isPresent()) {
            return new Verdict.Refused(misused.get());
        }
        return Reaching.verdict(facts, selection, ask, lineage);
    }

    private static Optional<Refusal> down(Facts facts, Instant now) {
        return switch (facts) {
            case Facts.Beside beside -> Ancestry.beside(beside, now);
            case Facts.Passing passing -> Ancestry.passing(passing, now);
            case Facts.Direct _,
                    Facts.Logged _,
                    Facts.Refreshing _,
                    Facts.Acting _,
                    Facts.Exchanging _,
                    Facts.Delegating _,
                    Facts.Derived _ ->
                Ancestry.members(facts.members(), now)
                        .or(() -> facts.actor().flatMap(actor -> Ancestry.actor(actor, facts.members(), now)))
                        .or(() -> Ancestry.passed(facts.passed(), facts.members(), now));
        };
    }

    private static Optional<Verdict> nobody(Facts facts, Instant now) {
        return subject(facts, now).map(why -> switch (facts) {
            case Facts.Direct _, Facts.Logged _, Facts.Refreshing _, Facts.Beside _, Facts.Derived _ ->
                new Verdict.Refused(why);
            case Facts.Acting _, Facts.Exchanging _, Facts.Delegating _, Facts.Passing _ ->
                new Verdict.Refused(new Refusal.BadSubject(why));
        });
    }

    /// What the token says is compared with what one would say that is issued beside it now.
    private static Optional<Verdict> token(Facts facts, Lineage own, Instant now) {
        if (facts.token().isEmpty()) {
            return Optional.empty();
        }
        Facts.Derived token = facts.token().get();
        Lineage beside = facts instanceof Facts.Derived ? own : Ancestry.lineage(token);
        boolean behind = Exchanges.acting(facts)
                .filter(actor -> newer(actor, Ancestry.lineage(actor)))
                .isPresent();
        if (behind || newer(token, beside)) {
            return Optional.of(new Verdict.Behind());
        }
        return ended(token, beside, now).map(why -> switch (facts) {
            case Facts.Direct _,
                    Facts.Logged _,
                    Facts.Refreshing _,
                    Facts.Acting _,
                    Facts.Beside _,
                    Facts.Derived _,
                    Facts.Delegating _ -> new Verdict.Refused(why);
            // A client that has proven itself is not to blame for what it names.
            case Facts.Exchanging _, Facts.Passing _ -> new Verdict.Refused(new Refusal.BadSubject(why));
        });
    }

    private static boolean newer(Facts.Derived token, Lineage current) {
        return Age.newer(token.claims().lineage().generations(), current.generations());
    }

    /// The effective rights at every Api, for operations that hand out rights: nobody gives what it does not
    /// hold.
    public static Rights rights(Verdict.Allowed allowed, Function<Id, Catalogue> catalogues) {
        return Layers.everywhere(allowed.facts(), allowed.named(), catalogues);
    }

    /// Whether what was allowed reaches a scope at an Api, whichever that is.
    public static boolean holds(Verdict.Allowed allowed, Api at, String scope) {
        return Layers.at(at.id(), allowed.facts(), allowed.named()).grant(at.catalogue(), scope);
    }

    /// The same caller at an organization below its own that its request names as what it manages: in the path, in
    /// the body. What that and those between let it do at most counts there as where the request is for it; empty
    /// when nothing is left of what is needed. Whether it stands is not asked: whoever may reactivates it.
    ///
    /// @param chain that organization first, the root last, with the rights of roles that bound others there
    public static Optional<Verdict.Allowed> managing(Verdict.Allowed allowed, List<Organization> chain, Need need) {
        Api api = allowed.facts().api();
        Verdict.Allowed there = allowed.naming(chain);
        return Layers.at(api.id(), there.facts(), there.named()).meet(need, api.catalogue())
                ? Optional.of(there)
                : Optional.empty();
    }

    /// Why there is nobody to act for, or nothing to exchange: the rules of RFC 8693 section 2.2.2 for a
    /// `subject_token` (GAUNTLET G02).
    private static Optional<Refusal> subject(Facts facts, Instant now) {
        Optional<Refusal> absent = switch (facts) {
            case Facts.Direct _, Facts.Logged _, Facts.Refreshing _, Facts.Beside _, Facts.Derived _ ->
                Optional.empty();
            case Facts.Acting acting ->
                acting.subject().isPresent() ? Optional.empty() : Optional.of(new Refusal.NotFound());
            case Facts.Exchanging exchanging -> unexchangeable(exchanging);
            case Facts.Delegating delegating ->
                delegating.subject().isPresent()
                        ? tooLong(delegating.presented())
                        : Optional.of(new Refusal.NotFound());
            case Facts.Passing passing -> tooLong(passing.presented()).or(() -> Exchanges.refusal(passing, now));
        };
        return absent.or(() -> facts.subject().flatMap(subject -> Ancestry.subject(subject, facts.members(), now)));
    }

    private static Optional<Refusal> unexchangeable(Facts.Exchanging facts) {
        if (facts.token().isEmpty()) {
            return Optional.of(new Refusal.BadCredential("no token of ours for this Api"));
        }
        Lineage lineage = facts.token().get().claims().lineage();
        if (!lineage.credential().equals(facts.members().credential().id())) {
            return Optional.of(new Refusal.BadCredential("the token was issued to another credential"));
        }
        return tooLong(facts.token().get());
    }

    private static Optional<Refusal> tooLong(Facts.Derived token) {
        return token.claims().lineage().tokens().size() >= Lineage.MAX_TOKENS
                ? Optional.of(new Refusal.BadCredential("the token was exchanged too often"))
                : Optional.empty();
    }

    static Optional<Refusal> ended(Facts.Derived derived, Lineage current, Instant now) {
        Claims claims = derived.claims();
        Lineage issued = claims.lineage();
        if (!claims.api().equals(derived.api().id())
                || !issued.organization().equals(current.organization())
                || !issued.member().equals(current.member())
                || !issued.credential().equals(current.credential())
                || !issued.customer().equals(current.customer())
                || !issued.granted().equals(current.granted())
                || issued.passed().size() != derived.passed().size()
                || issued.granted().isPresent() != derived.actor().isPresent()) {
            return Optional.of(new Refusal.BadCredential("the token names another Api or other members"));
        }
        if (!now.isBefore(claims.expiresAt())) {
            return Optional.of(new Refusal.Expired(claims.id().kind(), claims.id()));
        }
        if (derived.dead()) {
            return Optional.of(new Refusal.Revoked(claims.id().kind(), claims.id()));
        }
        return Age.superseded(issued, current);
    }

    /// Tokens are renewed for a while in all, whoever holds them (GAUNTLET D09).
    private static Optional<Refusal> renewal(Facts facts, Ask ask, Instant now) {
        if (!(ask instanceof Ask.Renew) || facts.token().isEmpty()) {
            return Optional.empty();
        }
        Claims claims = facts.token().get().claims();
        if (!now.isBefore(claims.begun().plus(TokenPolicy.MAX_RENEWAL))) {
            return Optional.of(new Refusal.Expired(claims.id().kind(), claims.id()));
        }
        // What came from another token ends with that; a renewal would outlive it.
        if (claims.since().isEmpty() && !claims.lineage().tokens().isEmpty()) {
            return Optional.of(new Refusal.WrongUse(facts.members().credential().id()));
        }
        return claims.since().isEmpty() ? tooLong(facts.token().get()) : Optional.empty();
    }
}
