package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.http.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// One path of pages.
///
/// @param there whether an Api has it
/// @param seen the work that a GET is; where it is more than looking, HEAD is not taken
/// @param posted the work that a POST is
/// @param ahead puts something before what blocks
/// @param answer may block
record PageEndpoint(
        Later later,
        Visits visits,
        Replies replies,
        Predicate<Api> there,
        Set<String> methods,
        Outcome.Work seen,
        Outcome.Work posted,
        Ahead ahead,
        Function<Visit, Reply> answer)
        implements OwnEndpoint {
    private static final Duration YEAR = Duration.ofDays(365);

    /// What comes before a page.
    @FunctionalInterface
    interface Ahead {
        /// Nothing.
        Ahead NOTHING = (_, _, next) -> next;

        /// What to do with a request, before this.
        Outcome before(HttpFacts http, Api api, Outcome next);
    }

    @Override
    public Outcome answer(HttpFacts head, Api api) {
        boolean looks = seen == Outcome.Work.VERIFY;
        String method = head.method().equals("HEAD") && looks ? "GET" : head.method();
        Texts texts = visits.languages().wished(head);
        if (!there.test(api)) {
            return new Outcome.Answer(replies.error(404, texts, texts.of("error.nobody")));
        }
        if (!methods.contains(method)) {
            return new Outcome.Answer(replies.error(405, texts, texts.of("error.request"))
                    .with("Allow", String.join(", ", new TreeSet<>(methods))));
        }
        return method.equals("GET")
                ? blocking(seen, head, api)
                : new Outcome.ReadBody(
                        TokenEndpoint.MAX_BODY,
                        http -> later.go(http, api, (whole, now) -> blocking(posted, whole, now)));
    }

    private Outcome blocking(Outcome.Work work, HttpFacts http, Api api) {
        return ahead.before(http, api, new Outcome.Block(work, () -> new Outcome.Answer(now(http, api))));
    }

    private Reply now(HttpFacts http, Api api) {
        try {
            return switch (visits.of(http, api)) {
                case Visits.Seen.Come(Visit visit) -> byHttps(http, api, visit.reply(answer.apply(visit)));
                case Visits.Seen.Later(Duration after) ->
                    replies.tooMany(visits.languages().wished(http), after);
            };
        } catch (FactsUnavailable e) {
            return replies.unavailable(visits.languages().wished(http));
        }
    }

    /// A browser that was here once comes by https from then on, whatever is between (FAPI 2.0 Security Profile
    /// section 5.2.3, RFC 6797). Other Apis may be beside something that is there by http alone.
    private static Reply byHttps(HttpFacts http, Api api, Reply reply) {
        return http.secure() && api.clients().profile().isPresent()
                ? reply.with("Strict-Transport-Security", "max-age=" + YEAR.toSeconds())
                : reply;
    }

    @Override
    public Reply unavailable(String detail) {
        return replies.unavailable(visits.languages().offered().getFirst());
    }
}
