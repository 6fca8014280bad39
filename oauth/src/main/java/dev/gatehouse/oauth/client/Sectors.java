package dev.gatehouse.oauth.client;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Whether a client is of the sector that it says (OpenID Connect Core section 8.1, Registration section 5): its
/// redirect URIs have to be in the list that it names, or it would learn what another site calls its users.
/// Looked at when terms are written down, and not again.
public final class Sectors {
    /// Goes nowhere.
    public static final Sectors NONE = new Sectors(KeyFetch.NONE);

    /// The longest list.
    public static final int MAX_LENGTH = 16 * 1024;

    private final KeyFetch fetch;

    /// @param fetch answers within seconds, with no more than [#MAX_LENGTH] bytes
    public Sectors(KeyFetch fetch) {
        this.fetch = fetch;
    }

    /// Why it is not. Blocks where terms name a list.
    public Optional<String> mistake(ClientTerms terms) {
        Optional<RedirectUri> uri = terms.openId().sectorUri();
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Json>> listed = fetch.fetch(uri.get().text())
                .flatMap(text -> StrictJson.object(("{\"uris\":" + text + "}").getBytes(StandardCharsets.UTF_8)))
                .filter(read -> read.byName().size() == 1)
                .flatMap(read -> read.byName().get("uris") instanceof Json.Items(List<Json> uris)
                        ? Optional.of(uris)
                        : Optional.empty());
        if (listed.isEmpty()) {
            return Optional.of("no list of redirect URIs was found at sector_identifier_uri");
        }
        boolean all =
                terms.redirects().stream().allMatch(redirect -> listed.get().contains(new Json.Text(redirect.text())));
        return all ? Optional.empty() : Optional.of("a redirect URI is not in the list at sector_identifier_uri");
    }
}
