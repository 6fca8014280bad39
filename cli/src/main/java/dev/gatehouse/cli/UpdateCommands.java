package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Changes attributes of one member or role; what is not named stays as it is.
final class UpdateCommands {
    private static final String WHAT = "Change what is given; the rest stays as it is.";

    private UpdateCommands() {}

    /// A change of one of them, by its id.
    abstract static class Update extends AdminCommand {
        @Parameters(paramLabel = "ID", description = "the public id")
        String id = "";

        @Option(names = "--name", paramLabel = "NAME", description = "another name")
        Optional<String> name = Optional.empty();

        @Override
        void ask(AdminClient client) {
            Json.Obj body =
                    change(name.map(text -> Json.Obj.EMPTY.with("name", text)).orElse(Json.Obj.EMPTY));
            if (body.members().isEmpty()) {
                throw Complaint.usage("nothing to change; --help shows what can be given");
            }
            output.one(client.patch(id, body, Guard.NONE).json());
        }

        /// Adds what this kind of thing has besides a name.
        Json.Obj change(Json.Obj named) {
            return named;
        }
    }

    @Command(name = "update", description = WHAT)
    static final class OfOrganization extends Update {
        @Mixin
        FirstKeyOption first = new FirstKeyOption();

        @Mixin
        DefaultRoleOption role = new DefaultRoleOption();

        @Mixin
        AccessOption access = new AccessOption();

        @Mixin
        SecondFactorOption second = new SecondFactorOption();

        @Override
        Json.Obj change(Json.Obj named) {
            return role.put(second.put(access.put(first.put(named))));
        }
    }

    @Command(name = "update", description = WHAT)
    static final class OfCustomer extends Update {}

    /// A user has claims and a username instead of a name.
    @Command(name = "update", description = WHAT)
    static final class OfUser extends MemberCommands.One {
        @Option(names = "--username", paramLabel = "NAME", description = "another username")
        Optional<String> username = Optional.empty();

        @Option(
                names = "--claim",
                paramLabel = "CLAIM=VALUE",
                description = "a standard claim of its profile, such as email or given_name; may be repeated")
        Map<String, String> claims = Map.of();

        @Option(names = "--no-claim", paramLabel = "CLAIM", description = "takes a claim away; may be repeated")
        List<String> gone = List.of();

        @Override
        void ask(AdminClient client) {
            Json.Obj named =
                    username.map(text -> Json.Obj.EMPTY.with("username", text)).orElse(Json.Obj.EMPTY);
            Json.Obj body = UserCommand.claims(named, claims);
            for (String claim : gone) {
                body = body.with(claim, new Json.Null());
            }
            if (body.members().isEmpty()) {
                throw Complaint.usage("nothing to change; --help shows what can be given");
            }
            output.one(client.patch(id, body, Guard.NONE).json());
        }
    }

    @Command(name = "update", description = WHAT)
    static final class OfMembership extends MemberCommands.One {
        @Mixin
        OtherRoleOption role = new OtherRoleOption();

        @Override
        void ask(AdminClient client) {
            Json.Obj body = role.put(Json.Obj.EMPTY);
            if (body.members().isEmpty()) {
                throw Complaint.usage("nothing to change; --help shows what can be given");
            }
            output.one(client.patch(id, body, Guard.NONE).json());
        }
    }

    @Command(name = "update", description = WHAT)
    static final class OfApplication extends Update {
        @Mixin
        OtherRoleOption role = new OtherRoleOption();

        @Option(
                names = "--token-life",
                paramLabel = "SECONDS",
                description = "how long its tokens live, within what an Api lets")
        Optional<Long> tokenLife = Optional.empty();

        @Option(names = "--usual-token-life", description = "its tokens live as long as others")
        boolean usualTokenLife;

        @Mixin
        ClientOptions terms = new ClientOptions();

        @Override
        Json.Obj change(Json.Obj named) {
            Json.Obj granted = role.put(named);
            exclude(tokenLife.isPresent(), "--token-life", usualTokenLife, "--usual-token-life");
            Json.Obj usual = usualTokenLife ? granted.with("token_life_seconds", new Json.Null()) : granted;
            return terms.put(tokenLife
                    .map(seconds -> usual.with("token_life_seconds", Json.of(seconds)))
                    .orElse(usual));
        }
    }

    @Command(name = "update", description = WHAT)
    static final class OfKey extends Update {
        @Option(
                names = "--scope",
                paramLabel = "API=SCOPE",
                description = "these scopes instead of the ones it has; several times for more")
        List<String> scopes = List.of();

        @Option(names = "--whole-role", description = "all that the application's role gives, now and later")
        boolean wholeRole;

        @Option(names = "--address", paramLabel = "CIDR", description = "only from these networks")
        List<String> addresses = List.of();

        @Option(names = "--any-address", description = "from everywhere")
        boolean anyAddress;

        @Option(names = "--at-api", paramLabel = "API", description = "only at these Apis")
        List<String> apis = List.of();

        @Option(names = "--any-api", description = "at every Api")
        boolean anyApi;

        @Option(names = "--origin", paramLabel = "ORIGIN", description = "of a domain_key: only by these pages")
        List<String> origins = List.of();

        @Option(
                names = "--rate",
                paramLabel = "RATE",
                description =
                        "how often it may be used, such as 600/60 for 600 requests in 60 seconds, or 600/60,100 for"
                                + " at most 100 at once")
        Optional<String> rate = Optional.empty();

        @Option(names = "--no-rate", description = "as often as its Api lets it")
        boolean noRate;

        @Override
        Json.Obj change(Json.Obj named) {
            exclude(!scopes.isEmpty(), "--scope", wholeRole, "--whole-role");
            exclude(rate.isPresent(), "--rate", noRate, "--no-rate");
            Json.Obj body = wholeRole ? named.with("scopes", "role") : named;
            body = scopes.isEmpty() ? body : body.with("scopes", Scopes.byApi(scopes));
            body = origins.isEmpty() ? body : body.with("origins", Json.strings(origins));
            body = rate.isPresent() ? body.with("rate", Rates.read(rate.get())) : body;
            body = noRate ? body.with("rate", new Json.Null()) : body;
            body = list(body, "addresses", addresses, "--address", anyAddress, "--any-address");
            return list(body, "apis", apis, "--at-api", anyApi, "--any-api");
        }

        private static Json.Obj list(
                Json.Obj body, String member, List<String> values, String option, boolean none, String noneOption) {
            exclude(!values.isEmpty(), option, none, noneOption);
            if (none) {
                return body.with(member, new Json.Null());
            }
            return values.isEmpty() ? body : body.with(member, Json.strings(values));
        }
    }

    @Command(name = "update", description = WHAT)
    static final class OfRole extends Update {
        @Option(
                names = "--scope",
                paramLabel = "API=SCOPE",
                description = "these rights instead of the ones it has; several times for more")
        List<String> scopes = List.of();

        @Override
        Json.Obj change(Json.Obj named) {
            return scopes.isEmpty() ? named : named.with("rights", Scopes.byApi(scopes));
        }
    }

    private static void exclude(boolean one, String oneOption, boolean other, String otherOption) {
        if (one && other) {
            throw Complaint.usage(oneOption + " and " + otherOption + " exclude each other");
        }
    }
}
