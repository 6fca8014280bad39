package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.http.OwnCookies;
import java.util.Optional;

/// One request for a page: the browser that it comes from, and who is signed in there.
///
/// @param browser names the browser; drawn when it had no name
/// @param named whether it had one
/// @param forgotten whether it shows a login that nobody knows any more, or that is none of pages
record Visit(
        HttpFacts http,
        Api api,
        Texts texts,
        Optional<Visitor> visitor,
        String browser,
        boolean named,
        boolean forgotten) {
    boolean secure() {
        return OwnPage.secure(http, api);
    }

    /// Browser and login, for the tokens of forms: by the string of the login, so that forms of before somebody has
    /// proven itself again are over.
    String holder() {
        return browser
                + visitor.flatMap(_ -> OwnCookies.SESSION.read(http, secure()))
                        .map(login -> " " + login)
                        .orElse("");
    }

    /// The reply, which gives a browser without a name one, and takes a login from it that is none.
    Reply reply(Reply reply) {
        boolean signsIn =
                reply.headers().stream().anyMatch(header -> header.name().equals("Set-Cookie"));
        Reply clean = forgotten && !signsIn ? reply.with("Set-Cookie", OwnCookies.SESSION.cleared(secure())) : reply;
        return named ? clean : clean.with("Set-Cookie", OwnCookies.BROWSER.set(browser, secure()));
    }
}
