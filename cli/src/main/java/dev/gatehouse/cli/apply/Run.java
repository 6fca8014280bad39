package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.GatehouseException;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Shown;
import dev.gatehouse.core.member.FirstKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out a plan, one write after the other. What takes away comes before what gives where both are asked of
/// one thing: holds are set first and lifted last, an Api loses scopes after roles and credentials did, and what
/// bounds applications of organizations above is said before they or their roles change.
/// Before anything that was there is written to, it is read again, and written to only in that state.
final class Run {
    /// The order of the writes.
    private enum Phase {
        HOLD,
        BOUND,
        API,
        ORGANIZATION,
        ROLE,
        FIRST_KEY,
        APPLICATION,
        PROVIDER,
        ACCESS,
        CREDENTIAL,
        CUSTOMER,
        USER,
        PASSWORD,
        MEMBERSHIP,
        MEMBER_CREDENTIAL,
        NARROW_API,
        LIFT,
        REVOKE,
        DELETE_ROLE,
        DELETE_API
    }

    /// One write.
    private record Write(Phase phase, Step step, Runnable effect) {}

    /// Something is no longer as it was when the plan was made.
    private static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final AdminClient client;
    private final InstantSource clock;
    private final DrawnSecrets secrets;
    private final Map<Key, String> ids = new HashMap<>();
    private final Map<String, Json.Obj> states = new HashMap<>();

    Run(AdminClient client, Server server, InstantSource clock, DrawnSecrets secrets) {
        this.client = client;
        this.clock = clock;
        this.secrets = secrets;
        server.organizations().forEach((path, id) -> ids.put(new Key.Organization(path), id));
        server.all().forEach(one -> {
            ids.put(one.key(), one.id());
            states.put(one.id(), one.json());
        });
    }

    Result run(List<Step> steps) {
        List<Write> writes = new ArrayList<>();
        steps.forEach(step -> writes.addAll(writes(step)));
        writes.sort(Comparator.comparing(Write::phase));
        Set<Key> touched = new HashSet<>();
        for (Write write : writes) {
            try {
                write.effect().run();
            } catch (Changed e) {
                return new Result.Overtaken(write.step().key().toString(), touched.size());
            } catch (GatehouseException e) {
                return e instanceof GatehouseException.Refused refused && refused.status() == 412
                        ? new Result.Overtaken(write.step().key().toString(), touched.size())
                        : new Result.Stopped(at(write.step()), touched.size(), e);
            }
            touched.add(write.step().key());
        }
        return new Result.Done();
    }

    private static String at(Step step) {
        return switch (step) {
            case Step.Create create -> step.key() + " (" + create.wanted().place() + ")";
            case Step.Change change -> step.key() + " (" + change.wanted().place() + ")";
            case Step.Remove _ -> step.key().toString();
        };
    }

    private List<Write> writes(Step step) {
        return switch (step) {
            case Step.Create create -> creations(create);
            case Step.Change change -> changes(change);
            case Step.Remove remove ->
                List.of(
                        switch (remove.key()) {
                            case Key.Role _ -> new Write(Phase.DELETE_ROLE, step, () -> delete(remove.found()));
                            case Key.Api _, Key.Provider _ ->
                                new Write(Phase.DELETE_API, step, () -> delete(remove.found()));
                            case Key.Organization _,
                                    Key.Application _,
                                    Key.Credential _,
                                    Key.Customer _,
                                    Key.User _,
                                    Key.Membership _ ->
                                new Write(
                                        Phase.REVOKE,
                                        step,
                                        () -> act(Action.REVOKE, remove.found().id(), Json.Obj.EMPTY));
                        });
        };
    }

    /// What an organization has its children begin with is said when its role is there, and who may do how much in
    /// it when the applications are.
    private List<Write> creations(Step.Create create) {
        List<Write> writes = new ArrayList<>(List.of(new Write(phase(create.key()), create, () -> create(create))));
        create.spec()
                .get(Bodies.FIRST_KEY)
                .ifPresent(first -> writes.add(new Write(
                        Phase.FIRST_KEY,
                        create,
                        () -> patch(id(create.key()), Json.Obj.EMPTY.with(Bodies.FIRST_KEY, first)))));
        if (create.spec().get(AccessShape.ACCESS).isPresent()) {
            writes.add(new Write(Phase.ACCESS, create, () -> access(id(create.key()), create.spec())));
        }
        return writes;
    }

    /// What is so already is not written again.
    private void access(String id, Json.Obj spec) {
        Json.Obj body = AccessShape.body(spec, state(id), this::id, Set.copyOf(ids.values()));
        if (!body.items(AccessShape.ACCESS).equals(state(id).items(AccessShape.ACCESS))) {
            patch(id, body);
        }
    }

    private void bound(String id, Json.Obj before, Json.Obj after) {
        Bounding bounding = new Bounding(ids::containsKey, role -> References.rights(state(id(role)), "rights"));
        access(id, bounding.early(before, after));
    }

    private static Phase phase(Key key) {
        return switch (key) {
            case Key.Api _ -> Phase.API;
            case Key.Provider _ -> Phase.PROVIDER;
            case Key.Organization _ -> Phase.ORGANIZATION;
            case Key.Role _ -> Phase.ROLE;
            case Key.Application _ -> Phase.APPLICATION;
            case Key.Credential(Key.Holder holder, String _) ->
                holder instanceof Key.Membership ? Phase.MEMBER_CREDENTIAL : Phase.CREDENTIAL;
            case Key.Customer _ -> Phase.CUSTOMER;
            case Key.User _ -> Phase.USER;
            case Key.Membership _ -> Phase.MEMBERSHIP;
        };
    }

