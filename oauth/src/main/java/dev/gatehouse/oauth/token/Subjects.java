package dev.gatehouse.oauth.token;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;

/// What clients know users as (`sub`, OpenID Connect Core section 8): their id, or, of a client that chose `pairwise`,
/// a name that is the same for all clients of its sector at an Api and tells nobody else who that is. It is computed,
/// so nothing is kept of it.
public final class Subjects {
    private final HmacSha256 key;

    /// @param key never another one: with it every client of a sector would meet strangers
    public Subjects(HmacSha256 key) {
        this.key = key;
    }

    /// The name of a user.
    ///
    /// @param client whose users are meant
    public String of(Id user, Id api, ClientTerms client) {
        return client.sector().map(sector -> pairwise(user, api, sector)).orElseGet(user::text);
    }

    /// No host and no id has a line feed in it.
    private String pairwise(Id user, Id api, String sector) {
        String text = sector + '\n' + api.text() + '\n' + user.text();
        return Base64Url.encode(key.mac(text.getBytes(StandardCharsets.UTF_8)));
    }
}
