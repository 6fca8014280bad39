package dev.gatehouse.server.signed;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.dialect.sign.SignedText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/// Looks at the signatures of requests, and signs replies to them. Whether the key counts that one was made with is
/// the decision's to say.
public final class Signatures {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final SealedKeys keys;
    private final InstantSource clock;

    /// @param clock that callers' clocks are compared with
    public Signatures(SealedKeys keys, InstantSource clock) {
        this.keys = keys;
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
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(time.get()));
        Duration apart = Duration.between(signedAt, clock.instant()).abs();
        return apart.compareTo(signing.within()) > 0
                ? refused(Refusal.Flaw.LATE)
                : new Looked.Shown(signature.get(), time.get());
    }

    private static Looked refused(Refusal.Flaw flaw) {
        return new Looked.Refused(new Refusal.BadSignature(flaw));
    }

    /// What an application presents by a signature of a request whose body is there.
    public Presented.Signed presented(Signing signing, HttpFacts http, Looked.Shown shown, String clientId) {
        byte[] text = SignedText.request(signing, http, shown.time());
        return new Presented.Signed(
                clientId, credential -> made(signing, credential, text, shown.signature()), clock.instant());
    }

    private boolean made(Signing signing, Credential credential, byte[] text, String signature) {
        return keys.key(credential)
                .map(key -> SignedText.written(signing, key.mac(text)))
                .filter(expected -> MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /// The signature of the reply to it, under the same key; empty where there is none to be.
    public Optional<String> ofReply(Signing signing, Credential credential, String time, Bytes body) {
        return SignedText.reply(signing, body.toArray(), time)
                .flatMap(text -> keys.key(credential).map(key -> SignedText.written(signing, key.mac(text))));
    }
}
