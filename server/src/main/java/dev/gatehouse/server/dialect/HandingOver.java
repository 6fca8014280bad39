package dev.gatehouse.server.dialect;

import dev.gatehouse.connect.authorize.ConnectFailure;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.server.connect.ConnectPaths;
import dev.gatehouse.server.connect.HandOver;
import dev.gatehouse.server.connect.HandOver.Came;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.http.OwnCookies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Browsers that go to a platform and come back to a page with what the platform gave.
final class HandingOver {
    private final Desk desk;
    private final HandOver handOver;

    HandingOver(Desk desk) {
        this.desk = desk;
        this.handOver = new HandOver(desk.store(), desk.outbound(), desk.pepper(), desk.random());
    }

    /// Who asks has shown nothing yet, so its address is charged.
    private Outcome charging(Asked asked, Supplier<Outcome> served) {
        return switch (desk.limiter().browser(asked.api(), asked.http().from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> new Outcome.Answer(asked.refused(refusal));
            case Charge.Made _ -> served.get();
        };
    }

    /// Sends one there. A page that is not listed is never gone to, not even with an error (GAUNTLET J05).
    Outcome begin(Asked asked) {
        return charging(asked, () -> begun(asked));
    }

    private Outcome begun(Asked asked) {
        Reply reply = handOver.begin(
                        asked.api(),
                        asked.need(Input.PLATFORM).reveal(),
                        asked.need(Input.REDIRECT).reveal())
                .map(begun -> new Reply(302, List.of(), new Body.Empty(), false)
                        .with("Location", begun.url())
                        .with(
                                "Set-Cookie",
                                OwnCookies.CONNECT.set(begun.cookie().reveal(), secure(asked.http(), asked.api()))))
                .orElseGet(() -> asked.refused(new Refusal.NotFound()));
        return new Outcome.Answer(reply);
    }

    /// The platform whose callback a request is for, as its path spells it.
    static Optional<String> callback(HttpFacts head) {
        return ConnectPaths.platform(head.path()).filter(_ -> head.method().equals("GET"));
    }

    /// Takes one back.
    ///
    /// @param asked as if it asked for the endpoint that sent it
    Outcome back(Asked asked, String platform) {
        return charging(asked, () -> came(asked, platform));
    }

    private Outcome came(Asked asked, String platform) {
        HttpFacts http = asked.http();
        return OwnCookies.CONNECT
                .read(http, secure(http, asked.api()))
                .map(Secret::of)
                .map(secret -> asked.blocking(
                        Outcome.Work.PLATFORM,
                        () -> told(asked, handOver.back(http, asked.api(), platform, parameters(http), secret))))
                .orElseGet(() -> new Outcome.Answer(strange(asked)));
    }

    private Reply told(Asked asked, Came came) {
        return switch (came) {
            case Came.Gave(String redirect, String address, Parts parts) ->
                cleared(asked, asked.sentBack(given(address, parts), redirect));
            case Came.Not(String redirect, ConnectFailure why) ->
                cleared(asked, asked.sentBack(Result.NONE.with(Output.ERROR, why.word()), redirect));
            case Came.Strange() -> strange(asked);
        };
    }

    private static Reply cleared(Asked asked, Reply reply) {
        return reply.with("Set-Cookie", OwnCookies.CONNECT.cleared(secure(asked.http(), asked.api())));
    }

    private static Result given(String address, Parts parts) {
        Result result = Result.NONE.with(Output.INSTANCE_URL, address);
        Result access = parts.part("access_token")
                .map(token -> result.with(Output.UPSTREAM_ACCESS_TOKEN, token.reveal()))
                .orElse(result);
        return parts.part("refresh_token")
                .map(token -> access.with(Output.UPSTREAM_REFRESH_TOKEN, token.reveal()))
                .orElse(access);
    }

    private Reply strange(Asked asked) {
        desk.observations().turnedAway(asked.http(), asked.api().name(), "foreign_return");
        return asked.told(Fault.malformed("this browser was not sent from here, or it came before"));
    }

    /// What came in the query; nothing when it cannot be read or says something twice.
    private static Map<String, String> parameters(HttpFacts http) {
        return http.query()
                .flatMap(query -> Form.parse(query.getBytes(StandardCharsets.ISO_8859_1)))
                .map(Form::values)
                .orElse(Map.of());
    }

    /// Whether browsers reach the Api over TLS.
    private static boolean secure(HttpFacts http, Api api) {
        return http.secure() || api.issuer().startsWith("https://");
    }
}
