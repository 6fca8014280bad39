package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse org ...`.
@Command(
        name = "org",
        description = "Organizations: the customers of the provider, a tree.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse org list",
            "  gatehouse org create --name 'Acme Ltd'",
            "  gatehouse org suspend org_0c5wmv3k2n8qa"
        },
        subcommands = {
            OrgCommand.List.class,
            OrgCommand.Create.class,
            MemberCommands.Get.class,
            UpdateCommands.OfOrganization.class,
            MemberCommands.Suspend.class,
            MemberCommands.Resume.class,
            MemberCommands.Hold.class,
            MemberCommands.Lift.class,
            MemberCommands.Cut.class,
            MemberCommands.Revoke.class,
            MemberCommands.Schedule.class
        })
final class OrgCommand {
    @Command(name = "list", description = "Your own organization's children, or those of --parent.")
    static final class List extends AdminCommand {
        @Option(names = "--parent", paramLabel = "ORG", description = "the organization above")
        Optional<String> parent = Optional.empty();

        @Mixin
        NamedPaging paging = new NamedPaging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.organizations(parent, ask),
                    organization -> organization.json(),
                    output,
                    "id",
                    "name",
                    "state",
                    "parent");
        }
    }

    @Command(name = "create", description = "Create an organization.")
    static final class Create extends AdminCommand {
        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "for people; unique below its parent")
        String name = "";

        @Option(names = "--parent", paramLabel = "ORG", description = "the organization above (default: your own)")
        Optional<String> parent = Optional.empty();

        @Mixin
        FirstKeyOption first = new FirstKeyOption();

        @Mixin
        DefaultRoleOption role = new DefaultRoleOption();

        @Mixin
        Window window = new Window();

        @Override
        void ask(AdminClient client) {
            Json.Obj named = Json.Obj.EMPTY.with("name", name);
            Json.Obj body = parent.map(above -> named.with("parent", above)).orElse(named);
            output.one(client.createOrganization(window.put(role.put(first.put(body))))
                    .shown());
        }
    }
}
