package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse registration ...`.
@Command(
        name = "registration",
        description = "Initial access tokens: each lets so many clients register themselves at an Api whose policy"
                + " (`registration`) lets them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse registration list orders",
            "  gatehouse registration create orders --name partner-9 --uses 5",
            "  gatehouse registration withdraw orders partner-9      what registered with it stays"
        },
        subcommands = {
            RegistrationCommand.List.class,
            RegistrationCommand.Create.class,
            RegistrationCommand.Withdraw.class
        })
final class RegistrationCommand {
    @Command(name = "list", description = "The initial access tokens of an Api, with the registrations that are left.")
    static final class List extends AdminCommand {
        @Parameters(paramLabel = "API", description = "an Api's name or public id")
        String api = "";

        @Override
        void ask(AdminClient client) {
            Page<Json.Obj> tokens = client.registrationTokens(api);
            output.list(tokens.items(), tokens.next(), "name", "uses", "expires_at", "created_at");
        }
    }

    @Command(name = "create", description = "Make an initial access token. It is shown now and never again.")
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "API", description = "an Api's name or public id")
        String api = "";

        @Option(names = "--name", paramLabel = "NAME", required = true, description = "what you call it")
        String name = "";

        @Option(
                names = "--uses",
                paramLabel = "NUMBER",
                defaultValue = "1",
                description = "how many clients may register with it (default: ${DEFAULT-VALUE})")
        long uses = 1;

        @Option(
                names = "--expires-at",
                paramLabel = "TIME",
                defaultValue = "",
                description = "from when on it is good for none, such as 2027-01-31T12:00:00Z (default: in a week)")
        String expiresAt = "";

        @Override
        void ask(AdminClient client) {
            Json.Obj body = Json.Obj.EMPTY.with("name", new Json.Str(name)).with("uses", Json.of(uses));
            output.one(client.createRegistrationToken(
                    api, expiresAt.isEmpty() ? body : body.with("expires_at", new Json.Str(expiresAt))));
        }
    }

    @Command(name = "withdraw", description = "Take an initial access token away; what registered with it stays.")
    static final class Withdraw extends AdminCommand {
        @Parameters(index = "0", paramLabel = "API", description = "an Api's name or public id")
        String api = "";

        @Parameters(index = "1", paramLabel = "NAME", description = "what it is called")
        String name = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.withdrawRegistrationToken(api, name));
        }
    }
}
