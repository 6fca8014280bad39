package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// The one decision of law 1. Pure: the same facts, ask and time always give the same verdict; no I/O, no clock,
/// no early return for anybody.
public final class Decision {
    private Decision() {}

    /// Whether what is asked is allowed. The steps, in order; the first that fails refuses:
    ///
    /// 1. every member above the request stands: organizations from the root down, application, credential
    /// 2. so does the customer that the application acts for, and it is within the application's organization
    /// 3. the token, when there is one, is for this Api, in time, neither itself nor by what it came from in the
    ///    dead set, of the generations that are current and, to be exchanged, the credential's own
    /// 4. the credential's restrictions admit the Api and the address
    /// 5. the kind of proof opens what is asked
    /// 6. role ∩ credential ∩ grant reaches what is needed
    public static Verdict decide(Facts facts, Ask ask, Instant now) {
        Optional<Refusal> down = Ancestry.members(facts.members(), now)
                .or(() -> subject(facts, now).map(why -> blamed(facts, why)));
        if (down.isPresent()) {
            return new Verdict.Refused(down.get());
        }
        Lineage lineage = Ancestry.lineage(facts);
        if (facts.token().isPresent()) {
            Facts.Derived token = facts.token().get();
            if (newer(token.claims().lineage().generations(), lineage.generations())) {
                return new Verdict.Behind();
            }
            Optional<Refusal> ended = token(token, lineage, now).map(why -> blamed(facts, why));
            if (ended.isPresent()) {
                return new Verdict.Refused(ended.get());
            }
        }
        Optional<Refusal> misused = restrictions(facts, ask).or(() -> use(facts, ask));
        if (misused.isPresent()) {
            return new Verdict.Refused(misused.get());
        }
        return rights(facts, ask, lineage);
    }

    /// The effective rights at every Api, for operations that hand out rights: nobody gives what it does not
    /// hold.
    public static Rights rights(Verdict.Allowed allowed, Function<Id, Catalogue> catalogues) {
        return Layers.everywhere(allowed.facts(), catalogues);
    }

