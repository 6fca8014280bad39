package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.ResetStore.Due;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.server.mail.Letter;
import dev.gatehouse.server.mail.Mailer;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Outbox;
import dev.gatehouse.server.notice.Patience;
import dev.gatehouse.server.notice.Sender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        implements Outbox<Due> {
    private static final Patience PATIENCE = new Patience(12, ResetStore.KEPT, Duration.ofMinutes(10));

    /// What sends them, waiting to be told to start.
    ///
    /// @param key of the forms of pages
    /// @param provider whom letters name
    public static Sender<Due> sender(
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
                new Sender.Counts(
                        counter(registry, "gatehouse.letters.settled", "Requests for a new password that were seen to"),
                        counter(registry, "gatehouse.letters.failures", "Letters that are tried again"),
                        counter(registry, "gatehouse.letters.unsent", "Letters that were given up")),
                () -> {},
                store.clock());
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    @Override
    public List<Due> take(int most, Instant now) {
        return store.resets().take(most, now);
    }

    /// Their number is bounded where they are written.
    @Override
    public List<Due> crowding() {
        return List.of();
    }

    @Override
    public Came attempt(Due due, Instant now) {
        Optional<Letter> letter = letter(due, now);
        if (letter.isEmpty()) {
            store.resets().forget(due);
        }
        return letter.filter(one -> room(due, one, now)).map(mailer::send).orElseGet(Came.Delivered::new);
    }

    /// Whether the mailbox takes another letter. One that is tried again has its place.
    private boolean room(Due due, Letter letter, Instant now) {
        byte[] mailbox = key.mac(("mailbox " + letter.mailbox()).getBytes(StandardCharsets.UTF_8));
        boolean room = due.tries() > 0 || store.resets().room(due, Bytes.of(mailbox), now);
        if (!room) {
            held.increment();
        }
        return room;
    }

    /// Who signs in by something else than a password gets none by a letter.
    private Optional<Letter> letter(Due due, Instant now) {
        Optional<User> user = store.users()
                .userByName(due.asked().username())
                .filter(one -> one.standing().active(now))
                .filter(one -> store.users().password(one.id()).isPresent());
        Optional<String> address =
                user.flatMap(one -> one.profile().get(ProfileClaim.EMAIL)).flatMap(Letter::address);
        return address.flatMap(to -> facts.api(due.asked().api()).map(api -> letter(to, user.get(), api, due)));
    }

    private Letter letter(String to, User user, Api api, Due due) {
        Texts texts = languages.named(due.asked().language());
        String link = Metadata.address(api, Paths.RESET) + "?link="
                + new ResetLinks(new FormTokens(key, store.clock())).make(api, user);
        return new Letter(
                to,
                texts.of("letter.password-subject", provider),
                texts.of("letter.password", user.username(), provider) + "\n\n" + link + "\n\n"
                        + texts.of("letter.password-end", Long.toString(ResetLinks.LIFE.toHours())) + "\n");
    }

    /// The trail keeps that somebody got a letter, where somebody did.
    @Override
    public void delivered(Due due) {
        var _ = store.resets().sent(due, Act.system("letters", store.clock().instant()));
    }

    @Override
    public void again(Due due, Instant at) {
        store.resets().again(due, at);
    }

    /// The log and a counter say so: names that somebody typed are in no audit trail.
    @Override
    public void giveUp(Due due, String why, Instant now) {
        store.resets().done(due);
    }

    @Override
    public Due tried(Due due) {
        return due.tried();
    }

    @Override
    public long tries(Due due) {
        return due.tries();
    }

    @Override
    public Instant since(Due due) {
        return due.asked().at();
    }

    @Override
    public Patience patience() {
        return PATIENCE;
    }

    @Override
    public String about(Due due) {
        return "somebody who asked for a new password";
    }
}
