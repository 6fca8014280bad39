package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.server.connect.ConnectFlow;
import dev.gatehouse.server.connect.ConnectFlow.Asked;
import dev.gatehouse.server.connect.ConnectFlow.Begun;
import dev.gatehouse.server.connect.ConnectFlow.Came;
import dev.gatehouse.server.connect.ConnectPaths;
import dev.gatehouse.server.http.OwnCookies;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Where a link leads a person who connects an account at a platform: a question that says who asks, the way to
/// the platform, and back. Looking at a link takes nothing of it, because programs look at links too; the form
/// does.
record ConnectPages(PageDesk desk, FormTokens tokens, Html html, Replies replies) {
    private static final String FORM = "connect";

    Reply seen(Visit visit) {
        Optional<Secret> link =
                parameters(visit.http()).value(ConnectPaths.LINK).flatMap(ConnectPages::secret);
        return link.flatMap(secret -> flow().asked(secret, visit.api()).map(asked -> question(visit, secret, asked)))
                .orElseGet(() -> over(visit));
    }

    /// What came in the query; nothing when it cannot be read or says something twice.
    private static Form parameters(HttpFacts http) {
        return http.query()
                .flatMap(query -> Form.parse(query.getBytes(StandardCharsets.ISO_8859_1)))
                .orElseGet(() -> new Form(Map.of()));
    }

    private static Optional<Secret> secret(String text) {
        return Paths.isLink(text) ? Optional.of(Secret.of(text)) : Optional.empty();
    }

    private Reply question(Visit visit, Secret link, Asked asked) {
        ConnectSession session = asked.session();
        View view = new View.Connect(
                tokens.make(FORM, visit.holder()),
                link.reveal(),
                Texts.plain(asked.platform()),
                Texts.plain(asked.organization()),
                Texts.plain(session.beganBy()),
                asked.leads(),
                origin(session.returnTo()));
        return html.page(200, visit.texts(), view);
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// A page of its own between the form and the platform: browsers would hold every redirect that a platform
    /// makes against the `form-action` of ours.
    Reply posted(Visit visit, Form form) {
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return replies.strange(visit.texts());
        }
        Optional<Secret> link = form.value(ConnectPaths.LINK).flatMap(ConnectPages::secret);
        Optional<Asked> asked = link.flatMap(secret -> flow().asked(secret, visit.api()));
        return link.flatMap(secret -> asked.flatMap(one ->
                        flow().begin(secret, visit.api(), visit.http()).map(begun -> leaving(visit, one, begun))))
                .orElseGet(() -> over(visit));
    }

    private Reply leaving(Visit visit, Asked asked, Begun begun) {
        Texts texts = visit.texts();
        return replies.onwards(
                        texts,
                        texts.of("connect.leaving", asked.platform()),
                        texts.of("connect.leaving-text"),
                        texts.of("connect.go", asked.platform()),
                        begun.url())
                .with("Set-Cookie", OwnCookies.CONNECT.set(begun.ticket().text().reveal(), visit.secure()));
    }

    /// A browser that a platform has sent back.
    Reply back(Visit visit, String platform) {
        HttpFacts http = visit.http();
        Optional<String> cookie = OwnCookies.CONNECT.read(http, visit.secure());
        return switch (flow().back(http, visit.api(), platform, parameters(http).values(), cookie)) {
            case Came.On(ConnectSession session, Map<String, String> told) ->
                cleared(visit, Replies.see(with(session.returnTo(), told)));
            case Came.Nowhere() ->
                cleared(visit, replies.error(400, visit.texts(), visit.texts().of("connect.nowhere")));
            case Came.Strange() -> {
                desk.observations().turnedAway(http, visit.api().name(), "foreign_return");
                yield replies.error(400, visit.texts(), visit.texts().of("connect.strange"));
            }
        };
    }

    private static Reply cleared(Visit visit, Reply reply) {
        return reply.with("Set-Cookie", OwnCookies.CONNECT.cleared(visit.secure()));
    }

    private static String with(String url, Map<String, String> told) {
        return url
                + new TreeMap<>(told)
                        .entrySet().stream()
                                .map(one ->
                                        one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private Reply over(Visit visit) {
        return replies.error(404, visit.texts(), visit.texts().of("connect.over"));
    }

    private ConnectFlow flow() {
        return desk.connect();
    }
}
