package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse role ...`.
@Command(
        name = "role",
        description = "Roles: named sets of scopes per Api.",
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse role list", "  gatehouse role create --name reader --scope orders=orders:read"},
        subcommands = {
            RoleCommand.List.class,
            RoleCommand.Create.class,
            MemberCommands.Get.class,
            UpdateCommands.OfRole.class,
            MemberCommands.Delete.class
        })
final class RoleCommand {
    @Command(name = "list", description = "The roles of an organization.")
    static final class List extends AdminCommand {
        @Option(names = "--org", paramLabel = "ORG", description = "whose (default: your own organization)")
        Optional<String> organization = Optional.empty();

        @Mixin
        NamedPaging paging = new NamedPaging();

        @Override
        void ask(AdminClient client) {
            String whose = whose(client, organization);
            paging.print(ask -> client.roles(whose, ask), role -> role.json(), output, "id", "name", "rights");
        }
    }

    @Command(name = "create", description = "Create a role. It holds no more than you hold yourself.")
    static final class Create extends AdminCommand {
        @Option(names = "--org", paramLabel = "ORG", description = "whose (default: your own organization)")
        Optional<String> organization = Optional.empty();

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "a-z, 0-9, `.`, `_`, `-`")
        String name = "";

        @Option(
                names = "--scope",
                paramLabel = "API=SCOPE",
                description = "a scope at an Api, such as orders=orders:read; several times for more")
        java.util.List<String> scopes = java.util.List.of();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = Json.Obj.EMPTY.with("name", name).with("rights", Scopes.byApi(scopes));
            output.one(client.createRole(whose(client, organization), body).json());
        }
    }

    private static String whose(AdminClient client, Optional<String> organization) {
        return organization.orElseGet(() -> client.whoami()
                .get("organization")
                .flatMap(own -> own instanceof Json.Obj object ? object.text("id") : Optional.empty())
                .orElseThrow(() -> Complaint.usage("give --org")));
    }
}
