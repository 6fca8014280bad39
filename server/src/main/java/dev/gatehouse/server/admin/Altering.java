package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changing what a credential may do. Whoever makes it wider in any way hands out the whole of it, so the result
/// must be one that the caller could have made (GAUNTLET H04); making it narrower takes no right but the scope.
final class Altering {
    private static final Attribute<Void, Optional<AskedReach>> SCOPES =
            Attribute.in("scopes", Type.nullable(AskedReach.TYPE));
    private static final Attribute<Void, Optional<List<AddressBlock>>> ADDRESSES =
            Attribute.in("addresses", Type.nullable(Credentials.ADDRESSES.type()));
    private static final Attribute<Void, Optional<List<String>>> APIS =
            Attribute.in("apis", Type.nullable(Credentials.APIS.type()));

    private static final Attribute<Void, List<OriginPattern>> ORIGINS =
            Attribute.in("origins", Credentials.ORIGINS.type());

    private static final Attribute<Void, Optional<Rate>> RATE =
            Attribute.in("rate", Type.nullable(Credentials.RATE.type()));

    static final Form PATCH = Form.of(
                    Form.optional(Credentials.NAME),
                    Form.optional(SCOPES),
                    Form.optional(ADDRESSES),
                    Form.optional(APIS),
                    Form.optional(ORIGINS),
                    Form.optional(RATE))
            .and(StandingAttributes.SCHEDULE);

    private Altering() {}

    static Got<Reply> patch(Call call) {
        return call.credential()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(Credentials.NOUN, it))
                .then(before -> Owner.of(call, before)
                        .then(owner -> patched(call, before, owner)
                                .then(after ->
                                        wider(call, before, after) ? makeable(call, after, owner) : Got.of(after)))
                        .then(after -> call.write(
                                call.act(),
                                act -> call.desk().store().members().replace(before, after, act),
                                done -> Replies.shown(200, Credentials.NOUN, done, call))));
    }

    private static Got<Credential> patched(Call call, Credential before, Owner owner) {
        return reach(call, before, owner)
                .then(reach -> restrictions(call, before)
                        .then(restrictions -> StandingAttributes.window(
                                        call.given(), before.standing().window())
                                .map(window -> with(call, before, reach, restrictions, window))));
    }

    private static Credential with(Call call, Credential it, Reach reach, Restrictions restrictions, Window window) {
        return it.with(
                call.given().get(Credentials.NAME).orElse(it.name()),
                reach,
                restrictions,
                StandingAttributes.with(it.standing(), window));
    }

    /// `null` takes all scopes away.
    private static Got<Reach> reach(Call call, Credential before, Owner owner) {
        Optional<Optional<AskedReach>> asked = call.given().get(SCOPES);
        return asked.isEmpty()
                ? Got.of(before.reach())
                : RequestKeys.fitting(before.kind(), asked.get().orElse(new AskedReach.Only(Map.of())))
                        .then(fitting -> Minting.reach(call, owner, fitting))
                        .then(reach -> Pages.fitting(before.kind(), reach, call.view()));
    }

    /// `null` takes a restriction away.
    private static Got<Restrictions> restrictions(Call call, Credential before) {
        Restriction<AddressBlock> addresses = call.given()
                .get(ADDRESSES)
                .map(blocks -> Restriction.ofListed(blocks.orElse(List.of())))
                .orElse(before.restrictions().addresses());
        Optional<Optional<List<String>>> names = call.given().get(APIS);
        Got<Restriction<Id>> apis = names.isEmpty()
                ? Got.of(before.restrictions().apis())
                : Minting.apis(call, names.get().orElse(List.of())).map(Restriction::ofListed);
        return Pages.fitting(
                        before.kind(),
                        call.given()
                                .get(ORIGINS)
                                .orElse(before.restrictions().origins().listed()))
                .then(origins -> apis.then(ids -> rate(call, before)
                        .map(rate -> new Restrictions(addresses, ids, Restriction.ofListed(origins), rate))));
    }

    private static Got<Optional<Rate>> rate(Call call, Credential before) {
        Optional<Optional<Rate>> asked = call.given().get(RATE);
        return asked.isEmpty() ? Got.of(before.restrictions().rate()) : RequestKeys.fitting(before.kind(), asked.get());
    }

    private static boolean wider(Call call, Credential before, Credential after) {
        Restrictions was = before.restrictions();
        Restrictions is = after.restrictions();
        return StandingAttributes.wider(
                        before.standing().window(), after.standing().window())
                || wider(call, before.reach(), after.reach())
                || !Grants.inside(is.addresses(), was.addresses(), AddressBlock::covers)
                || !Grants.inside(is.apis(), was.apis(), Id::equals)
                || !Grants.inside(is.origins(), was.origins(), OriginPattern::covers)
                || Rates.wider(was.rate(), is.rate());
    }

    private static boolean wider(Call call, Reach before, Reach after) {
        return switch (before) {
            case Reach.WholeRole() -> false;
            case Reach.Only(Rights was) ->
                switch (after) {
                    case Reach.WholeRole() -> true;
                    // What an Api does not know any more is in no catalogue, and no wider for being kept.
                    case Reach.Only(Rights is) -> !is.equals(was) && !is.within(was, call.view()::catalogue);
                };
        };
    }

    /// The credential, if the caller could have made it: in rights, in time, and in restrictions.
    static Got<Credential> makeable(Call call, Credential credential, Owner owner) {
        Grants grants = call.grants(owner.organization());
        Optional<Role> role = owner.role(call);
        if (credential.reach() instanceof Reach.WholeRole && role.isEmpty()) {
            return Got.no(
                    new Problem.Conflict("it has the whole of a role, and its application or member has none now"));
        }
        if (!grants.covers(credential.reach(), role)) {
            return Got.no(new Problem.Beyond("the credential has rights that the caller does not hold"));
        }
        Restrictions its = credential.restrictions();
        return Trusts.mayTrust(call, Trusts.of(credential))
                .then(_ -> grants.within(credential.standing().window()))
                .then(_ -> grants.within(its))
                .then(within -> within.equals(its)
                        ? Got.of(credential)
                        : Got.no(new Problem.Beyond("the caller is restricted, the credential would not be")));
    }
}
