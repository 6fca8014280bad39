package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Factors;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.PasskeyStore.Passkey;
import dev.gatehouse.core.store.PasskeyStore.Use;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.passkey.Devices;
import dev.gatehouse.oauth.passkey.Site;
import java.util.Optional;

/// Signing in with a key that a device keeps. Whoever shows one names nobody: the device knows whose it is. It
/// counts as two factors, because the device has verified the person.
record PasskeyPage(PageDesk desk, FormTokens tokens, Arrival arrival) {
    private static final String FORM = "passkey";
    private static final String USE = "use a passkey";

    /// What stands in a page where a key may be shown.
    Optional<View.UsePasskey> offered(Visit visit) {
        return Site.of(visit.api())
                .map(site -> new View.UsePasskey(
                        tokens.make(FORM, visit.holder()), site, challenges().draw(USE, visit)));
    }

    Challenges challenges() {
        return new Challenges(tokens, desk.store().proofs(), desk.random());
    }

    /// @param signIn where somebody begins anew
    Reply posted(Visit visit, Form form, SignInPage signIn) {
        Optional<String> ask = form.value("ask");
        if (ask.filter(text -> !Paths.isAsk(text)).isPresent()) {
            return signIn.replies().unreadable(visit.texts());
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return visit.visitor().isPresent() ? arrival.onwards(visit, ask) : signIn.anew(visit, ask);
        }
        Optional<Site> site = Site.of(visit.api());
        String challenge = form.value("challenge").orElse("");
        if (site.isEmpty() || !challenges().good(challenge, USE, visit)) {
            return signIn.again(visit, 403, ask, "", "sign-in.expired");
        }
        Ask asked = new Ask.Authenticate(visit.http().from());
        Optional<Refusal.TooMany> closed = desk.verifier().closed(visit.api(), asked);
        if (closed.isPresent()) {
            return signIn.refused(visit, ask, "", closed.get());
        }
        Optional<Shown> shown = shown(form.value("response").orElse(""), challenge, site.get());
        if (shown.isEmpty()) {
            desk.verifier().guessed(visit.api(), asked);
        }
        return shown.flatMap(one -> arrived(visit, ask, challenge, one, signIn)).orElseGet(() -> {
            desk.observations().turnedAway(visit.http(), visit.api().name(), "passkey");
            return signIn.again(visit, 403, ask, "", "passkey.wrong");
        });
    }

    /// A key that was proven, and how often its device says that it signed.
    private record Shown(Passkey passkey, long counter) {}

    private Optional<Shown> shown(String response, String challenge, Site site) {
        Optional<Devices.Said> said = desk.passkeys().said(response);
        return said.flatMap(one -> desk.store().passkeys().passkey(one.id()))
                .filter(passkey -> passkey.user().text().equals(said.get().user()))
                .filter(passkey -> passkey.site().equals(site.id()))
                .flatMap(passkey -> desk.passkeys()
                        .proven(said.get(), passkey, challenge, site)
                        .map(counter -> new Shown(passkey, counter)));
    }

    /// The challenge is used up last: what proves nothing leaves no trace, and of many at once one gets in. A
    /// key that was made with a password alone is one step of two where two are wanted.
    private Optional<Reply> arrived(
            Visit visit, Optional<String> ask, String challenge, Shown shown, SignInPage signIn) {
        Passkey passkey = shown.passkey();
        return proven(visit, passkey)
                .filter(_ -> challenges().use(challenge))
                .filter(one -> counted(visit, one, shown))
                .flatMap(one -> passkey.sure()
                                || !Factors.wanted(visit.api(), one.allowed().members())
                        ? arrival.byPasskey(visit, ask, one, passkey)
                        : Optional.of(signIn.second().after(visit, ask, one, signIn)));
    }

    private boolean counted(Visit visit, Proven proven, Shown shown) {
        Act act = proven.act(visit.http().id(), desk.store().clock().instant());
        return desk.store().passkeys().used(shown.passkey(), shown.counter(), act)
                        instanceof Stored.Done<Use>(Use use, var _)
                && use == Use.COUNTED;
    }

    /// A login descends from the password of its user even when a key opened it: what ends that ends this. The key
    /// itself counts no more when the password is another since, or user or membership were cut.
    private Optional<Proven> proven(Visit visit, Passkey passkey) {
        return new Halfway(tokens, desk.verifier())
                .now(visit, passkey.root().password(), passkey.root().membership())
                .filter(allowed -> passkey.descendsFrom(allowed.lineage()))
                .map(allowed -> Proven.byPasskey(allowed, passkey));
    }
}
