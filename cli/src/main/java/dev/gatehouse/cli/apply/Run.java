package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.GatehouseException;
import dev.gatehouse.client.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Carries out a plan, one write after the other in the order of their [Phase]s.
final class Run {
    /// One write.
    private record Write(Phase phase, Step step, Runnable effect) {}

    private final LastRead there;
    private final AccessWrites access;
    private final Creation creation;

    Run(AdminClient client, Server server, InstantSource clock, DrawnSecrets secrets) {
        this.there = new LastRead(client, server);
        this.access = new AccessWrites(there);
        this.creation = new Creation(client, there, access, clock, secrets);
    }

    Result run(List<Step> steps) {
        List<Write> writes = new ArrayList<>();
        steps.forEach(step -> writes.addAll(writes(step)));
        writes.sort(Comparator.comparing(Write::phase));
        Set<Key> touched = new HashSet<>();
        for (Write write : writes) {
            try {
                write.effect().run();
            } catch (LastRead.Changed e) {
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
            case Step.Remove remove -> List.of(removal(remove));
        };
    }

    private Write removal(Step.Remove remove) {
        String id = remove.found().id();
        return switch (remove.key()) {
            case Key.Role _ -> new Write(Phase.DELETE_ROLE, remove, () -> there.delete(id));
            case Key.Api _, Key.Provider _ -> new Write(Phase.DELETE_API, remove, () -> there.delete(id));
            case Key.Organization _,
                    Key.Application _,
                    Key.Credential _,
                    Key.Customer _,
                    Key.User _,
                    Key.Membership _ ->
                new Write(Phase.REVOKE, remove, () -> there.act(Action.REVOKE, id, Json.Obj.EMPTY));
        };
    }

    /// What an organization has its children begin with is said when its role is there, and who may do how much in
    /// it when the applications are.
    private List<Write> creations(Step.Create create) {
        List<Write> writes =
                new ArrayList<>(List.of(new Write(Phase.of(create.key()), create, () -> creation.of(create))));
        create.spec()
                .get(Bodies.FIRST_KEY)
                .ifPresent(first -> writes.add(new Write(
                        Phase.FIRST_KEY,
                        create,
                        () -> there.patch(there.id(create.key()), Json.Obj.EMPTY.with(Bodies.FIRST_KEY, first)))));
        if (create.spec().get(AccessShape.ACCESS).isPresent()) {
            writes.add(new Write(Phase.ACCESS, create, () -> access.all(there.id(create.key()), create.spec())));
        }
        return writes;
    }

    private List<Write> changes(Step.Change change) {
        List<Write> writes = new ArrayList<>();
        String id = change.found().id();
        for (Difference one : change.differences()) {
            if (one.member().equals("holds")) {
                one.after()
                        .ifPresent(hold ->
                                writes.add(new Write(Phase.HOLD, change, () -> there.hold(Action.HOLD, id, hold))));
                one.before()
                        .ifPresent(hold ->
                                writes.add(new Write(Phase.LIFT, change, () -> there.hold(Action.LIFT, id, hold))));
            }
        }
        if (change.differences().stream().anyMatch(one -> !Bodies.apart(one.member()))) {
            writes.add(new Write(Phase.of(change.key()), change, () -> write(change)));
        }
        if (change.touches(AccessShape.ACCESS)) {
            writes.add(new Write(
                    Phase.BOUND, change, () -> access.early(id, change.found().spec(), change.spec())));
            writes.add(new Write(Phase.ACCESS, change, () -> access.all(id, change.spec())));
        }
        change.secret()
                .ifPresent(given -> writes.add(new Write(Phase.PASSWORD, change, () -> there.password(id, given))));
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
                    Key.Membership _ -> there.patch(change.found().id(), Bodies.patch(change, there::id));
        }
    }

    private void put(Step.Change change, boolean keepScopes) {
        String id = change.found().id();
        Json.Obj body = Bodies.put(change, there.state(id));
        there.put(id, keepScopes ? Bodies.withOldScopes(body, there.state(id)) : body);
    }
}
