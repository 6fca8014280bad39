package dev.gatehouse.server.signed;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.dialect.sign.SignedText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// Looks at the signatures of requests, and signs replies to them. Whether the key counts that one was made with is
/// the decision's to say.
public final class Signatures {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final SealedKeys keys;
    private final AssertionStore uses;
    private final InstantSource clock;

    /// @param uses takes down which signatures count no more
    /// @param clock that callers' clocks are compared with
    public Signatures(SealedKeys keys, AssertionStore uses, InstantSource clock) {
        this.keys = keys;
        this.uses = uses;
        this.clock = clock;
    }

    /// What the headers of a request say, before its body is there.
    public sealed interface Looked {
        /// They do not count, whatever the body is.
        record Refused(Refusal.BadSignature refusal) implements Looked {}

        /// A signature, and when it was made.
        record Shown(String signature, String time) implements Looked {}
    }

    /// Reads the headers of a request.
    public Looked look(Signing signing, HttpFacts http) {
        Optional<String> signature = http.only(signing.signatureHeader());
        Optional<String> version = http.only(signing.versionHeader());
        Optional<String> time = http.only(signing.timeHeader());
        if (signature.isEmpty() || version.isEmpty() || time.isEmpty()) {
            return refused(Refusal.Flaw.MISSING);
        }
        if (!version.get().equals(signing.version())
                || !SECONDS.matcher(time.get()).matches()) {
            return refused(Refusal.Flaw.WRONG);
        }
        Instant signedAt = at(time.get());
        Duration apart = Duration.between(signedAt, clock.instant()).abs();
        return apart.compareTo(signing.within()) > 0
                ? refused(Refusal.Flaw.LATE)
                : new Looked.Shown(signature.get(), time.get());
    }

    private static Instant at(String time) {
        return Instant.ofEpochSecond(Long.parseLong(time));
    }

    private static Looked refused(Refusal.Flaw flaw) {
        return new Looked.Refused(new Refusal.BadSignature(flaw));
    }

    /// What an application presents by a signature of a request whose body is there.
    ///
    /// @param unread set once a key is met that cannot be decrypted
    public record Tried(Presented.Signed presented, AtomicBoolean unread) {}

    /// The text that is signed is not looked at before there is a key.
    public Tried tried(Signing signing, HttpFacts http, Looked.Shown shown, String clientId) {
        AtomicBoolean unread = new AtomicBoolean();
        return new Tried(
                new Presented.Signed(
                        clientId,
                        credential -> {
                            Optional<HmacSha256> key = keys.key(credential);
                            unread.compareAndSet(false, key.isEmpty());
                            return key.isPresent() && made(signing, http, shown, key.get());
                        },
                        clock.instant()),
                unread);
    }

    private static boolean made(Signing signing, HttpFacts http, Looked.Shown shown, HmacSha256 key) {
        return SignedText.request(signing, http, shown.time())
                .map(text -> SignedText.written(signing, key.mac(text::tell)))
                .filter(expected -> MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        shown.signature().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /// The same key without a request, for as long as what came of one goes on.
    public Presented again(String clientId, Id key) {
        return new Presented.Signed(clientId, credential -> credential.id().equals(key), clock.instant());
    }

    /// Uses a signature up: of any number of requests with it, on whatever nodes, one is first.
    ///
    /// @return whether it had not been used
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    public boolean use(Signing signing, Looked.Shown shown, Id application) {
        Instant until = at(shown.time()).plus(signing.within()).plusSeconds(1);
        return uses.use(application, name(shown.signature()), until, clock.instant());
    }

    /// Assertions of the application are in the same store, under digests of other texts.
    private static Bytes name(String signature) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256")
                    .digest(("signed request " + signature).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The signature of the reply to it, under the same key; empty where there is none to be.
    public Optional<String> ofReply(Signing signing, Credential credential, String time, ByteBuffer body) {
        return SignedText.reply(signing, body, time)
                .flatMap(text -> keys.key(credential).map(key -> SignedText.written(signing, key.mac(text::tell))));
    }
}
