package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse connection finish`.
@Command(name = "finish", description = "Make the connection of a browser that came back. Until then there is none.")
final class FinishCommand extends AdminCommand {
    @Parameters(paramLabel = "CSESS", description = "connect_session, as the browser came with it")
    String session = "";

    @Option(
            names = "--code-file",
            required = true,
            paramLabel = "FILE",
            description = "file with the connect_code that the browser came with; - for standard input")
    String codeFile = "";

    @Option(
            names = "--began-by",
            required = true,
            paramLabel = "WHO",
            description = "who uses that browser; nothing is made when the link was for somebody else")
    String beganBy = "";

    @Option(
            names = "--other-account",
            description = "connect again even though it is another account at the platform than before")
    boolean otherAccount;

    @Override
    void ask(AdminClient client) {
        Json.Obj said = Json.Obj.EMPTY
                .with("code", Secrets.read(Terminal.of(output.mixee), codeFile).reveal())
                .with("began_by", beganBy);
        Json.Obj body = otherAccount ? said.with("other_account", new Json.Bool(true)) : said;
        output.one(client.finishConnectSession(session, body));
    }
}
