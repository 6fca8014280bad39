package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.authorize.DetailText;
import dev.gatehouse.oauth.authorize.ScopeText;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.server.http.OwnCookies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is open in somebody's name: logins, and what applications were allowed. Each ends at once and alone, or
/// all of them together: the answer to a lost device. What is ended is looked for among the person's own
/// (GAUNTLET H01).
record AccountPage(PageDesk desk, FormTokens tokens, Html html, Replies replies) {
    private static final String FORM = "account";
    private static final int SHOWN = 100;

    Reply seen(Visit visit) {
        return visit.visitor().map(who -> page(visit, who)).orElseGet(() -> Replies.see(Paths.SIGN_IN));
    }

    private Reply page(Visit visit, Visitor who) {
        Texts texts = visit.texts();
        View view = new View.Account(
                tokens.make(FORM, visit.holder()),
                who.username(),
                open(who.user()).stream()
                        .map(session -> new View.Login(
                                session.id().text(),
                                session.id().equals(who.session().id()),
                                texts.moment(session.openedAt()),
                                texts.moment(session.seenAt())))
                        .toList(),
                desk.store().grants().consents(who.user()).stream()
                        .map(consent -> allowed(texts, consent))
                        .toList());
        return html.page(200, texts, view);
    }

    private List<Session> open(Id user) {
        Instant now = desk.store().clock().instant();
        return desk.store().sessions().sessions(user, Slice.first(SHOWN)).items().stream()
                .filter(session -> now.isBefore(session.diesAt()))
                .toList();
    }

    private View.Allowed allowed(Texts texts, GrantStore.Consent consent) {
        return new View.Allowed(
                consent.application().text(),
                desk.store()
                        .members()
                        .application(consent.application())
                        .map(Application::name)
                        .map(Texts::plain)
                        .orElse(""),
                texts.moment(consent.at()),
                described(consent.scopes(), desk.store().facts().api(consent.api())),
                desk.store()
                        .facts()
                        .api(consent.api())
                        .map(api -> DetailText.of(consent.details(), api.catalogue()))
                        .orElse(List.of()));
    }

    private static List<ScopeText> described(Scopes scopes, Optional<Api> api) {
        return scopes.list().stream()
                .map(scope -> new ScopeText(
                        scope,
                        api.flatMap(one -> Optional.ofNullable(
                                        one.catalogue().entries().get(scope)))
                                .map(Catalogue.Entry::description)
                                .orElse(scope)))
                .toList();
    }

    /// Each of these may be asked for twice: what has ended stays ended.
    Reply posted(Visit visit, Form form) {
        if (visit.visitor().isEmpty()) {
            return Replies.see(Paths.SIGN_IN);
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return replies.strange(visit.texts());
        }
        Visitor who = visit.visitor().get();
        Act act = who.act(visit.http().id(), desk.store().clock().instant());
        if (form.value("end-session").isPresent()) {
            return endSession(visit, who, form.value("end-session").get(), act);
        }
        if (form.value("withdraw").isPresent()) {
            return withdraw(who, form.value("withdraw").get(), act);
        }
        return form.has("end-all") ? endAll(visit, who, act) : replies.unreadable(visit.texts());
    }

    private Reply endSession(Visit visit, Visitor who, String id, Act act) {
        Optional<Session> own = Id.parse(Kind.SESSION, id)
                .flatMap(desk.store().sessions()::session)
                .filter(session -> session.user().equals(who.user()));
        if (own.isEmpty()) {
            return Replies.see(Paths.ACCOUNT);
        }
        boolean here = own.get().id().equals(who.session().id());
        List<FrontChannel.Loaded> loaded = here ? loaded(visit, who) : List.of();
        desk.ended(desk.store().sessions().end(own.get().id(), act));
        return here ? left(visit, loaded) : Replies.see(Paths.ACCOUNT);
    }

    private Reply withdraw(Visitor who, String id, Act act) {
        Id.parse(Kind.APPLICATION, id)
                .ifPresent(application -> desk.ended(desk.store().grants().withdraw(who.user(), application, act)));
        return Replies.see(Paths.ACCOUNT);
    }

    private Reply endAll(Visit visit, Visitor who, Act act) {
        List<FrontChannel.Loaded> loaded = loaded(visit, who);
        desk.ended(desk.store().sessions().endEverything(who.user(), act));
        return left(visit, loaded);
    }

    /// What this browser has of applications came of the login that is here.
    private List<FrontChannel.Loaded> loaded(Visit visit, Visitor who) {
        return new FrontChannel(desk.store(), desk.subjects()).of(who.session().id(), visit.api());
    }

    private Reply left(Visit visit, List<FrontChannel.Loaded> loaded) {
        Reply reply =
                loaded.isEmpty() ? Replies.see(Paths.SIGN_OUT) : replies.leaving(visit.texts(), loaded, Paths.SIGN_OUT);
        return reply.with("Set-Cookie", OwnCookies.SESSION.cleared(visit.secure()));
    }
}
