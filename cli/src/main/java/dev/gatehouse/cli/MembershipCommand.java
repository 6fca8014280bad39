package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse member ...`.
@Command(
        name = "member",
        description = "Memberships: which user may do what in which organization. Keys of one act as that member.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse member add --org org_0c5wmv3k2n8qa --user user_3a9s7v0c5wmq2 --role role_7b2f9k0d3m1xc",
            "  gatehouse member list --org org_0c5wmv3k2n8qa",
            "  gatehouse member revoke memb_5t1yz8d0q3r6w"
        },
        subcommands = {
            MembershipCommand.List.class,
            MembershipCommand.Add.class,
            MemberCommands.Get.class,
            UpdateCommands.OfMembership.class,
            MemberCommands.Suspend.class,
            MemberCommands.Resume.class,
            MemberCommands.Hold.class,
            MemberCommands.Lift.class,
            MemberCommands.Cut.class,
            MemberCommands.Revoke.class,
            MemberCommands.Schedule.class
        })
final class MembershipCommand {
    @Command(name = "list", description = "Who is a member of an organization.")
    static final class List extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Mixin
        Paging paging = new Paging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.memberships(organization, ask),
                    membership -> membership.json(),
                    output,
                    "id",
                    "user",
                    "role",
                    "state");
        }
    }

    @Command(name = "add", description = "Make a user a member. Without a role it may do nothing.")
    static final class Add extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "of which organization")
        String organization = "";

        @Option(names = "--user", required = true, paramLabel = "USER", description = "who")
        String user = "";

        @Mixin
        NewRoleOption role = new NewRoleOption();

        @Mixin
        Window window = new Window();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = Json.Obj.EMPTY.with("user", user);
            Json.Obj all = window.put(role.put(body));
            output.one(client.createMembership(organization, all).json());
        }
    }
}
