package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.NewCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Making a credential. What it may do is a part of what its maker may do (GAUNTLET H04): in rights, in time, and
/// in restrictions. The secret is in the reply and nowhere else.
final class Minting {
    private static final List<Form.Item> ANY = List.of(
            Form.required(Credentials.NAME),
            Form.optional(Credentials.ENVIRONMENT),
            Form.optional(Proof.GIVEN),
            Form.optional(Proof.GIVEN_HASH),
            Form.optional(Credentials.SCOPES),
            Form.optional(Credentials.ADDRESSES),
            Form.optional(Credentials.APIS),
            Form.optional(Credentials.ORIGINS),
            Form.optional(Credentials.RATE),
            Form.optional(StandingAttributes.NOT_BEFORE),
            Form.optional(StandingAttributes.EXPIRES_AT));

    static final Form CREATE =
            Form.of(Form.required(Credentials.OF_APPLICATION)).and(ANY).and(KeySets.GIVEN);

    /// Members do not sign.
    static final Form CREATE_FOR_MEMBER =
            Form.of(Form.required(Credentials.OF_MEMBER)).and(ANY);

    static final List<Attribute<?, ?>> ONCE = List.of(Proof.SHOWN);

    private Minting() {}

    static Got<Reply> create(Call call) {
        return made(call, call.application().map(Owner::of));
    }

    /// A key that acts as a member.
    static Got<Reply> createForMember(Call call) {
        return made(call, call.membership().map(Owner::of));
    }

    private static Got<Reply> made(Call call, Got<Owner> owner) {
        return owner.then(call::unmatched)
                .then(one -> reach(call, one)
                        .then(reach -> restrictions(call)
                                .then(restrictions -> StandingAttributes.window(call.given(), call.now())
                                        .then(call.grants()::within)
                                        .then(window -> store(call, one, reach, restrictions, window)))));
    }

    private static Got<Reply> store(Call call, Owner owner, Reach reach, Restrictions restrictions, Window window) {
        Id id = Id.random(Kind.CREDENTIAL, call.desk().random());
        return Proof.asked(call, owner, id).then(proof -> {
            Credential credential = credential(
                    call, id, owner, call.given().need(Credentials.NAME), proof, reach, restrictions, window);
            NewCredential fresh = kept(call, credential, owner, proof);
            return call.write(
                    call.act(),
                    act -> call.desk().store().members().add(fresh, act),
                    added -> minted(call, added, Noun.show(proof, List.of(Proof.SHOWN), View.NONE)));
        });
    }

    /// With a copy of its secret where that was drawn here and its Api keeps it.
    static NewCredential kept(Call call, Credential credential, Owner owner, Proof proof) {
        return proof.shown()
                .map(secret -> call.desk()
                        .copies()
                        .with(
                                credential,
                                secret,
                                owner.rights(call),
                                call.desk().store().facts().apis()))
                .orElseGet(() -> NewCredential.of(credential));
    }

    /// A credential that is not stored yet.
    static Credential credential(
            Call call,
            Id id,
            Owner owner,
            String name,
            Proof proof,
            Reach reach,
            Restrictions restrictions,
            Window window) {
        return new Credential(
                id,
                owner.id(),
                owner.organization(),
                proof.kind(),
                name,
                proof.hint(),
                proof.evidence(),
                reach,
                restrictions,
                Standing.within(window),
                call.now());
    }

    /// The reply with a new credential.
    ///
    /// @param once what is shown this once
    static Reply minted(Call call, Credential credential, Map<String, Object> once) {
        return Replies.created("/v1/credentials/" + credential.id(), Credentials.NOUN, credential, once, call);
    }

    /// Left out means none, never all.
    private static Got<Reach> reach(Call call, Owner owner) {
        AskedReach asked = call.given().get(Credentials.SCOPES).orElse(new AskedReach.Only(Map.of()));
        return RequestKeys.fitting(Credentials.asked(call), asked)
                .then(fitting -> reach(call, owner, fitting))
                .then(reach -> Pages.fitting(Credentials.asked(call), reach, call.view()))
                .then(reach -> call.grants(owner.organization()).covers(reach, owner.role(call))
                        ? Got.of(reach)
                        : Got.no(new Problem.Beyond("scopes go beyond the rights of the caller")));
    }

    /// What is asked for. What the role of its owner does not give cannot be asked for: the key would look
    /// stronger than it is. Nor all of a role that is still to come: nobody can hold that (GAUNTLET H04).
    static Got<Reach> reach(Call call, Owner owner, AskedReach asked) {
        Rights role = owner.rights(call);
        return switch (asked) {
            case AskedReach.WholeRole() ->
                owner.role(call).isPresent()
                        ? Got.of(new Reach.WholeRole())
                        : Got.no(new Problem.InvalidField(
                                "scopes", "scopes by Api: its application or member has no role to give the whole of"));
            case AskedReach.Only(Map<String, Scopes> scopes) ->
                call.view()
                        .rights("scopes", scopes)
                        .then(rights -> rights.within(role, call.view()::catalogue)
                                ? Got.of(new Reach.Only(rights))
                                : Got.no(new Problem.InvalidField(
                                        "scopes", "scopes that the role of its application or member gives")));
        };
    }

    private static Got<Restrictions> restrictions(Call call) {
        CredentialKind kind = Credentials.asked(call);
        return Pages.fitting(kind, call.given().get(Credentials.ORIGINS).orElse(List.of()))
                .then(origins -> apis(call, call.given().get(Credentials.APIS).orElse(List.of()))
                        .then(apis -> RequestKeys.fitting(kind, call.given().get(Credentials.RATE))
                                .then(rate -> call.grants()
                                        .within(new Restrictions(
                                                Restriction.ofListed(call.given()
                                                        .get(Credentials.ADDRESSES)
                                                        .orElse(List.of())),
                                                Restriction.ofListed(apis),
                                                Restriction.ofListed(origins),
                                                rate)))));
    }

    /// The ids of Apis that are given by name.
    static Got<List<Id>> apis(Call call, List<String> names) {
        List<Id> apis = new ArrayList<>();
        for (String name : names) {
            Optional<Api> api = call.view().api(name);
            if (api.isEmpty()) {
                return Got.no(new Problem.InvalidField("apis", "names of Apis; " + name + " is none"));
            }
            apis.add(api.get().id());
        }
        return Got.of(List.copyOf(apis));
    }
}
