package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse customer ...`.
@Command(
        name = "customer",
        description = "Customers: the end customers of an organization, for whom its applications act.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse customer create --org org_0c5wmv3k2n8qa --name 4711",
            "  gatehouse customer list --org org_0c5wmv3k2n8qa --name 4711",
            "  gatehouse customer suspend cust_5t1yz8d0q3r6w"
        },
        subcommands = {
            CustomerCommand.List.class,
            CustomerCommand.Create.class,
            MemberCommands.Get.class,
            UpdateCommands.OfCustomer.class,
            MemberCommands.Suspend.class,
            MemberCommands.Resume.class,
            MemberCommands.Hold.class,
            MemberCommands.Lift.class,
            MemberCommands.Cut.class,
            MemberCommands.Revoke.class,
            MemberCommands.Schedule.class
        })
final class CustomerCommand {
    @Command(name = "list", description = "The customers of an organization.")
    static final class List extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Mixin
        NamedPaging paging = new NamedPaging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.customers(organization, ask),
                    customer -> customer.json(),
                    output,
                    "id",
                    "name",
                    "state");
        }
    }

    @Command(name = "create", description = "Create a customer. It needs no credential: applications act for it.")
    static final class Create extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "the organization's own name for it, such as a number; unique there")
        String name = "";

        @Mixin
        Window window = new Window();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = window.put(Json.Obj.EMPTY.with("name", name));
            output.one(client.createCustomer(organization, body).json());
        }
    }
}
