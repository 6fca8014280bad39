package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse connection ...`.
@Command(
        name = "connection",
        description = "Connections: credentials of organizations at platforms of others, which Gatehouse keeps alive.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse connection create --org org_0c5wmv3k2n8qa --platform HubSpot --kind key --name crm"
                    + " --credential hubspot.txt",
            "  gatehouse connection reconnect conn_5t1yz8d0q3r6w --credential hubspot.txt",
            "  gatehouse connection suspend conn_5t1yz8d0q3r6w"
        },
        subcommands = {
            ConnectionCommand.List.class,
            ConnectionCommand.Create.class,
            MemberCommands.Get.class,
            ConnectionCommand.Reconnect.class,
            LinkCommand.class,
            FinishCommand.class,
            MemberCommands.Suspend.class,
            MemberCommands.Resume.class,
            MemberCommands.Hold.class,
            MemberCommands.Lift.class,
            MemberCommands.Revoke.class
        })
final class ConnectionCommand {
    /// What a connection proves itself with at its platform.
    static final class Credential {
        @Option(
                names = "--credential",
                required = true,
                paramLabel = "FILE",
                description =
                        "file of lines NAME=VALUE, one for each field that `gatehouse platform show` names; - for standard input")
        String file = "";

        @Option(
                names = "--token-expires-at",
                paramLabel = "TIME",
                description = "when its access token ends, where that is known")
        String tokenExpiresAt = "";

        Json.Obj put(Json.Obj body, Terminal terminal) {
            Json.Obj all = body.with("credential", Secrets.fields(terminal, file));
            return tokenExpiresAt.isEmpty() ? all : all.with("token_expires_at", tokenExpiresAt);
        }
    }

    @Command(name = "list", description = "The connections of an organization, without their credentials.")
    static final class List extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Mixin
        Paging paging = new Paging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.connections(organization, ask),
                    connection -> connection,
                    output,
                    "id",
                    "name",
                    "platform",
                    "kind",
                    "health",
                    "state");
        }
    }

    @Command(name = "create", description = "Connect. The credential is tried at the platform before it is stored.")
    static final class Create extends AdminCommand {
        @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose")
        String organization = "";

        @Option(
                names = "--platform",
                required = true,
                paramLabel = "TYPE",
                description = "a type that `gatehouse platform list` names")
        String platform = "";

        @Option(
                names = "--kind",
                required = true,
                paramLabel = "KIND",
                description = "key, user, oauth_internal, oauth_external or client_credentials")
        String kind = "";

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "the organization's own name for it; unique there")
        String name = "";

        @Mixin
        Credential credential = new Credential();

        @Mixin
        Window window = new Window();

        @Override
        void ask(AdminClient client) {
            Json.Obj body =
                    Json.Obj.EMPTY.with("platform", platform).with("kind", kind).with("name", name);
            output.one(
                    client.createConnection(organization, window.put(credential.put(body, Terminal.of(output.mixee)))));
        }
    }

    @Command(
            name = "reconnect",
            description = "Put another credential in its place, tried at the platform first. The id stays.")
    static final class Reconnect extends MemberCommands.One {
        @Mixin
        Credential credential = new Credential();

        @Override
        void ask(AdminClient client) {
            output.one(client.reconnect(id, credential.put(Json.Obj.EMPTY, Terminal.of(output.mixee))));
        }
    }
}
