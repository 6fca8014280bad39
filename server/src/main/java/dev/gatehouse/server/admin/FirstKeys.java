package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What organizations begin with that are made below one that says so: an application with a role, and a key of
/// it. Whoever makes such an organization hands that out, so it must hold it (GAUNTLET H04).
final class FirstKeys {
    private static final Scopes TO_MAKE_KEYS = Scopes.of("apps:write", "keys:write");

    private static final Attribute<FirstKey, CredentialKind> KIND = Attribute.of(
            "kind", Types.word(FirstKey.KINDS.toArray(CredentialKind[]::new), CredentialKind::wire), FirstKey::kind);
    private static final Attribute<FirstKey, String> ROLE = Attribute.of("role", Types.SLUG, FirstKey::role);

    static final Type<FirstKey> TYPE = Types.described(
            Type.object(
                    Form.of(Form.required(KIND), Form.required(ROLE)),
                    given -> Got.of(new FirstKey(given.need(KIND), given.need(ROLE))),
                    key -> Noun.show(key, List.of(KIND, ROLE), View.NONE)),
            Schema.of("examples", List.of(Schema.of("kind", "secret", "role", "member"))));

    /// What was made.
    private record Made(Application application, Role role, Credential credential, Secret secret) {}

    private static final Attribute<Made, Id> APPLICATION = Attribute.of(
            "application",
            Types.id(Kind.APPLICATION),
            made -> made.application().id());
    private static final Attribute<Made, String> CLIENT_ID =
            Attribute.of("client_id", Types.NAME, made -> made.application().clientId());
    private static final Attribute<Made, String> GIVEN_ROLE =
            Attribute.of("role", Types.SLUG, made -> made.role().name());
    private static final Attribute<Made, Id> CREDENTIAL = Attribute.of(
            "credential", Types.id(Kind.CREDENTIAL), made -> made.credential().id());
    private static final Attribute<Made, CredentialKind> MADE_KIND =
            Attribute.of("kind", KIND.type(), made -> made.credential().kind());
    private static final Attribute<Made, String> SECRET = Attribute.of(
            "secret",
            Type.text(
                    "the string that proves it, shown this once",
                    Schema.of("minLength", 1),
                    Optional::of,
                    Function.identity()),
            made -> made.secret().reveal());
    private static final List<Attribute<Made, ?>> SHOWN =
            List.of(APPLICATION, CLIENT_ID, GIVEN_ROLE, CREDENTIAL, MADE_KIND, SECRET);

    private static final Attribute<Made, Map<String, Object>> KEY = Attribute.optional(
            "key", new ShownOnly(Schema.shown(SHOWN)), made -> Optional.of(Noun.show(made, SHOWN, View.NONE)));

    /// Shown once beside the new organization.
    static final List<Attribute<?, ?>> ONCE = List.of(KEY);

    private FirstKeys() {}

    /// Makes an organization with what its parent has it begin with.
    static Got<Reply> create(Call call, Organization organization, FirstKey first) {
        return role(call, organization, first)
                .then(role -> call.grants()
                        .within(organization.standing().window())
                        .then(window -> call.grants().within(Restrictions.NONE).then(restrictions -> {
                            Application application = application(call, organization, role);
                            Id id = Id.random(Kind.CREDENTIAL, call.desk().random());
                            Owner owner = Owner.of(application);
                            Proof proof = Proof.drawn(call, first.kind(), "live", owner, id);
                            Credential credential = Minting.credential(
                                    call, id, owner, FirstKey.NAME, proof, new Reach.WholeRole(), restrictions, window);
                            NewCredential fresh = Minting.kept(call, credential, owner, proof);
                            Made made = new Made(
                                    application, role, credential, proof.shown().orElseThrow());
                            return call.write(
                                    call.act(),
                                    act -> call.desk().store().members().add(organization, application, fresh, act),
                                    added -> reply(call, added, made));
                        })));
    }

    /// The role of that name that is nearest, when the caller may give it.
    private static Got<Role> role(Call call, Organization organization, FirstKey first) {
        Optional<Role> role = call
                .desk()
                .store()
                .members()
                .chain(organization.parent().orElseThrow())
                .stream()
                .flatMap(above -> roles(call, above, first).stream())
                .findFirst();
        if (role.isEmpty()) {
            return Got.no(new Problem.Conflict("there is no role " + first.role() + " for the first key"));
        }
        Optional<Api> admin = call.view().api(Api.ADMIN);
        Grants grants = call.grants(organization.parent().orElseThrow());
        boolean makes = admin.filter(api -> grants.covers(Rights.at(api.id(), TO_MAKE_KEYS)))
                .isPresent();
        return makes && grants.covers(role.get().rights())
                ? Got.of(role.get())
                : Got.no(new Problem.Beyond("the first key has rights that the caller does not hold, or may not give"));
    }

    private static List<Role> roles(Call call, Organization above, FirstKey first) {
        return call.desk()
                .store()
                .apis()
                .roles(above.id(), new Slice(Optional.empty(), 0, 1, Optional.of(first.role()), false))
                .items();
    }

    private static Application application(Call call, Organization organization, Role role) {
        Id id = Id.random(Kind.APPLICATION, call.desk().random());
        return new Application(
                id,
                organization.id(),
                id.text(),
                FirstKey.NAME,
                Optional.of(role.id()),
                ClientTerms.MACHINE,
                Optional.empty(),
                Standing.FRESH,
                call.now());
    }

    private static Reply reply(Call call, Organization organization, Made made) {
        Map<String, Object> shown = Organizations.NOUN.show(organization, call.view());
        Map<String, Object> members = new LinkedHashMap<>(shown);
        members.putAll(Noun.show(made, List.of(KEY), View.NONE));
        return Reply.json(201, members)
                .with("Location", "/v1/organizations/" + organization.id())
                .with("ETag", Etags.of(shown));
    }
}
