package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse app ...`.
@Command(
        name = "app",
        description = "Applications: the machine members of an organization, each with a role and a client_id.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse app list --org org_0c5wmv3k2n8qa",
            "  gatehouse app create --org org_0c5wmv3k2n8qa --name shop --role role_7b2f9k0d3m1xc"
        },
        subcommands = {
            AppCommand.List.class,
            AppCommand.Create.class,
            MemberCommands.Get.class,
            UpdateCommands.OfApplication.class,
            MemberCommands.Suspend.class,
            MemberCommands.Resume.class,
            MemberCommands.Hold.class,
            MemberCommands.Lift.class,
            MemberCommands.Cut.class,
            MemberCommands.Revoke.class,
            MemberCommands.Schedule.class
        })
final class AppCommand {
    @Command(name = "list", description = "The applications of an organization.")
    static final class List extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Mixin
        NamedPaging paging = new NamedPaging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.applications(organization, ask),
                    application -> application.json(),
                    output,
                    "id",
                    "name",
                    "client_id",
                    "state",
                    "role");
        }
    }

    @Command(name = "create", description = "Create an application. Without a role it may do nothing.")
    static final class Create extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "for people; unique in its organization")
        String name = "";

        @Option(names = "--client-id", paramLabel = "ID", description = "its public id (default: one is chosen)")
        Optional<String> clientId = Optional.empty();

        @Mixin
        NewRoleOption role = new NewRoleOption();

        @Option(
                names = "--token-life",
                paramLabel = "SECONDS",
                description = "how long its tokens live, within what an Api lets (default: as long as others)")
        Optional<Long> tokenLife = Optional.empty();

        @Mixin
        ClientOptions terms = new ClientOptions();

        @Mixin
        Window window = new Window();

        @Override
        void ask(AdminClient client) {
            Json.Obj named = Json.Obj.EMPTY.with("name", name);
            Json.Obj known = clientId.map(id -> named.with("client_id", id)).orElse(named);
            Json.Obj body = role.put(known);
            body = tokenLife.isPresent() ? body.with("token_life_seconds", Json.of(tokenLife.get())) : body;
            output.one(client.createApplication(organization, window.put(terms.put(body)))
                    .json());
        }
    }
}
