package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse key ...`.
@Command(
        name = "key",
        description =
                "Keys: API keys, client secrets, public keys and domain keys, the credentials of applications. What takes a key's id takes"
                        + " that of a membership's key or of a password too.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse key list --app app_1f8a3r9c2q7tz",
            "  gatehouse key create --app app_1f8a3r9c2q7tz --kind api_key --name 'shop 2027' --scope orders=orders:read",
            "  gatehouse key create --app app_1f8a3r9c2q7tz --kind secret --name moved --whole-role --secret-file old.txt",
            "  gatehouse key create --app app_1f8a3r9c2q7tz --kind public_key --name signer --whole-role --jwks-file jwks.json",
            "  gatehouse key create --app app_1f8a3r9c2q7tz --kind signing_key --name reports --secret-file old.txt",
            "  gatehouse key create --app memb_5t1yz8d0q3r6w --kind user_secret --name personal --whole-role",
            "  gatehouse key suspend cred_5h0d2v8m4k6pw",
            "  gatehouse key rotate cred_5h0d2v8m4k6pw --overlap 86400",
            "  gatehouse key reveal cred_5h0d2v8m4k6pw"
        },
        subcommands = {
            KeyCommand.List.class,
            KeyCommand.Create.class,
            MemberCommands.Get.class,
            UpdateCommands.OfKey.class,
            KeyCommand.Rotate.class,
            KeyCommand.Reveal.class,
            MemberCommands.Suspend.class,
            MemberCommands.Resume.class,
            MemberCommands.Hold.class,
            MemberCommands.Lift.class,
            MemberCommands.Cut.class,
            MemberCommands.Revoke.class,
            MemberCommands.Schedule.class
        })
final class KeyCommand {
    @Command(
            name = "rotate",
            description =
                    "Make a key like this one and end this one: at once, or after an overlap in which both work. The new"
                            + " secret is shown now and never again; public keys take those of --jwks-file.")
    static final class Rotate extends MemberCommands.One {
        @Option(
                names = "--overlap",
                paramLabel = "SECONDS",
                description = "how long the old one still works, up to 2592000 (30 days); default: ${DEFAULT-VALUE}")
        long overlap;

        @Mixin
        PublicKeys keys = new PublicKeys();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = keys.put(Json.Obj.EMPTY.with("overlap_seconds", Json.of(overlap)));
            output.one(client.rotateCredential(id, body).shown());
        }

        @Override
        public Integer call() {
            keys.check(connection);
            return super.call();
        }
    }

    @Command(
            name = "reveal",
            description =
                    "Show the secret of a key again, where its Api keeps that (`reveal` of the Api). It takes the scope"
                            + " keys:reveal, and is in the audit trail.")
    static final class Reveal extends MemberCommands.One {
        @Override
        void ask(AdminClient client) {
            output.one(client.revealCredential(id).shown());
        }
    }

    @Command(name = "list", description = "The keys of an application, without secrets.")
    static final class List extends AdminCommand {
        @Option(names = "--app", required = true, paramLabel = "APP", description = "whose")
        String application = "";

        @Mixin
        NamedPaging paging = new NamedPaging();

        @Override
        void ask(AdminClient client) {
            paging.print(
                    ask -> client.credentials(application, ask),
                    credential -> credential.json(),
                    output,
                    "id",
                    "name",
                    "kind",
                    "hint",
                    "state",
                    "expires_at");
        }
    }

    @Command(
            name = "create",
            description =
                    "Create a key. Its secret is shown now and never again; one that you give is not shown. Without"
                            + " --scope or --whole-role it may do nothing.")
    static final class Create extends AdminCommand {
        @Option(
                names = "--app",
                required = true,
                paramLabel = "APP",
                description = "whose: an application, or a membership for a key that acts as that member")
        String application = "";

        @Option(
                names = "--kind",
                required = true,
                paramLabel = "KIND",
                description =
                        "api_key (one string, sent on each call), secret (for tokens, with the client_id), public_key (for"
                                + " tokens, of a client that signs: --jwks-file), domain_key (public, for the pages of"
                                + " --origin), signing_key (an application signs requests with it) or user_secret (of a"
                                + " membership, beside an application's secret)")
        String kind = "";

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "for people")
        String name = "";

        @Option(
                names = "--scope",
                paramLabel = "API=SCOPE",
                description = "a scope at an Api, such as orders=orders:read; several times for more")
        java.util.List<String> scopes = java.util.List.of();

        @Option(names = "--whole-role", description = "all that the application's role gives, now and later")
        boolean wholeRole;

        @Option(
                names = "--address",
                paramLabel = "CIDR",
                description = "only from this network; several times for more")
        java.util.List<String> addresses = java.util.List.of();

        @Option(names = "--at-api", paramLabel = "API", description = "only at this Api; several times for more")
        java.util.List<String> apis = java.util.List.of();

        @Option(
                names = "--origin",
                paramLabel = "ORIGIN",
                description = "of a domain_key: pages that may use it, such as https://app.example.com or"
                        + " https://*.example.com; several times for more")
        java.util.List<String> origins = java.util.List.of();

        @Option(
                names = "--rate",
                paramLabel = "RATE",
                description =
                        "how often it may be used, such as 600/60 for 600 requests in 60 seconds, or 600/60,100 for"
                                + " at most 100 at once")
        Optional<String> rate = Optional.empty();

        @Option(
                names = "--env",
                paramLabel = "ENV",
                description = "live or test (default: live); a part of the key's text")
        Optional<String> environment = Optional.empty();

        @Mixin
        GivenSecret secret = new GivenSecret();

        @Mixin
        PublicKeys keys = new PublicKeys();

        @Mixin
        Window window = new Window();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = Json.Obj.EMPTY.with("kind", kind).with("name", name).with("scopes", reach());
            body = addresses.isEmpty() ? body : body.with("addresses", Json.strings(addresses));
            body = apis.isEmpty() ? body : body.with("apis", Json.strings(apis));
            body = origins.isEmpty() ? body : body.with("origins", Json.strings(origins));
            body = rate.isPresent() ? body.with("rate", Rates.read(rate.get())) : body;
            body = environment.isPresent() ? body.with("environment", environment.get()) : body;
            output.one(client.createCredential(application, window.put(keys.put(secret.put(body))))
                    .shown());
        }

        @Override
        public Integer call() {
            secret.check(kind, connection);
            keys.check(kind, connection);
            return super.call();
        }

        private Json reach() {
            if (wholeRole && !scopes.isEmpty()) {
                throw Complaint.usage("--whole-role and --scope exclude each other");
            }
            return wholeRole ? new Json.Str("role") : Scopes.byApi(scopes);
        }
    }
}
