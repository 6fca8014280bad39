package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.Optional;
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
            "  gatehouse connection create --org org_0c5wmv3k2n8qa --platform Swish --kind certificate --name pay"
                    + " --pem certificate=swish.pem --pem private_key=swish.key",
            "  gatehouse connection rename conn_5t1yz8d0q3r6w --name sales",
            "  gatehouse connection reconnect conn_5t1yz8d0q3r6w --credential hubspot.txt",
            "  gatehouse connection suspend conn_5t1yz8d0q3r6w"
        },
        subcommands = {
            ConnectionCommand.List.class,
            ConnectionCommand.Create.class,
            MemberCommands.Get.class,
            ConnectionCommand.Rename.class,
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
                paramLabel = "FILE",
                description =
                        "file of lines NAME=VALUE, one for each field that `gatehouse platform show` names; - for standard input")
        String file = "";

        @Option(
                names = "--token-expires-at",
                paramLabel = "TIME",
                description = "when its access token ends, where that is known")
        String tokenExpiresAt = "";

        @Option(
                names = "--pem",
                paramLabel = "NAME=FILE",
                description = "a field that is a key or a certificate in PEM, such as private_key=key.pem; repeatable")
        java.util.List<String> pems = new ArrayList<>();

        Json.Obj put(Json.Obj body, Terminal terminal) {
            if (file.isEmpty() && pems.isEmpty()) {
                throw Complaint.usage("--credential or --pem is needed");
            }
            Json.Obj fields = file.isEmpty() ? Json.Obj.EMPTY : Secrets.fields(terminal, file);
            for (String pem : pems) {
                fields = Secrets.pem(terminal, pem, fields);
            }
            Json.Obj all = body.with("credential", fields);
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
                description =
                        "key, user, oauth_internal, oauth_external, client_credentials, jwt_bearer or certificate")
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

    @Command(name = "rename", description = "Call it otherwise, or say something else of it. The id stays.")
    static final class Rename extends MemberCommands.One {
        @Option(names = "--name", paramLabel = "NAME", description = "the organization's own name for it; unique there")
        String name = "";

        @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
        Optional<String> description = Optional.empty();

        @Override
        void ask(AdminClient client) {
            Json.Obj named = name.isEmpty() ? Json.Obj.EMPTY : Json.Obj.EMPTY.with("name", name);
            Json.Obj members =
                    description.map(text -> named.with("description", text)).orElse(named);
            output.one(client.patch(id, members, Guard.NONE).answer());
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
