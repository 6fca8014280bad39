package dev.gatehouse.server.pages;

import dev.gatehouse.connect.platform.Catalogue;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.FormRequest;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.connect.ConnectPaths;
import dev.gatehouse.server.federation.FederationPaths;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.http.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// The pages of an Api, by path. The composition of this package.
public final class PageEndpoints {
    private static final String CACHED = "public, max-age=86400";
    private static final Outcome NONE = new Outcome.Answer(
            Reply.problem(404, "not_found", "There is no such file.").with("Cache-Control", "no-store"));

    private final PageDesk desk;
    private final Visits visits;
    private final Replies replies;
    private final Map<String, OwnEndpoint> all = new HashMap<>();

    private PageEndpoints(PageDesk desk, NodeConfig.Pages look, boolean letters) {
        Style style = Style.of(look);
        Html html = new Html(
                look.name(), look.logo().isPresent(), style.path(), Style.scriptPath(), Style.scriptIntegrity());
        this.desk = desk;
        Languages languages = Languages.shipped();
        this.visits = new Visits(desk.verifier(), languages, desk.random());
        this.replies = new Replies(html);
        FormTokens tokens = new FormTokens(desk.key(), desk.store().clock());
        Arrival arrival = new Arrival(desk, replies);
        PasskeyPage passkeys = new PasskeyPage(desk, tokens, arrival);
        FirstFactorPage first = new FirstFactorPage(desk, tokens, html, arrival);
        SecondPage second = new SecondPage(desk, tokens, html, arrival, first);
        FederatedViews federated = new FederatedViews(desk, tokens);
        ClientFaces faces =
                new ClientFaces(desk.store().registrations(), desk.store().clock());
        SignInPage signIn =
                new SignInPage(desk, tokens, html, replies, arrival, second, passkeys, federated, letters, faces);
        PasskeyKeeping keeping = new PasskeyKeeping(desk, passkeys);
        SecurityPage security = new SecurityPage(desk, tokens, html, replies, signIn, keeping);
        AuthorizePages authorize = new AuthorizePages(desk.authorize(), signIn, tokens, html, replies);
        SignOutPage signOut = new SignOutPage(desk, tokens, html, replies, languages);
        AccountPage account = new AccountPage(desk, tokens, html, replies);
        Set<String> both = Set.of("GET", "POST");
        add(Paths.AUTHORIZE, both, Outcome.Work.MINT, authorize::asked);
        add(Paths.LOGOUT, both, Outcome.Work.REVOKE, signOut::asked);
        add(Paths.SIGN_IN, both, Outcome.Work.MINT, visit -> form(visit, signIn::seen, signIn::posted));
        add(
                Paths.SECOND,
                both,
                Outcome.Work.MINT,
                visit -> form(visit, signIn::seen, (from, form) -> second.posted(from, form, signIn)));
        add(
                Paths.FIRST,
                both,
                Outcome.Work.MINT,
                visit -> form(visit, signIn::seen, (from, form) -> first.posted(from, form, signIn)));
        add(
                Paths.PASSKEY,
                both,
                Outcome.Work.MINT,
                visit -> form(visit, signIn::seen, (from, form) -> passkeys.posted(from, form, signIn)));
        add(Paths.SECURITY, both, Outcome.Work.MINT, visit -> form(visit, security::seen, security::posted));
        ForgotPage forgot = new ForgotPage(desk, tokens, html, replies, letters);
        add(Paths.FORGOT, both, Outcome.Work.MINT, visit -> form(visit, forgot::seen, forgot::posted));
        ResetPage reset = new ResetPage(desk, tokens, new ResetLinks(tokens), html, replies, letters);
        add(Paths.RESET, both, Outcome.Work.MINT, visit -> form(visit, reset::seen, reset::posted));
        add(Paths.CONSENT, Set.of("POST"), Outcome.Work.MINT, visit -> posted(visit, authorize::answered));
        add(Paths.SIGN_OUT, both, Outcome.Work.REVOKE, visit -> form(visit, signOut::seen, signOut::posted));
        DevicePages device = new DevicePages(desk, signIn, tokens, html, replies);
        add(Paths.DEVICE, both, Outcome.Work.MINT, visit -> form(visit, device::seen, device::posted));
        RequestPages requests = new RequestPages(desk, tokens, html, replies);
        add(Paths.REQUESTS, both, Outcome.Work.MINT, visit -> form(visit, requests::seen, requests::posted));
        federation(new FederationPages(desk, tokens, html, replies, signIn));
        connect(new ConnectPages(desk, tokens, html, replies));
        add(Paths.ACCOUNT, both, Outcome.Work.REVOKE, visit -> form(visit, account::seen, account::posted));
        file(Paths.STYLE, new Body.Text("text/css; charset=utf-8", style.css()));
        file(Style.scriptPath(), new Body.Text("text/javascript; charset=utf-8", Style.script()));
        // A script of another release, or of nobody: what the provider would answer there is no script of ours.
        all.put(Paths.SCRIPTS, (_, _) -> NONE);
        file(Paths.ICON, new Body.Text("image/svg+xml", Style.icon(look)));
        look.logo().ifPresent((Bytes logo) -> file(Paths.LOGO, new Body.Binary(Optional.of("image/png"), logo)));
    }

