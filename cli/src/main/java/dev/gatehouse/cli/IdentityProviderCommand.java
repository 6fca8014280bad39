package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse identity-provider ...`.
@Command(
        name = "identity-provider",
        description = "OpenID providers of others that people sign in by; for the provider only.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse identity-provider create --name acme --title \"Acme\" --issuer https://login.acme.example \\",
            "      --client-id gatehouse --secret-file acme.secret --api accounts",
            "  gatehouse identity-provider update idp_0c5wmv3k2n8qa --off    lets nobody in, ends what it opened",
            "  gatehouse identity-provider remove idp_0c5wmv3k2n8qa          its links too"
        },
        subcommands = {
            IdentityProviderCommand.All.class,
            IdentityProviderCommand.Create.class,
            MemberCommands.Get.class,
            IdentityProviderCommand.Update.class,
            IdentityProviderCommand.Remove.class
        })
final class IdentityProviderCommand {
    /// What both making and changing one takes.
    static final class Attributes {
        @Option(names = "--title", paramLabel = "TEXT", description = "what people read on the button")
        Optional<String> title = Optional.empty();

        @Option(
                names = "--method",
                paramLabel = "METHOD",
                description = "client_secret_basic, client_secret_post or private_key_jwt")
        Optional<String> method = Optional.empty();

        @Option(
                names = "--secret-file",
                paramLabel = "FILE",
                description = "the secret that it gave, in this file; - for standard input")
        Optional<String> secret = Optional.empty();

        @Option(names = "--api", paramLabel = "API", description = "whose pages offer it; several times for more")
        List<String> apis = List.of();

        @Option(
                names = "--ask-scope",
                paramLabel = "SCOPE",
                description = "asked for there besides openid; several times for more")
        List<String> scopes = List.of();

        @Option(
                names = "--org",
                paramLabel = "ORG",
                description = "for people at home there or below (default: all); several times for more")
        List<String> organizations = List.of();

        @Option(
                names = "--joins-org",
                paramLabel = "ORG",
                description = "who comes for the first time becomes a user there, with --joins-role")
        Optional<String> joinsOrganization = Optional.empty();

        @Option(names = "--joins-role", paramLabel = "ROLE", description = "the role that it gets")
        Optional<String> joinsRole = Optional.empty();

        @Option(
                names = "--trust",
                paramLabel = "VALUE",
                description = "a value of amr or acr that takes the place of our second factor; several times for more")
        List<String> trusted = List.of();

        @Spec(Spec.Target.MIXEE)
        CommandSpec mixee = CommandSpec.create();

        Json.Obj put(Json.Obj body) {
            if (joinsOrganization.isPresent() != joinsRole.isPresent()) {
                throw Complaint.usage("--joins-org and --joins-role belong together");
            }
            Json.Obj joining = text(text(Json.Obj.EMPTY, "organization", joinsOrganization), "role", joinsRole);
            Json.Obj named = text(text(body, "title", title), "token_endpoint_auth_method", method);
            Json.Obj all = joining.members().isEmpty() ? named : named.with("joining", joining);
            all = listed(
                    listed(listed(listed(all, "apis", apis), "scopes", scopes), "organizations", organizations),
                    "trusted",
                    trusted);
            return text(
                    all,
                    "client_secret",
                    secret.map(file -> Secrets.read(Terminal.of(mixee), file).reveal()));
        }

        private static Json.Obj text(Json.Obj body, String member, Optional<String> value) {
            return value.map(text -> body.with(member, text)).orElse(body);
        }

        private static Json.Obj listed(Json.Obj body, String member, List<String> values) {
            return values.isEmpty() ? body : body.with(member, Json.strings(values));
        }
    }

    @Command(name = "list", description = "All of them.")
    static final class All extends AdminCommand {
        @Override
        void ask(AdminClient client) {
            Page<Json.Obj> providers = client.identityProviders();
            output.list(providers.items(), providers.next(), "id", "name", "issuer", "apis", "active");
        }
    }

    @Command(
            name = "create",
            description = "Let people sign in by one more. The answer has the redirect URIs to register there.")
    static final class Create extends AdminCommand {
        @Option(names = "--name", required = true, paramLabel = "NAME", description = "a-z, 0-9, `-`; never another")
        String name = "";

        @Option(names = "--issuer", required = true, paramLabel = "URL", description = "never another")
        String issuer = "";

        @Option(names = "--client-id", required = true, paramLabel = "ID", description = "who we are there")
        String clientId = "";

        @Mixin
        Attributes attributes = new Attributes();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = Json.Obj.EMPTY
                    .with("name", name)
                    .with("issuer", issuer)
                    .with("client_id", clientId)
                    .with("apis", Json.strings(attributes.apis));
            output.one(client.createIdentityProvider(attributes.put(body)));
        }
    }

    @Command(
            name = "update",
            description = "Change it; what is left out stays. A list takes the place of the list before.")
    static final class Update extends AdminCommand {
        @Parameters(paramLabel = "ID", description = "the public id: idp_...")
        String id = "";

        @Option(names = "--client-id", paramLabel = "ID", description = "who we are there")
        Optional<String> clientId = Optional.empty();

        @Option(names = "--on", description = "people sign in by it")
        boolean on;

        @Option(names = "--off", description = "nobody does, and what was opened by it ends")
        boolean off;

        @Mixin
        Attributes attributes = new Attributes();

        @Override
        void ask(AdminClient client) {
            if (on && off) {
                throw Complaint.usage("--on and --off exclude each other");
            }
            Json.Obj body = attributes.put(
                    clientId.map(one -> Json.Obj.EMPTY.with("client_id", one)).orElse(Json.Obj.EMPTY));
            Json.Obj whole = on || off ? body.with("active", new Json.Bool(on)) : body;
            if (whole.members().isEmpty()) {
                throw Complaint.usage("nothing to change; --help shows what can be given");
            }
            output.one(client.patch(id, whole, Guard.NONE).json());
        }
    }

    @Command(
            name = "remove",
            description = "Take it away, with everything linked to it and everything that was opened by that.")
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "ID", description = "the public id: idp_...")
        String id = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.delete(id, Guard.NONE).answer());
        }
    }
}
