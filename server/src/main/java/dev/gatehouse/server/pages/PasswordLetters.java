package dev.gatehouse.server.pages;

import static dev.gatehouse.server.notice.Counts.counter;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.ResetStore.Asked;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.server.mail.Letter;
import dev.gatehouse.server.mail.Mailer;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Counts;
import dev.gatehouse.server.notice.Outbox;
import dev.gatehouse.server.notice.Patience;
import dev.gatehouse.server.notice.Sender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Writes to those who asked for a new password, where there is such a user with an address. Nobody waits for this,
/// so that nobody learns from it who there is.
///
/// @param held counts letters that are not sent because their mailbox has had enough
public record PasswordLetters(
        Store store,
        FactSource facts,
        Mailer mailer,
        HmacSha256 key,
        String provider,
        Languages languages,
        Counter held)
        implements Outbox<Asked> {
    private static final Patience PATIENCE = new Patience(12, ResetStore.KEPT, Duration.ofMinutes(10));

    /// What sends them, waiting to be told to start.
    ///
    /// @param key of the forms of pages
    /// @param provider whom letters name
    public static Sender<Asked> sender(
            Store store, FactSource facts, Mailer mailer, HmacSha256 key, String provider, MeterRegistry registry) {
        return new Sender<>(
                "letters",
                new PasswordLetters(
                        store,
                        facts,
                        mailer,
                        key,
                        provider,
                        Languages.shipped(),
                        counter(
                                registry,
                                "gatehouse.letters.held",
                                "Letters that were not sent because their mailbox has had enough")),
                new Counts(
                        counter(registry, "gatehouse.letters.settled", "Requests for a new password that were seen to"),
                        counter(registry, "gatehouse.letters.failures", "Letters that are tried again"),
                        counter(registry, "gatehouse.letters.unsent", "Letters that were given up")),
                () -> {},
                store.clock());
    }

    /// Their number is bounded where they are written. The log and a counter say which were given up: names that
    /// somebody typed are in no audit trail.
    @Override
    public OutboxStore<Asked> waiting() {
        return store.resets();
    }

    @Override
    public Came attempt(Taken<Asked> taken, Instant now) {
        Optional<Letter> letter = letter(taken.notice(), now);
        if (letter.isEmpty()) {
            store.resets().forget(taken);
        }
        return letter.filter(one -> room(taken, one, now)).map(mailer::send).orElseGet(Came.Delivered::new);
    }

    /// Whether the mailbox takes another letter. One that is tried again has its place.
    private boolean room(Taken<Asked> taken, Letter letter, Instant now) {
        byte[] mailbox = key.mac(("mailbox " + letter.mailbox()).getBytes(StandardCharsets.UTF_8));
        boolean room = taken.tries() > 0 || store.resets().room(taken, Bytes.of(mailbox), now);
        if (!room) {
            held.increment();
        }
        return room;
    }

    /// Who signs in by something else than a password gets none by a letter.
    private Optional<Letter> letter(Asked asked, Instant now) {
        Optional<User> user = store.users()
                .userByName(asked.username())
                .filter(one -> one.standing().active(now))
                .filter(one -> store.users().password(one.id()).isPresent());
        Optional<String> address =
                user.flatMap(one -> one.profile().get(ProfileClaim.EMAIL)).flatMap(Letter::address);
        return address.flatMap(to -> facts.api(asked.api()).map(api -> letter(to, user.get(), api, asked)));
    }

    private Letter letter(String to, User user, Api api, Asked asked) {
        Texts texts = languages.named(asked.language());
        String link = Metadata.address(api, Paths.RESET) + "?link="
                + new ResetLinks(new FormTokens(key, store.clock())).make(api, user);
        return new Letter(
                to,
                texts.of("letter.password-subject", provider),
                texts.of("letter.password", user.username(), provider) + "\n\n" + link + "\n\n"
                        + texts.of("letter.password-end", Long.toString(ResetLinks.LIFE.toHours())) + "\n");
    }

    @Override
    public Patience patience() {
        return PATIENCE;
    }

    @Override
    public String actor() {
        return "letters";
    }

    @Override
    public String about(Asked asked) {
        return "somebody who asked for a new password";
    }
}
