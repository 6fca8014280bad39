package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.passkey.Site;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Views as pages.
///
/// @param provider whom pages name
/// @param style where their style sheet is
/// @param script where what lets browsers make and show keys is
/// @param integrity the digest of that (Subresource Integrity)
record Html(String provider, boolean logo, String style, String script, String integrity) {
    /// jte calls it where it was told to, which it was not.
    private static final HtmlInterceptor NOTHING = new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    };

    /// GAUNTLET A09, L06, L07. Forms lead back to us and nowhere else: where a client waits for what comes of
    /// one, the browser goes there from a page, by [Replies#onwards].
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " frame-ancestors 'none'; base-uri 'none'";

    private static final List<Header> HEADERS = List.of(
            new Header("Content-Security-Policy", POLICY),
            new Header("X-Frame-Options", "DENY"),
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("Referrer-Policy", "no-referrer"),
            new Header("Cross-Origin-Resource-Policy", "same-origin"),
            new Header("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            new Header("Cache-Control", "no-store"),
            new Header("Vary", "Accept-Language, Cookie"));

    Reply page(int status, Texts texts, View view) {
        List<Header> headers = site(view)
                .map(site -> with(
                        POLICY + "; script-src " + site.origin() + script + "; require-trusted-types-for 'script'"))
                .orElse(HEADERS);
        return page(status, headers, texts, view);
    }

    /// Whose keys a page is about: those pages have our own script, without which browsers make and show none.
    /// It is named alone: what else is at the Api's address is its provider's, and no script of ours.
    private static Optional<Site> site(View view) {
        return switch (view) {
            case View.SignIn signIn -> signIn.passkey().map(View.UsePasskey::site);
            case View.Security security -> security.making().map(View.NewPasskey::site);
            case View.Second _,
                    View.Enrol _,
                    View.FirstFactor _,
                    View.Codes _,
                    View.Consent _,
                    View.Device _,
                    View.DeviceConsent _,
                    View.Leaving _,
                    View.SignOut _,
                    View.Connect _,
                    View.Account _,
                    View.LinkQuestion _,
                    View.Forgot _,
                    View.Reset _,
                    View.Requests _,
                    View.RequestConsent _,
                    View.Message _ -> Optional.empty();
        };
    }

    private static List<Header> with(String policy) {
        return HEADERS.stream()
                .map(header -> header.value().equals(POLICY) ? new Header(header.name(), policy) : header)
                .toList();
    }

    /// A page that has frames of these sites in it, and of no others.
    ///
    /// @param origins of sites that were registered
    Reply framing(Texts texts, View view, Collection<String> origins) {
        String frames = POLICY + "; frame-src " + String.join(" ", new TreeSet<>(origins));
        return page(200, with(frames), texts, view);
    }

    private Reply page(int status, List<Header> headers, Texts texts, View view) {
        StringOutput text = new StringOutput();
        HtmlTemplateOutput out = new OwaspHtmlTemplateOutput(text);
        Frame frame = new Frame(texts, provider, logo, style, script, integrity);
        switch (view) {
            case View.SignIn signIn -> JtesigninGenerated.render(out, NOTHING, frame, signIn);
            case View.Second second -> JtesecondGenerated.render(out, NOTHING, frame, second);
            case View.Forgot forgot -> JteforgotGenerated.render(out, NOTHING, frame, forgot);
            case View.Reset reset -> JteresetGenerated.render(out, NOTHING, frame, reset);
            case View.Security security -> JtesecurityGenerated.render(out, NOTHING, frame, security);
            case View.LinkQuestion question -> JtelinkGenerated.render(out, NOTHING, frame, question);
            case View.Enrol enrol -> JteenrolGenerated.render(out, NOTHING, frame, enrol);
            case View.FirstFactor first -> JtefirstfactorGenerated.render(out, NOTHING, frame, first);
            case View.Codes codes -> JtecodesGenerated.render(out, NOTHING, frame, codes);
            case View.Consent consent -> JteconsentGenerated.render(out, NOTHING, frame, consent);
            case View.Device device -> JtedeviceGenerated.render(out, NOTHING, frame, device);
            case View.DeviceConsent consent -> JtedeviceconsentGenerated.render(out, NOTHING, frame, consent);
            case View.Requests requests -> JterequestsGenerated.render(out, NOTHING, frame, requests);
            case View.RequestConsent consent -> JterequestconsentGenerated.render(out, NOTHING, frame, consent);
            case View.Leaving leaving -> JteleavingGenerated.render(out, NOTHING, frame, leaving);
            case View.SignOut signOut -> JtesignoutGenerated.render(out, NOTHING, frame, signOut);
            case View.Connect connect -> JteconnectGenerated.render(out, NOTHING, frame, connect);
            case View.Account account -> JteaccountGenerated.render(out, NOTHING, frame, account);
            case View.Message message -> JtemessageGenerated.render(out, NOTHING, frame, message);
        }
        return new Reply(status, headers, new Body.Text("text/html; charset=utf-8", text.toString()), false);
    }
}
