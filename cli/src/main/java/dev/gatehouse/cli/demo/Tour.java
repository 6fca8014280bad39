package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.DemoApi;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import java.nio.file.Path;

/// The lines to paste. They read the secrets out of `demo.json`, so that no secret stands on the screen.
public final class Tour {
    private Tour() {}

    /// The lines for a demo in a folder.
    public static String of(DemoFile file, Path folder) {
        DemoApi api = file.apis().getFirst();
        DemoCredential pair = api.keyPair().orElseThrow();
        String admin = file.admin().base() + "/v1/credentials/" + pair.credential();
        return """
                DEMO='%1$s'
                SECRET=$(grep -o 'ghs_[A-Za-z0-9_]*' "$DEMO" | head -n 1) ADMIN=$(grep -o 'ghk_[A-Za-z0-9_]*' "$DEMO" | head -n 1)

                # 1. refused: a stranger
                curl -i %2$s%3$s

                # 2. a token for the key pair
                TOKEN=$(curl -s -u "%4$s:$SECRET" -d grant_type=client_credentials %5$s/oauth2/token | grep -o '"access_token":"[^"]*"' | cut -d '"' -f 4)

                # 3. allowed: the upstream answers with what it received
                curl -i -H "Authorization: Bearer $TOKEN" %2$s%3$s

                # 4. suspend the key pair
                curl -X POST -H "Authorization: Bearer $ADMIN" -H 'Content-Type: application/json' -d '{}' %6$s/suspend

                # 5. refused again: the same token
                curl -i -H "Authorization: Bearer $TOKEN" %2$s%3$s

                # 6. resume, and it is allowed again
                curl -X POST -H "Authorization: Bearer $ADMIN" -H 'Content-Type: application/json' -d '{}' %6$s/resume
                curl -i -H "Authorization: Bearer $TOKEN" %2$s%3$s
                """.formatted(
                        folder.resolve(DemoFile.NAME),
                        api.base(),
                        api.probe().path(),
                        pair.id().orElseThrow(),
                        api.issuer(),
                        admin);
    }
}
