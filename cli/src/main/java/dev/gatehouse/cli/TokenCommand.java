package dev.gatehouse.cli;

import dev.gatehouse.cli.demo.DemoFile;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import dev.gatehouse.client.Token;
import dev.gatehouse.client.TokenClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse token`.
@Command(
        name = "token",
        description = "Get an access token for a client id and its secret. Prints the token and nothing else.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  TOKEN=$(gatehouse token --demo DIR)",
            "  gatehouse token --issuer https://api.example.com --client-id shop --secret-file secret --scope orders:read"
        })
final class TokenCommand implements Callable<Integer> {
    @Option(names = "--issuer", paramLabel = "URL", description = "the Api's issuer")
    Optional<URI> issuer = Optional.empty();

    @Option(names = "--client-id", paramLabel = "ID", description = "the application's public id")
    Optional<String> clientId = Optional.empty();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "file with the client secret, - for standard input (else GATEHOUSE_CLIENT_SECRET)")
    Optional<String> secretFile = Optional.empty();

    @Option(names = "--scope", paramLabel = "SCOPE", description = "ask for this only; several times for more")
    List<String> scopes = List.of();

    @Option(names = "--customer", paramLabel = "CUSTOMER", description = "act for this customer: cust_...")
    Optional<String> customer = Optional.empty();

    @Option(
            names = "--demo",
            paramLabel = "DIR",
            description = "take issuer, client id and secret from the demo in this folder")
    Optional<Path> demo = Optional.empty();

    @Mixin
    Output output = new Output();

    private record Client(URI issuer, String id, Secret secret) {}

    @Override
    public Integer call() {
        Client client = demo.map(TokenCommand::ofDemo).orElseGet(this::ofOptions);
        try (TokenClient tokens = new TokenClient(client.issuer(), client.id(), client.secret(), scopes)) {
            print(customer.map(tokens::actingFor).orElseGet(tokens::token));
        }
        return Exit.OK;
    }

    private void print(Token token) {
        switch (output.format) {
            case table, id -> output.println(token.value().reveal());
            case json ->
                output.one(Json.Obj.EMPTY
                        .with("access_token", token.value().reveal())
                        .with("token_type", token.type())
                        .with("expires_in", Json.of(token.life().toSeconds()))
                        .with("scope", String.join(" ", token.scopes())));
        }
    }

    private static Client ofDemo(Path folder) {
        DemoFile.DemoApi api = Demos.read(folder).apis().getFirst();
        DemoFile.DemoCredential pair =
                api.keyPair().orElseThrow(() -> Complaint.usage("the demo in " + folder + " has no key pair"));
        return new Client(URI.create(api.issuer()), pair.id().orElseThrow(), pair.secret());
    }

    private Client ofOptions() {
        Terminal terminal = Terminal.of(output.mixee);
        if (issuer.isEmpty() || clientId.isEmpty()) {
            throw Complaint.usage("give --issuer and --client-id, or --demo DIR");
        }
        Secret secret = secretFile
                .map(file -> Secrets.read(terminal, file))
                .or(() -> terminal.variable(Connection.CLIENT_SECRET).map(Secret::of))
                .orElseThrow(() -> Complaint.usage("give the secret by --secret-file or " + Connection.CLIENT_SECRET));
        return new Client(issuer.get(), clientId.get(), secret);
    }
}
