package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.core.member.FirstKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Makes what is not there yet, and tells of the secrets that are drawn for it.
///
/// @param there where it is from then on
record Creation(AdminClient client, LastRead there, AccessWrites access, InstantSource clock, DrawnSecrets secrets) {
    /// A time that is over already is set afterwards: nothing is made that was over before it began.
    void of(Step.Create create) {
        Json.Obj body = Bodies.create(create, there::id);
        Optional<Json> over = body.text("expires_at")
                .filter(time -> !Instant.parse(time).isAfter(clock.instant()))
                .flatMap(_ -> body.get("expires_at"));
        Json.Obj made = make(create, over.isPresent() ? body.without("expires_at") : body);
        String id = made.text("id").orElse("");
        there.add(create.key(), id, made);
        if (create.key() instanceof Key.Organization) {
            access.early(id, Json.Obj.EMPTY, create.spec());
        }
        over.ifPresent(time -> there.patch(id, Json.Obj.EMPTY.with("expires_at", time)));
        if (create.key() instanceof Key.User) {
            create.secret().ifPresent(given -> there.password(id, given));
        }
        create.spec().items("holds").forEach(hold -> there.hold(Action.HOLD, id, hold));
    }

    private Json.Obj make(Step.Create create, Json.Obj body) {
        return switch (create.key()) {
            case Key.Api _ -> client.createApi(body).json();
            case Key.Provider _ -> client.createIdentityProvider(body);
            case Key.Organization(OrganizationPath path) -> organization(path, body);
            case Key.Role(OrganizationPath path, String _) ->
                client.createRole(there.id(new Key.Organization(path)), body).json();
            case Key.Application(OrganizationPath path, String _) ->
                client.createApplication(there.id(new Key.Organization(path)), body)
                        .json();
            case Key.Customer(OrganizationPath path, String _) ->
                client.createCustomer(there.id(new Key.Organization(path)), body)
                        .json();
            case Key.User(OrganizationPath path, String _) ->
                client.createUser(there.id(new Key.Organization(path)), body).json();
            case Key.Membership(OrganizationPath path, Key.User _) ->
                client.createMembership(there.id(new Key.Organization(path)), body)
                        .json();
            case Key.Credential(Key.Holder holder, String name) -> {
                String above = there.id(holder);
                Credential made = client.createCredential(above, body);
                if (create.draws()) {
                    var what = new DrawnSecrets.Credential(
                            holder.organization().toString(),
                            holder.name(),
                            there.state(above).text("client_id").orElse(""),
                            name,
                            made.kind(),
                            made.id());
                    made.secret().ifPresent(secret -> secrets.drawn(what, secret));
                }
                yield made.json();
            }
        };
    }

    /// Tells of the key that it begins with, where the one above says that it does.
    private Json.Obj organization(OrganizationPath path, Json.Obj body) {
        Organization made = client.createOrganization(body);
        made.secret().ifPresent(secret -> {
            Json.Obj key = made.key().orElse(Json.Obj.EMPTY);
            var what = new DrawnSecrets.Credential(
                    path.toString(),
                    FirstKey.NAME,
                    key.text("client_id").orElse(""),
                    FirstKey.NAME,
                    key.text("kind").orElse(""),
                    key.text("credential").orElse(""));
            secrets.drawn(what, secret);
        });
        return made.json().without("key");
    }
}