    /// A time that is over already is set afterwards: nothing is made that was over before it began.
    private void create(Step.Create create) {
        Json.Obj body = Bodies.create(create, this::id);
        Optional<Json> over = body.text("expires_at")
                .filter(time -> !Instant.parse(time).isAfter(clock.instant()))
                .flatMap(_ -> body.get("expires_at"));
        Json.Obj made = make(create, over.isPresent() ? body.without("expires_at") : body);
        String id = made.text("id").orElse("");
        ids.put(create.key(), id);
        states.put(id, made);
        if (create.key() instanceof Key.Organization) {
            bound(id, Json.Obj.EMPTY, create.spec());
        }
        over.ifPresent(time -> patch(id, Json.Obj.EMPTY.with("expires_at", time)));
        if (create.key() instanceof Key.User) {
            create.secret().ifPresent(given -> password(id, given));
        }
        create.spec().items("holds").forEach(hold -> act(Action.HOLD, id, Json.Obj.EMPTY.with("hold", hold)));
    }

    private Json.Obj make(Step.Create create, Json.Obj body) {
        return switch (create.key()) {
            case Key.Api _ -> client.createApi(body).json();
            case Key.Provider _ -> client.createIdentityProvider(body);
            case Key.Organization(OrganizationPath path) -> organization(path, body);
            case Key.Role(OrganizationPath path, String _) ->
                client.createRole(id(new Key.Organization(path)), body).json();
            case Key.Application(OrganizationPath path, String _) ->
                client.createApplication(id(new Key.Organization(path)), body).json();
            case Key.Customer(OrganizationPath path, String _) ->
                client.createCustomer(id(new Key.Organization(path)), body).json();
            case Key.User(OrganizationPath path, String _) ->
                client.createUser(id(new Key.Organization(path)), body).json();
            case Key.Membership(OrganizationPath path, Key.User _) ->
                client.createMembership(id(new Key.Organization(path)), body).json();
            case Key.Credential(Key.Holder holder, String name) -> {
                String above = id(holder);
                Credential made = client.createCredential(above, body);
                if (create.draws()) {
                    var what = new DrawnSecrets.Credential(
                            holder.organization().toString(),
                            holder.name(),
                            state(above).text("client_id").orElse(""),
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

    private List<Write> changes(Step.Change change) {
        List<Write> writes = new ArrayList<>();
        String id = change.found().id();
        for (Difference one : change.differences()) {
            if (one.member().equals("holds")) {
                one.after()
                        .ifPresent(hold ->
                                writes.add(new Write(Phase.HOLD, change, () -> hold(Action.HOLD, id, hold))));
                one.before()
                        .ifPresent(hold ->
                                writes.add(new Write(Phase.LIFT, change, () -> hold(Action.LIFT, id, hold))));
            }
        }
        if (change.differences().stream().anyMatch(one -> !Bodies.apart(one.member()))) {
            writes.add(new Write(phase(change.key()), change, () -> write(change)));
        }
        if (change.touches(AccessShape.ACCESS)) {
            writes.add(new Write(
                    Phase.BOUND, change, () -> bound(id, change.found().spec(), change.spec())));
            writes.add(new Write(Phase.ACCESS, change, () -> access(id, change.spec())));
        }
        change.secret().ifPresent(given -> writes.add(new Write(Phase.PASSWORD, change, () -> password(id, given))));
        if (Bodies.narrows(change)) {
            writes.add(new Write(Phase.NARROW_API, change, () -> put(change, false)));
        }
        return writes;
    }

    private void write(Step.Change change) {
        switch (change.key()) {
            case Key.Api _, Key.Role _ -> put(change, Bodies.narrows(change));
            case Key.Organization _,
                    Key.Provider _,
                    Key.Application _,
                    Key.Credential _,
                    Key.Customer _,
                    Key.User _,
                    Key.Membership _ -> patch(change.found().id(), Bodies.patch(change, this::id));
        }
    }

    private void put(Step.Change change, boolean keepScopes) {
        String id = change.found().id();
        Guard guard = unchanged(id);
        Json.Obj body = Bodies.put(change, state(id));
        keep(id, client.put(id, keepScopes ? Bodies.withOldScopes(body, state(id)) : body, guard));
    }

    private void patch(String id, Json.Obj body) {
        keep(id, client.patch(id, body, unchanged(id)));
    }

    /// Setting it changes the user, which is read again after.
    private void password(String id, Wanted.Given given) {
        Guard guard = unchanged(id);
        var _ = given.member().equals(Wanted.ARGON2ID)
                ? client.setPasswordHash(id, given.value(), guard)
                : client.setPassword(id, given.value(), guard);
        keep(id, client.shown(id));
    }

    private void hold(Action action, String id, Json hold) {
        act(action, id, Json.Obj.EMPTY.with("hold", hold));
    }

    private void act(Action action, String id, Json.Obj body) {
        keep(id, client.act(action, id, body, unchanged(id)));
    }

    private void delete(Found found) {
        var _ = client.delete(found.id(), unchanged(found.id()));
    }

    /// Reads it again; writes are made to depend on this very state. What time alone changes is no change.
    private Guard unchanged(String id) {
        Shown now;
        try {
            now = client.shown(id);
        } catch (GatehouseException.Refused refused) {
            if (refused.status() == 404) {
                throw new Changed();
            }
            throw refused;
        }
        if (!now.json().without("state").equals(state(id).without("state"))) {
            throw new Changed();
        }
        return Guard.of(now);
    }

    private void keep(String id, Shown shown) {
        states.put(id, shown.json());
    }

    private Json.Obj state(String id) {
        return states.getOrDefault(id, Json.Obj.EMPTY);
    }

    private String id(Key key) {
        String id = ids.get(key);
        if (id == null) {
            throw new IllegalStateException(key + " is referred to before it is there");
        }
        return id;
    }
}
