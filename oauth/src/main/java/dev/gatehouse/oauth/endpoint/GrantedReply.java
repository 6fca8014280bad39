package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.quota.QuotaHeaders;
import dev.gatehouse.oauth.token.Minted;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client is sent that redeems or refreshes what a user granted.
final class GrantedReply {
    private GrantedReply() {}

    /// RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3.
    static Reply of(GrantedTokens.Tokens tokens) {
        Map<String, Object> members = new LinkedHashMap<>();
        Minted.Token access = tokens.access().token();
        members.put("access_token", access.text().reveal());
        members.put("token_type", TokenEndpoint.tokenType(access.claims()));
        members.put("expires_in", access.lifeSeconds());
        DetailsParameter.tell(access.claims().scopes(), access.claims().details(), members);
        tokens.refresh().ifPresent(refresh -> members.put("refresh_token", refresh.reveal()));
        tokens.id().ifPresent(id -> members.put("id_token", id));
        Reply reply = Reply.json(200, members).with("Cache-Control", "no-store").with("Pragma", "no-cache");
        return tokens.access()
                .charge()
                .left()
                .map(left -> QuotaHeaders.on(reply, left))
                .orElse(reply);
    }
}
