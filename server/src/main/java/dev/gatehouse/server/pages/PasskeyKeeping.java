package dev.gatehouse.server.pages;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.PasskeyStore.Passkey;
import dev.gatehouse.core.store.PasskeyStore.Root;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Methods;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.passkey.Site;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The keys that somebody has: made, seen, and taken back one by one.
record PasskeyKeeping(PageDesk desk, PasskeyPage page) {
    private static final String MAKE = "make a passkey";
    private static final int MAX_NAME = 60;

    List<View.OwnPasskey> own(Visit visit, Visitor who) {
        Texts texts = visit.texts();
        return keys(who)
                .map(key -> new View.OwnPasskey(
                        text(key.id()),
                        Texts.plain(key.name()),
                        texts.moment(key.createdAt()),
                        key.usedAt().map(texts::moment),
                        key.copiedAt().map(texts::moment),
                        counts(key, who)))
                .toList();
    }

    private Stream<Passkey> keys(Visitor who) {
        return desk.store().passkeys().passkeys(who.user()).stream();
    }

    /// The login that looks at it counts, so what it descends from is what there is now.
    private static boolean counts(Passkey key, Visitor who) {
        return key.descendsFrom(who.session().lineage());
    }

    /// A device makes no second key beside one that counts.
    Optional<View.NewPasskey> making(Visit visit, Visitor who) {
        return Site.of(visit.api())
                .map(site -> new View.NewPasskey(
                        site,
                        page.challenges().draw(MAKE, visit),
                        who.user().text(),
                        keys(who)
                                .filter(key -> counts(key, who))
                                .map(key -> text(key.id()))
                                .collect(Collectors.joining(" "))));
    }

    /// Keeps the key that a device made; what is wrong with it, if anything is.
    Optional<String> made(Visit visit, Visitor who, Form form, Act act) {
        String challenge = form.value("challenge").orElse("");
        Optional<Site> site = Site.of(visit.api());
        if (site.isEmpty() || !page.challenges().good(challenge, MAKE, visit)) {
            return Optional.of("passkey.failed");
        }
        return desk.passkeys()
                .registered(form.value("response").orElse(""), challenge, site.get())
                .filter(_ -> page.challenges().use(challenge))
                .map(key -> new Passkey(
                        key.id(),
                        who.user(),
                        Root.of(who.session().lineage()),
                        site.get().id(),
                        name(form.value("name").orElse("")).orElse(site.get().id()),
                        key.key(),
                        key.counter(),
                        key.synced(),
                        Methods.several(who.session().methods()),
                        act.at(),
                        Optional.empty(),
                        Optional.empty()))
                .map(key -> kept(desk.store().passkeys().add(key, who.session().id(), act)))
                .orElseGet(() -> Optional.of("passkey.failed"));
    }

    /// In whole characters.
    private static Optional<String> name(String typed) {
        String name = Texts.plain(typed).strip();
        int most = Math.min(MAX_NAME, name.codePointCount(0, name.length()));
        return Optional.of(name.substring(0, name.offsetByCodePoints(0, most))).filter(text -> !text.isEmpty());
    }

    private static Optional<String> kept(Stored<Passkey> stored) {
        return switch (stored) {
            case Stored.Done<Passkey> _ -> Optional.empty();
            case Stored.Full<Passkey> _ -> Optional.of("passkey.full");
            case Stored.Conflict<Passkey> _ -> Optional.of("passkey.failed");
            case Stored.Missing<Passkey> _, Stored.Moved<Passkey> _, Stored.Forbidden<Passkey> _ ->
                throw new FactsUnavailable("the user was just ended");
        };
    }

    /// Takes one back; the logins that it opened end. What is no id is nobody's.
    void remove(Visitor who, String id, Act act) {
        bytes(id).ifPresent(key -> desk.ended(desk.store().passkeys().remove(who.user(), key, act)));
    }

    private static Optional<Bytes> bytes(String id) {
        try {
            return Optional.of(Bytes.of(Base64.getUrlDecoder().decode(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(Bytes id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.toArray());
    }
}