    /// Why there is nobody to act for, or nothing to exchange: the rules of RFC 8693 section 2.2.2 for a
    /// `subject_token` (GAUNTLET G02).
    private static Optional<Refusal> subject(Facts facts, Instant now) {
        Optional<Refusal> absent = switch (facts) {
            case Facts.Direct _, Facts.Derived _ -> Optional.empty();
            case Facts.Acting acting ->
                acting.subject().isPresent() ? Optional.empty() : Optional.of(new Refusal.NotFound());
            case Facts.Exchanging exchanging -> unexchangeable(exchanging);
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
        return lineage.tokens().size() >= Lineage.MAX_TOKENS
                ? Optional.of(new Refusal.BadCredential("the token was exchanged too often"))
                : Optional.empty();
    }

    /// A client that has proven itself is not to blame for what it names.
    private static Refusal blamed(Facts facts, Refusal why) {
        return switch (facts) {
            case Facts.Direct _, Facts.Derived _ -> why;
            case Facts.Acting _, Facts.Exchanging _ -> new Refusal.BadSubject(why);
        };
    }

    private static boolean newer(Generations issued, Generations known) {
        return issued.credential() > known.credential()
                || issued.member() > known.member()
                || issued.customer() > known.customer()
                || issued.organizations() > known.organizations();
    }

    private static Optional<Refusal> token(Facts.Derived derived, Lineage current, Instant now) {
        Claims claims = derived.claims();
        Lineage issued = claims.lineage();
        if (!claims.api().equals(derived.api().id())
                || !issued.organization().equals(current.organization())
                || !issued.application().equals(current.application())
                || !issued.credential().equals(current.credential())
                || !issued.customer().equals(current.customer())) {
            return Optional.of(new Refusal.BadCredential("the token names another Api or other members"));
        }
        if (!now.isBefore(claims.expiresAt())) {
            return Optional.of(new Refusal.Expired(claims.id().kind(), claims.id()));
        }
        if (derived.dead()) {
            return Optional.of(new Refusal.Revoked(claims.id().kind(), claims.id()));
        }
        if (issued.generations().credential() != current.generations().credential()) {
            return superseded(current.credential());
        }
        if (issued.generations().member() != current.generations().member()) {
            return superseded(current.application());
        }
        if (issued.generations().customer() != current.generations().customer()) {
            return superseded(current.customer().orElseThrow());
        }
        return issued.generations().equals(current.generations())
                ? Optional.empty()
                : superseded(current.organization());
    }

    private static Optional<Refusal> superseded(Id member) {
        return Optional.of(new Refusal.Superseded(member.kind(), member));
    }

    private static Optional<Refusal> restrictions(Facts facts, Ask ask) {
        Credential credential = facts.members().credential();
        if (!credential.restrictions().apis().admits(facts.api().id()::equals)) {
            return Optional.of(new Refusal.WrongApi(credential.id()));
        }
        boolean there = switch (ask) {
            case Ask.Call call -> admits(credential, call.from());
            case Ask.Mint mint -> admits(credential, mint.from());
            case Ask.Authenticate authenticate -> admits(credential, authenticate.from());
            case Ask.Introspect() -> true;
        };
        return there ? Optional.empty() : Optional.of(new Refusal.WrongAddress(credential.id()));
    }

    private static boolean admits(Credential credential, InetAddress from) {
        return credential.restrictions().addresses().admits(block -> block.contains(from));
    }

    private static Optional<Refusal> use(Facts facts, Ask ask) {
        CredentialKind kind = facts.members().credential().kind();
        boolean permitted = facts.subject().isEmpty()
                || Layers.at(facts.api().id(), facts).delegate(facts.api().catalogue());
        boolean opens = switch (facts) {
            case Facts.Derived _ ->
                switch (ask) {
                    case Ask.Call _, Ask.Introspect _ -> true;
                    case Ask.Mint _, Ask.Authenticate _ -> false;
                };
            case Facts.Direct _ ->
                switch (ask) {
                    case Ask.Call _ -> kind == CredentialKind.API_KEY;
                    case Ask.Mint _, Ask.Authenticate _ -> kind == CredentialKind.SECRET;
                    case Ask.Introspect _ -> false;
                };
            case Facts.Acting _, Facts.Exchanging _ ->
                switch (ask) {
                    case Ask.Mint _ -> kind == CredentialKind.SECRET;
                    case Ask.Call _, Ask.Authenticate _, Ask.Introspect _ -> false;
                };
        };
        return opens && permitted
                ? Optional.empty()
                : Optional.of(new Refusal.WrongUse(facts.members().credential().id()));
    }

    private static Verdict rights(Facts facts, Ask ask, Lineage lineage) {
        Catalogue catalogue = facts.api().catalogue();
        Layers layers = Layers.at(facts.api().id(), facts);
        return switch (ask) {
            case Ask.Call call -> needed(call.need(), facts, layers, lineage);
            case Ask.Introspect() -> needed(new Need.Authenticated(), facts, layers, lineage);
            case Ask.Authenticate _ -> new Verdict.Allowed(facts, layers.effective(catalogue), lineage);
            case Ask.Mint mint -> {
                Scopes granted = mint.scopes().orElseGet(() -> layers.effective(catalogue));
                yield granted.isEmpty() || !layers.grantAll(catalogue, granted)
                        ? new Verdict.Refused(new Refusal.BadScope())
                        : new Verdict.Allowed(facts, granted, lineage);
            }
        };
    }

    private static Verdict needed(Need need, Facts facts, Layers layers, Lineage lineage) {
        Catalogue catalogue = facts.api().catalogue();
        return layers.meet(need, catalogue)
                ? new Verdict.Allowed(facts, layers.effective(catalogue), lineage)
                : new Verdict.Refused(new Refusal.Forbidden(need));
    }
}
