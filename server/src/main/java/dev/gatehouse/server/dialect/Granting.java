package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.endpoint.OnGrants;
import dev.gatehouse.oauth.endpoint.OnGrants.Given;
import dev.gatehouse.oauth.token.RefreshTokens;
import dev.gatehouse.server.http.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Tokens on what users grant applications, in the dialect's form. The user is asked by the authorization endpoint
/// and on the pages that every Api with users has.
final class Granting {
    /// What it is called here, and by RFC 6749 section 4.1 and RFC 7636 section 4.
    private static final Map<Input, String> NAMES = Map.of(
            Input.CLIENT_ID, "client_id",
            Input.CLIENT_SECRET, "client_secret",
            Input.CODE, "code",
            Input.VERIFIER, "code_verifier",
            Input.REDIRECT, "redirect_uri",
            Input.CHALLENGE, "code_challenge",
            Input.STATE, "state",
            Input.SCOPES, "scope");

    private final Desk desk;
    private final TokenReply replies;

    Granting(Desk desk) {
        this.desk = desk;
        this.replies = new TokenReply(desk);
    }

    private static Form form(Asked asked) {
        Map<String, String> values = new HashMap<>();
        NAMES.forEach((input, name) ->
                asked.shown().get(input).map(Secret::reveal).ifPresent(value -> values.put(name, value)));
        return new Form(values);
    }

    /// On to where the user is asked. What is wrong with the request is told there.
    Outcome authorize(Asked asked) {
        if (!asked.api().openId()) {
            return new Outcome.Answer(asked.refused(new Refusal.NotFound()));
        }
        Form form = form(asked).with("response_type", "code").with("code_challenge_method", "S256");
        return new Outcome.Answer(new Reply(asked.endpoint().answer().status(), List.of(), new Body.Empty(), false)
                .with("Location", Metadata.AUTHORIZE_PATH + "?" + form.text())
                .with("Cache-Control", "no-store"));
    }

    Outcome redeem(Asked asked) {
        return answered(asked, grants -> grants.redeem(asked.http(), asked.api(), form(asked), presenting(asked)));
    }

    /// Whether a refresh token is one of those that users grant.
    static boolean granted(Asked asked) {
        return asked.shown()
                .get(Input.REFRESH_TOKEN)
                .filter(RefreshTokens::recognises)
                .isPresent();
    }

    /// With the access token that came with it, which may be over (GAUNTLET D05).
    Outcome refresh(Asked asked) {
        return answered(
                asked,
                grants -> beside(asked)
                        .map(grant -> grants.refresh(
                                asked.http(), asked.api(), asked.need(Input.REFRESH_TOKEN), grant, presenting(asked)))
                        .orElseGet(() -> new Given.None(
                                new Refusal.BadCredential("the access token is of nothing that a user granted"))));
    }

    private Optional<Id> beside(Asked asked) {
        return asked.shown()
                .get(Input.ACCESS_TOKEN)
                .map(token -> desk.tokens().readLoading(token, asked.api()))
                .flatMap(read -> read instanceof TokenReader.Read.Proven proven
                        ? proven.claims().lineage().granted()
                        : Optional.empty())
                .map(Lineage.Granted::grant);
    }

    /// The organization that the request names; the client has proven itself.
    private static UnaryOperator<Presented> presenting(Asked asked) {
        return grant -> Presenting.forOrganization(grant, asked.shown());
    }

    private Outcome answered(Asked asked, Function<OnGrants, Given> given) {
        return asked.blocking(Outcome.Work.MINT, () -> switch (given.apply(desk.onGrants())) {
            case Given.None(Refusal refusal) -> asked.refused(refusal);
            case Given.Some some ->
                replies.of(
                        asked,
                        some.access(),
                        some.refresh()
                                .map(Secret::reveal)
                                .map(refresh -> Result.NONE.with(Output.REFRESH_TOKEN, refresh))
                                .orElse(Result.NONE));
        });
    }
}
