package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Knock;
import dev.gatehouse.client.Secret;
import dev.gatehouse.client.TokenClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The tour, made by the program itself: the launcher runs it once after a build, so that what a start and the
/// first calls load is in the cache of classes.
public final class Rehearsal {
    private Rehearsal() {}

    /// Makes the calls.
    ///
    /// @throws DemoException when one is not answered as the tour says
    public static void of(DemoFile file) {
        DemoApi api = file.apis().getFirst();
        DemoCredential pair = api.keyPair().orElseThrow();
        URI route = api.base().resolve(api.probe().path());
        try (AdminClient admin =
                        new AdminClient(file.admin().base(), file.admin().key());
                TokenClient tokens =
                        new TokenClient(URI.create(api.issuer()), pair.id().orElseThrow(), pair.secret(), List.of())) {
            expect(401, route, Optional.empty());
            Optional<Secret> token = Optional.of(tokens.token().value());
            expect(200, route, token);
            for (DemoCredential credential : api.credentials()) {
                if (credential.kind().equals(DemoCredential.API_KEY)) {
                    expect(200, route, Optional.of(credential.secret()));
                }
            }
            admin.act(Action.SUSPEND, pair.credential(), Json.Obj.EMPTY);
            expect(401, route, token);
            admin.act(Action.RESUME, pair.credential(), Json.Obj.EMPTY);
            expect(200, route, token);
        }
    }

    private static void expect(int status, URI route, Optional<Secret> credential) {
        int answered = Knock.at("GET", route, credential).status();
        if (answered != status) {
            throw new DemoException(route + " answered " + answered + " instead of " + status);
        }
    }
}
