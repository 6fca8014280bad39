package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `gatehouse keys ...`.
@Command(
        name = "keys",
        description =
                "The keys under which tokens are made: an Api's own, or those of the installation at the Api `gatehouse`.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse keys list orders",
            "  gatehouse keys prepare orders     publish the next key; verifiers learn it within 5 minutes",
            "  gatehouse keys rotate orders      use it; older tokens stay valid until they expire",
            "  gatehouse keys rotate gatehouse   the keys of sealed tokens and of assertions",
            "  gatehouse keys retire orders key_...     it leaked: nothing made under it is accepted any more",
            "  gatehouse keys rewrap --config FILE      a new key-encryption key for everything encrypted"
        },
        subcommands = {
            SigningKeysCommand.List.class,
            SigningKeysCommand.Prepare.class,
            SigningKeysCommand.Rotate.class,
            SigningKeysCommand.Retire.class,
            RewrapCommand.class
        })
final class SigningKeysCommand {
    @Command(name = "list", description = "The keys that are not withdrawn.")
    static final class List extends AdminCommand {
        @Parameters(paramLabel = "API", description = "an Api's name or public id")
        String api = "";

        @Override
        void ask(AdminClient client) {
            print(client.keys(api), output);
        }
    }

    @Command(name = "prepare", description = "Publish the next key of an Api, or for assertions, without using it yet.")
    static final class Prepare extends AdminCommand {
        @Parameters(paramLabel = "API", description = "an Api's name or public id")
        String api = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.prepareKey(api));
        }
    }

    @Command(name = "rotate", description = "Make the prepared key, or a fresh one, the active key.")
    static final class Rotate extends AdminCommand {
        @Parameters(paramLabel = "API", description = "an Api's name or public id")
        String api = "";

        @Override
        void ask(AdminClient client) {
            print(client.rotateKeys(api), output);
        }
    }

    @Command(
            name = "retire",
            description =
                    "End a key at once: everything made under it is refused from now on. Another key takes its place.")
    static final class Retire extends AdminCommand {
        @Parameters(index = "0", paramLabel = "API", description = "an Api's name or public id")
        String api = "";

        @Parameters(index = "1", paramLabel = "KEY", description = "the key's public id")
        String key = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.retireKey(api, key));
        }
    }

    private static void print(Page<Json.Obj> keys, Output output) {
        output.list(keys.items(), keys.next(), "id", "use", "algorithm", "state", "created_at", "activated_at");
    }
}
