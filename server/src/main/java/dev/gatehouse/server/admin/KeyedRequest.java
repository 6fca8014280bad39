package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeptReply;
import dev.gatehouse.core.store.Once;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.core.store.ReplyStore;
import dev.gatehouse.core.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A request with an `Idempotency-Key`: it has one effect however often its caller sends it within a day, and
/// gets the same reply each time, secrets included. The reply is stored under keys that are derived (HKDF, RFC
/// 5869) from the pepper, the caller and the caller's key together, so that neither the database nor the node can
/// read it without the caller.
final class KeyedRequest {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final String FORM = "[!-~]{1,255}";
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /// What the header takes.
    static final Map<String, Object> SCHEMA =
            Schema.and(Schema.text("1 to 255 visible ASCII characters"), Schema.pattern(FORM, "8c1e0f3a-make-shop"));

    private final Desk desk;
    private final Act act;
    private final Bytes id;
    private final Bytes request;
    private final SecretKey key;
    private final BiFunction<Reply, Receipt, Reply> receipted;
    private boolean kept;

    private KeyedRequest(
            Desk desk, Act act, Bytes id, Bytes request, SecretKey key, BiFunction<Reply, Receipt, Reply> receipted) {
        this.desk = desk;
        this.act = act;
        this.id = id;
        this.request = request;
        this.key = key;
        this.receipted = receipted;
    }

    /// The request of a caller, when it has such a key.
    ///
    /// @param receipted a kept reply with the receipt that its effect counts everywhere
    static Got<Optional<KeyedRequest>> read(
            HttpFacts http, Id caller, Act act, Desk desk, BiFunction<Reply, Receipt, Reply> receipted) {
        List<String> values = http.values(HEADER);
        if (values.isEmpty()) {
            return Got.of(Optional.empty());
        }
        String value = values.getFirst();
        return values.size() == 1 && value.matches(FORM)
                ? Got.of(Optional.of(derived(http, caller.text() + "\0" + value, act, desk, receipted)))
                : Got.no(new Problem.InvalidHeader(HEADER, "once, 1 to 255 visible ASCII characters"));
    }

    private static KeyedRequest derived(
            HttpFacts http, String callersKey, Act act, Desk desk, BiFunction<Reply, Receipt, Reply> receipted) {
        byte[] extracted = desk.pepper().derive("gatehouse idempotency key of a caller\0" + callersKey);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(expanded(extracted, "request"), "HmacSHA256"));
            return new KeyedRequest(
                    desk,
                    act,
                    Bytes.of(expanded(extracted, "id")),
                    Bytes.of(mac.doFinal(asked(http))),
                    new SecretKeySpec(expanded(extracted, "reply"), "AES"),
                    receipted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF and HMAC-SHA-256", e);
        }
    }

    private static byte[] expanded(byte[] extracted, String use) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.expandOnly(
                        new SecretKeySpec(extracted, "Generic"), use.getBytes(StandardCharsets.US_ASCII), 32));
    }

    /// What makes two requests the same: each part with its length before it.
    private static byte[] asked(HttpFacts http) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String part : List.of(
                http.method(),
                http.path(),
                http.query().orElse(""),
                String.join(",", http.values("If-Match")),
                String.join(",", http.values("If-None-Match")))) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
            out.writeBytes(bytes);
        }
        out.writeBytes(http.body().toArray());
        return out.toByteArray();
    }

    /// The reply that this request, or another one under the same key, got before.
    Optional<Got<Reply>> before() {
        return desk.store().replies().find(id, act).map(this::opened);
    }

    private Got<Reply> opened(KeptReply found) {
        if (!found.request().equals(request)) {
            return Got.no(new Problem.KeyReused());
        }
        try {
            ByteBuffer sealed = ByteBuffer.wrap(found.reply().bytes());
            byte[] nonce = new byte[NONCE];
            sealed.get(nonce);
            byte[] rest = new byte[sealed.remaining()];
            sealed.get(rest);
            Reply reply = ReplyText.read(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(rest));
            Reply again = found.receipt()
                    .map(receipt -> receipted.apply(reply, receipt))
                    .orElse(reply);
            return Got.of(again.with(REPLAYED, "true"));
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            return Got.no(new Problem.Conflict("the reply to this request is damaged; it had its effect"));
        }
    }

    /// What a verb is told so that this request has its effect once.
    @SuppressWarnings("unchecked") // a store gives the value that the verb itself is Done with
    <T> Once once(Function<T, Reply> shown) {
        Function<Object, Reply> any = (Function<Object, Reply>) (Function<?, Reply>) shown;
        return new Once(id, request, act.at().plus(KEPT), ReplyStore.MOST, value -> sealed(any.apply(value)));
    }

    /// Notes that a verb with [#once(Function)] is done.
    void kept() {
        kept = true;
    }

    /// Keeps the reply of an operation that did not do it in its own transaction.
    Got<Reply> keeping(Reply reply) {
        if (kept) {
            return Got.of(reply);
        }
        Stored<Encrypted> stored = desk.store().replies().keep(this.<Reply>once(same -> same), sealed(reply), act);
        return stored instanceof Stored.Done ? Got.of(reply) : before().orElse(Got.of(reply));
    }

    private Encrypted sealed(Reply reply) {
        byte[] nonce = new byte[NONCE];
        desk.random().nextBytes(nonce);
        try {
            byte[] rest = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(ReplyText.write(reply));
            return Encrypted.of(ByteBuffer.allocate(NONCE + rest.length)
                    .put(nonce)
                    .put(rest)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// Bound to its place: caller, key and request.
    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.toArray());
        cipher.updateAAD(request.toArray());
        return cipher;
    }
}
