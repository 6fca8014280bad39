package dev.gatehouse.cli;

import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is done to one member, the same for every kind of member.
final class MemberCommands {
    private MemberCommands() {}

    /// A command about one member, by its id.
    abstract static class One extends AdminCommand {
        @Parameters(
                paramLabel = "ID",
                description = "the public id: org_..., app_..., cred_..., cust_..., user_..., memb_... or conn_...")
        String id = "";
    }

    @Command(name = "get", description = "Show one, by its id.")
    static final class Get extends One {
        @Override
        void ask(AdminClient client) {
            output.one(client.member(id));
        }
    }

    @Command(name = "delete", description = "Delete it. A role that applications have is not deleted.")
    static final class Delete extends AdminCommand {
        @Parameters(paramLabel = "ID", description = "the public id: role_... or api_...")
        String id = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.delete(id, Guard.NONE).answer());
        }
    }

    @Command(
            name = "suspend",
            description =
                    "Stop it and everything below it, at once and on every node. `resume` brings back what was there.")
    static final class Suspend extends One {
        @Override
        void ask(AdminClient client) {
            output.one(client.act(Action.SUSPEND, id, Json.Obj.EMPTY));
        }
    }

    @Command(name = "resume", description = "Lift what `suspend` set.")
    static final class Resume extends One {
        @Override
        void ask(AdminClient client) {
            output.one(client.act(Action.RESUME, id, Json.Obj.EMPTY));
        }
    }

    @Command(name = "cut", description = "End every token issued below it; the member itself stays.")
    static final class Cut extends One {
        @Override
        void ask(AdminClient client) {
            output.one(client.act(Action.CUT, id, Json.Obj.EMPTY));
        }
    }

    @Command(name = "revoke", description = "End it for good. It never comes back.")
    static final class Revoke extends One {
        @Override
        void ask(AdminClient client) {
            output.one(client.act(Action.REVOKE, id, Json.Obj.EMPTY));
        }
    }

    /// Sets or lifts one named hold.
    abstract static class Holding extends One {
        @Option(
                names = "--hold",
                paramLabel = "HOLD",
                description = "owner (default), provider, policy or schedule; each is lifted only by who may set it")
        String hold = "owner";

        Json.Obj body() {
            return Json.Obj.EMPTY.with("hold", hold);
        }
    }

    @Command(name = "hold", description = "Set one hold; it is active again when no hold is left.")
    static final class Hold extends Holding {
        @Override
        void ask(AdminClient client) {
            output.one(client.act(Action.HOLD, id, body()));
        }
    }

    @Command(name = "lift", description = "Lift one hold.")
    static final class Lift extends Holding {
        @Override
        void ask(AdminClient client) {
            output.one(client.act(Action.LIFT, id, body()));
        }
    }

    @Command(name = "schedule", description = "Set or clear when it is valid; what is left out stays.")
    static final class Schedule extends One {
        @Option(names = "--from", paramLabel = "TIME", description = "2027-01-31T12:00:00Z, or never to clear it")
        Optional<String> from = Optional.empty();

        @Option(names = "--until", paramLabel = "TIME", description = "2027-01-31T12:00:00Z, or never to clear it")
        Optional<String> until = Optional.empty();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = Window.put(Json.Obj.EMPTY, from, until);
            if (body.members().isEmpty()) {
                throw Complaint.usage("nothing to change; give --from, --until or both");
            }
            output.one(client.schedule(id, body));
        }
    }
}
