package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Replies that all pages give.
record Replies(Html html) {
    /// How long applications have to hear that somebody signs out.
    private static final int LEAVING_SECONDS = 4;

    /// To another page of ours, or one that the provider has listed: never to an address that came with a
    /// request. 303, so that nothing that was posted goes there (GAUNTLET A09).
    static Reply see(String path) {
        return Reply.empty(303).with("Location", path).with("Referrer-Policy", "no-referrer");
    }

    /// An answer to a client after a form of ours. Browsers hold every redirect that follows a form to the
    /// `form-action` of the form's page, those that the client makes too; so the form ends with a page, and it is
    /// from there that the browser goes on.
    Reply onwards(Texts texts, Reply answer) {
        return location(answer)
                .map(to -> onwards(
                        texts, texts.of("onwards.title"), texts.of("onwards.text"), texts.of("onwards.way"), to))
                .orElse(answer);
    }

    /// An answer to a client that the person may take, or not.
    Reply offered(Texts texts, String client, Reply answer) {
        return location(answer)
                .map(to -> html.page(
                        200,
                        texts,
                        new View.Message(
                                texts.of("signed-out.title"),
                                texts.of("signed-out.onwards", client, to.split("\\?", 2)[0]),
                                false,
                                Optional.of(new View.Way(to, texts.of("onwards.way"))))))
                .orElse(answer);
    }

    /// The same from a page that first loads what applications want to be loaded when somebody signs out. It goes
    /// on by itself, whether or not they did.
    Reply leaving(Texts texts, List<FrontChannel.Loaded> loaded, String to) {
        View view = new View.Leaving(
                loaded.stream().map(FrontChannel.Loaded::address).toList(), to);
        return html.framing(
                        texts,
                        view,
                        loaded.stream().map(FrontChannel.Loaded::origin).toList())
                .with("Refresh", LEAVING_SECONDS + ";url=" + to);
    }

    /// Where a redirect leads.
    static Optional<String> location(Reply reply) {
        return reply.headers().stream()
                .filter(header -> header.name().equals("Location"))
                .map(Header::value)
                .findFirst();
    }

    /// A page from which the browser goes on by itself, and a person where it does not.
    Reply onwards(Texts texts, String title, String text, String way, String to) {
        return html.page(200, texts, new View.Message(title, text, false, Optional.of(new View.Way(to, way))))
                .with("Refresh", "0;url=" + to);
    }

    /// Something that cannot go on; nobody is redirected.
    Reply error(int status, Texts texts, String text) {
        return html.page(status, texts, new View.Message(texts.of("error.title"), text, true, Optional.empty()));
    }

    Reply unavailable(Texts texts) {
        return error(503, texts, texts.of("error.unavailable")).with("Retry-After", "1");
    }

    Reply tooMany(Texts texts, Duration after) {
        return error(429, texts, texts.of("sign-in.too-many"))
                .with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
    }

    /// A form that did not come from a page of ours, or not in time.
    Reply strange(Texts texts) {
        return error(403, texts, texts.of("error.form"));
    }

    Reply unreadable(Texts texts) {
        return error(400, texts, texts.of("error.request"));
    }
}
