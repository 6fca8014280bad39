package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gatehouse connection link`.
@Command(
        name = "link",
        description = "Begin a connection that a person makes in a browser: prints the link, which works once.")
final class LinkCommand extends AdminCommand {
    @Option(names = "--org", required = true, paramLabel = "ORG", description = "whose the connection will be")
    String organization = "";

    @Option(names = "--api", required = true, paramLabel = "API", description = "at whose address the pages are")
    String api = "";

    @Option(names = "--platform", paramLabel = "TYPE", description = "a type that `gatehouse platform list` names")
    String platform = "";

    @Option(names = "--name", paramLabel = "NAME", description = "the organization's own name for it; unique there")
    String name = "";

    @Option(names = "--again", paramLabel = "CONN", description = "connect this one again, in place of a new one")
    String again = "";

    @Option(
            names = "--began-by",
            required = true,
            paramLabel = "WHO",
            description = "whom the link is for, as your system knows that person")
    String beganBy = "";

    @Option(
            names = "--return-to",
            required = true,
            paramLabel = "URL",
            description = "where the browser goes at the end: one of the Api's return_to")
    String returnTo = "";

    @Option(
            names = "--fields",
            paramLabel = "FILE",
            description = "file of lines NAME=VALUE with what the platform's addresses need; - for standard input")
    String fields = "";

    @Override
    void ask(AdminClient client) {
        Json.Obj body =
                Json.Obj.EMPTY.with("api", api).with("began_by", beganBy).with("return_to", returnTo);
        body = again.isEmpty() ? body : body.with("connection", again);
        body = platform.isEmpty() ? body : body.with("platform", platform);
        body = name.isEmpty() ? body : body.with("name", name);
        body = fields.isEmpty() ? body : body.with("fields", Secrets.fields(Terminal.of(output.mixee), fields));
        output.one(client.createConnectSession(organization, body));
    }
}