    /// Those of all Apis that speak the built-in dialect.
    ///
    /// @param letters whether letters get to people
    public static Map<String, OwnEndpoint> of(PageDesk desk, NodeConfig.Pages look, boolean letters) {
        return Map.copyOf(new PageEndpoints(desk, look, letters).all);
    }

    /// A GET at the authorization endpoint may give a code, which is written; other pages only look.
    private void add(String path, Set<String> methods, Outcome.Work posted, Function<Visit, Reply> answer) {
        boolean begins = path.equals(Paths.AUTHORIZE);
        Outcome.Work seen = begins ? posted : Outcome.Work.VERIFY;
        add(
                path,
                Api::openId,
                methods,
                seen,
                posted,
                begins ? desk.meetings()::before : PageEndpoint.Ahead.NOTHING,
                answer);
    }

    private void add(
            String path,
            Predicate<Api> there,
            Set<String> methods,
            Outcome.Work seen,
            Outcome.Work posted,
            PageEndpoint.Ahead ahead,
            Function<Visit, Reply> answer) {
        all.put(path, new PageEndpoint(desk.later(), visits, replies, there, methods, seen, posted, ahead, answer));
    }

    /// Whatever asks a provider has a place apart from those who get tokens or end something.
    private void federation(FederationPages pages) {
        add(
                Paths.FEDERATION,
                Api::openId,
                Set.of("POST"),
                Outcome.Work.PLATFORM,
                Outcome.Work.PLATFORM,
                PageEndpoint.Ahead.NOTHING,
                visit -> posted(visit, pages::posted));
        add(
                FederationPaths.CALLBACK,
                Api::openId,
                Set.of("GET"),
                Outcome.Work.PLATFORM,
                Outcome.Work.PLATFORM,
                PageEndpoint.Ahead.NOTHING,
                pages::back);
    }

    /// One place for each platform to send browsers back to. A platform's file is read when somebody comes back
    /// from there.
    private void connect(ConnectPages pages) {
        Predicate<Api> there = api -> !api.speech().returns().isEmpty();
        add(
                ConnectPaths.CONNECT,
                there,
                Set.of("GET", "POST"),
                Outcome.Work.VERIFY,
                Outcome.Work.MINT,
                PageEndpoint.Ahead.NOTHING,
                visit -> form(visit, pages::seen, pages::posted));
        Catalogue platforms = desk.connect().outbound().platforms();
        platforms
                .types()
                .forEach(type -> add(
                        ConnectPaths.callback(type),
                        there.and(_ -> platforms
                                .find(type)
                                .filter(ConnectPaths::leadsTo)
                                .isPresent()),
                        Set.of("GET"),
                        Outcome.Work.PLATFORM,
                        Outcome.Work.PLATFORM,
                        PageEndpoint.Ahead.NOTHING,
                        visit -> pages.back(visit, type)));
    }

    private void file(String path, Body body) {
        Reply reply = Reply.empty(200)
                .with("Cache-Control", CACHED)
                .with("X-Content-Type-Options", "nosniff")
                .with("Cross-Origin-Resource-Policy", "same-origin");
        Outcome answer = new Outcome.Answer(new Reply(200, reply.headers(), body, false));
        Outcome wrong =
                new Outcome.Answer(Reply.problem(405, "method_not_allowed", "This path does not take this method.")
                        .with("Allow", "GET, HEAD"));
        all.put(path, (head, _) -> Set.of("GET", "HEAD").contains(head.method()) ? answer : wrong);
    }

    private Reply form(Visit visit, Function<Visit, Reply> seen, BiFunction<Visit, Form, Reply> sent) {
        return visit.http().method().equals("POST") ? posted(visit, sent) : seen.apply(visit);
    }

    /// A form of ours, sent by a page of ours.
    private Reply posted(Visit visit, BiFunction<Visit, Form, Reply> sent) {
        if (!OwnPage.sent(visit.http(), visit.api())) {
            desk.observations().turnedAway(visit.http(), visit.api().name(), "foreign_form");
            return replies.strange(visit.texts());
        }
        return switch (FormRequest.read(visit.http())) {
            case FormRequest.Read.Sent(Form form) -> sent.apply(visit, form);
            case FormRequest.Read.Failed _ -> replies.unreadable(visit.texts());
        };
    }
}
