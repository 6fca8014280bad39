package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
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
    /// 2. the token, when there is one, is for this Api, in time, not in the dead set, and of the generations
    ///    that are current
    /// 3. the credential's restrictions admit the Api and the address
    /// 4. the kind of proof opens what is asked
    /// 5. role ∩ credential ∩ grant reaches what is needed
    public static Verdict decide(Facts facts, Ask ask, Instant now) {
        Members members = facts.members();
        Lineage lineage = lineage(members);
        Optional<Refusal> down = members(members, now);
        if (down.isPresent()) {
            return new Verdict.Refused(down.get());
        }
        if (facts instanceof Facts.Derived derived) {
            Generations issued = derived.claims().lineage().generations();
            if (newer(issued, lineage.generations())) {
                return new Verdict.Behind();
            }
            Optional<Refusal> ended = token(derived, lineage, now);
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

    private static Optional<Refusal> members(Members members, Instant now) {
        for (int i = members.chain().size() - 1; i >= 0; i--) {
            Organization organization = members.chain().get(i);
            Optional<Refusal> down = stands(organization.id(), organization.standing(), now);
            if (down.isPresent()) {
                return down;
            }
        }
        Application application = members.application();
        Credential credential = members.credential();
        return stands(application.id(), application.standing(), now)
                .or(() -> stands(credential.id(), credential.standing(), now));
    }

    private static Optional<Refusal> stands(Id id, Standing standing, Instant now) {
        if (standing.revoked()) {
            return Optional.of(new Refusal.Revoked(id.kind(), id));
        }
        if (!standing.holds().isEmpty()) {
            return Optional.of(new Refusal.Held(id.kind(), id, standing.holds()));
        }
        if (standing.window().early(now)) {
            return Optional.of(new Refusal.NotYet(id.kind(), id));
        }
        if (standing.window().over(now)) {
            return Optional.of(new Refusal.Expired(id.kind(), id));
        }
        return Optional.empty();
    }

    private static Lineage lineage(Members members) {
        long organizations = 0;
        for (Organization organization : members.chain()) {
            organizations += organization.standing().generation();
        }
        Credential credential = members.credential();
        Application application = members.application();
        return new Lineage(
                application.organization(),
                application.id(),
                credential.id(),
                new Generations(
                        credential.standing().generation(),
                        application.standing().generation(),
                        0,
                        organizations));
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
                || !issued.credential().equals(current.credential())) {
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
        };
        return opens
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
