package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse user ...`.
@Command(
        name = "user",
        description = "Users: people. What one may do is its memberships': see `gatehouse member`.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse user create --org org_0c5wmv3k2n8qa --username alice --claim email=alice@example.com",
            "  gatehouse user password user_3a9s7v0c5wmq2 --file alice.password",
            "  gatehouse user cut user_3a9s7v0c5wmq2"
        },
        subcommands = {
            UserCommand.List.class,
            UserCommand.Create.class,
            MemberCommands.Get.class,
            UpdateCommands.OfUser.class,
            UserCommand.Password.class,
            UserCommand.SessionsOf.class,
            UserCommand.EndSessions.class,
            UserCommand.FactorsOf.class,
            UserCommand.RemoveFactors.class,
            UserCommand.Identities.class,
            UserCommand.RemoveIdentity.class,
            MemberCommands.Suspend.class,
            MemberCommands.Resume.class,
            MemberCommands.Hold.class,
            MemberCommands.Lift.class,
            MemberCommands.Cut.class,
            MemberCommands.Revoke.class,
            MemberCommands.Schedule.class
        })
final class UserCommand {
    @Command(name = "list", description = "The users whose home an organization is.")
    static final class List extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Mixin
        NamedPaging paging = new NamedPaging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.users(organization, ask), user -> user.json(), output, "id", "username", "state");
        }
    }

    @Command(name = "create", description = "Create a user. It may do nothing without a membership.")
    static final class Create extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "its home")
        String organization = "";

        @Option(
                names = "--username",
                required = true,
                paramLabel = "NAME",
                description = "its name, unique in the installation")
        String username = "";

        @Option(
                names = "--claim",
                paramLabel = "CLAIM=VALUE",
                description = "a standard claim of its profile, such as email or given_name; may be repeated")
        Map<String, String> claims = new TreeMap<>();

        @Mixin
        Window window = new Window();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = window.put(claims(Json.Obj.EMPTY.with("username", username), claims));
            output.one(client.createUser(organization, body).json());
        }
    }

    @Command(name = "sessions", description = "Its sessions that have not ended.")
    static final class SessionsOf extends MemberCommands.One {
        @Mixin
        Paging paging = new Paging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.sessions(id, ask),
                    session -> session,
                    output,
                    "id",
                    "opened_at",
                    "seen_at",
                    "expires_at",
                    "address");
        }
    }

    @Command(
            name = "end-sessions",
            description = "End all sessions of a user, or the one whose id is given, at once and on every node.")
    static final class EndSessions extends AdminCommand {
        @Parameters(paramLabel = "ID", description = "the public id: user_... or sess_...")
        String id = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.endSessions(id));
        }
    }

    @Command(name = "factors", description = "What it proves itself by besides its password.")
    static final class FactorsOf extends MemberCommands.One {
        @Override
        void ask(AdminClient client) {
            output.one(client.factors(id));
        }
    }

    @Command(
            name = "remove-factors",
            description =
                    "Take its app and its recovery codes away, because they are lost. The password is enough then.")
    static final class RemoveFactors extends MemberCommands.One {
        @Override
        void ask(AdminClient client) {
            output.one(client.removeFactors(id));
        }
    }

    @Command(name = "identities", description = "The accounts elsewhere that it signs in by.")
    static final class Identities extends MemberCommands.One {
        @Override
        void ask(AdminClient client) {
            Page<Json.Obj> links = client.identities(id);
            output.list(links.items(), links.next(), "identity_provider", "subject", "since");
        }
    }

    @Command(
            name = "remove-identity",
            description =
                    "Take an account elsewhere away from it. What was opened by it ends, at once and on every node.")
    static final class RemoveIdentity extends MemberCommands.One {
        @Parameters(index = "1", paramLabel = "PROVIDER", description = "where the account is: idp_...")
        String provider = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.removeIdentity(id, provider));
        }
    }

    /// Puts claims into a body; those that say yes or no as such.
    static Json.Obj claims(Json.Obj body, Map<String, String> claims) {
        Json.Obj all = body;
        for (Map.Entry<String, String> claim : claims.entrySet()) {
            boolean flag = claim.getKey().endsWith("_verified");
            all = flag
                    ? all.with(claim.getKey(), new Json.Bool(Boolean.parseBoolean(claim.getValue())))
                    : all.with(claim.getKey(), claim.getValue());
        }
        return all;
    }

    @Command(
            name = "password",
            description = "Give it another password, from a file or standard input. What the old one opened ends.")
    static final class Password extends MemberCommands.One {
        @Option(
                names = "--file",
                required = true,
                paramLabel = "FILE",
                description = "the file whose one line is the password; - for standard input")
        String file = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.setPassword(id, Secrets.read(Terminal.of(output.mixee), file)));
        }
    }
}
