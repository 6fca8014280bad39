package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Knock;
import dev.gatehouse.client.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse verify`.
@Command(
        name = "verify",
        description =
                "Call a route of a protected Api with a token or API key and say whether Gatehouse let it through.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse token --demo DIR | gatehouse verify http://127.0.0.1:8480/orders --credential-file -",
            "  gatehouse verify http://127.0.0.1:8480/orders      (as a stranger)"
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "the route, as callers see it")
    URI url = URI.create("");

    @Option(
            names = {"-X", "--method"},
            paramLabel = "METHOD",
            description = "default: ${DEFAULT-VALUE}")
    String method = "GET";

    @Option(
            names = "--credential-file",
            paramLabel = "FILE",
            description = "file with a token or API key, - for standard input (else none is sent)")
    Optional<String> file = Optional.empty();

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() {
        Optional<Secret> credential = file.map(name -> Secrets.read(Terminal.of(output.mixee), name));
        Knock.Answer answer = Knock.at(method, url, credential);
        Json.Obj told = Json.Obj.EMPTY
                .with("allowed", new Json.Bool(answer.allowed()))
                .with("status", Json.of(answer.status()));
        told = answer.code().isPresent() ? told.with("code", answer.code().get()) : told;
        told = answer.challenge().isPresent()
                ? told.with("www_authenticate", answer.challenge().get())
                : told;
        output.one(told);
        return answer.allowed() ? Exit.OK : answer.status() == 503 ? Exit.UNAVAILABLE : Exit.REFUSED;
    }
}
