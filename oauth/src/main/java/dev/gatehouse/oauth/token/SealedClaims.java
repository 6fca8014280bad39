package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Claims in few bytes: four ids of 8 bytes, then numbers of 7 bits a byte (lowest first) and strings with their
/// length in front. Issue time and life are in seconds; the subject is left empty when it is the client or the
/// customer. Customer and tokens of the lineage follow, ids of 8 bytes, when there are any; zero is no customer.
/// Last, of a token that was renewed, 4 bytes: how many seconds before it the first one was issued. The Api is
/// not written: it is associated data.
final class SealedClaims {
    private static final int MAX_NUMBER = 9;

    private SealedClaims() {}

    static byte[] encode(Claims claims) {
        byte[] client = claims.clientId().getBytes(StandardCharsets.UTF_8);
        Lineage lineage = claims.lineage();
        byte[] subject = claims.subject().equals(usual(lineage, claims.clientId()))
                ? new byte[0]
                : claims.subject().getBytes(StandardCharsets.UTF_8);
        byte[] scopes = claims.scopes().text().getBytes(StandardCharsets.UTF_8);
        int ids = 5 + lineage.tokens().size();
        ByteBuffer out = ByteBuffer.allocate(
                ids * Long.BYTES + 9 * MAX_NUMBER + client.length + subject.length + scopes.length + Integer.BYTES);
        out.putLong(claims.id().value())
                .putLong(lineage.organization().value())
                .putLong(lineage.application().value())
                .putLong(lineage.credential().value());
        Generations generations = lineage.generations();
        number(out, generations.credential());
        number(out, generations.member());
        number(out, generations.customer());
        number(out, generations.organizations());
        number(out, claims.issuedAt().getEpochSecond());
        number(out, claims.expiresAt().getEpochSecond() - claims.issuedAt().getEpochSecond());
        string(out, client);
        string(out, subject);
        string(out, scopes);
        if (lineage.customer().isPresent() || !lineage.tokens().isEmpty()) {
            out.putLong(lineage.customer().map(Id::value).orElse(0L));
            lineage.tokens().forEach(token -> out.putLong(token.value()));
        }
        if (claims.renewed()) {
            out.putInt(Math.toIntExact(
                    claims.issuedAt().getEpochSecond() - claims.firstIssuedAt().getEpochSecond()));
        }
        byte[] encoded = new byte[out.position()];
        out.flip().get(encoded);
        return encoded;
    }

    /// Whom a token stands for when nothing else is said.
    private static String usual(Lineage lineage, String client) {
        return lineage.customer().map(Id::text).orElse(client);
    }

    private static void number(ByteBuffer out, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("numbers in tokens are not negative");
        }
        long rest = value;
        while (rest > 0x7f) {
            out.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static void string(ByteBuffer out, byte[] utf8) {
        number(out, utf8.length);
        out.put(utf8);
    }

    /// The reverse; empty for bytes that [#encode] does not write.
    static Optional<Claims> decode(byte[] plain, Id api) {
        ByteBuffer in = ByteBuffer.wrap(plain);
        if (in.remaining() < 4 * Long.BYTES) {
            return Optional.empty();
        }
        Id id = new Id(Kind.TOKEN, in.getLong());
        Id organization = new Id(Kind.ORGANIZATION, in.getLong());
        Id application = new Id(Kind.APPLICATION, in.getLong());
        Id credential = new Id(Kind.CREDENTIAL, in.getLong());
        long[] numbers = new long[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(in);
            if (numbers[i] < 0) {
                return Optional.empty();
            }
        }
        Optional<String> client = string(in);
        Optional<String> subject = string(in);
        Optional<Scopes> scopes =
                string(in).flatMap(text -> text.isEmpty() ? Optional.of(Scopes.NONE) : Scopes.parse(text));
        Optional<Descent> descent = descent(in);
        boolean whole = !in.hasRemaining() || in.remaining() == Integer.BYTES;
        boolean renewed = whole && in.hasRemaining();
        long row = renewed ? in.getInt() : 0;
        long issuedAt = numbers[4];
        long life = numbers[5];
        if (client.isEmpty()
                || subject.isEmpty()
                || scopes.isEmpty()
                || descent.isEmpty()
                || issuedAt > Times.LAST
                || !whole
                || renewed != row > 0
                || row > issuedAt
                || life > TokenPolicy.MAX_LIFE.toSeconds()) {
            return Optional.empty();
        }
        Lineage lineage = new Lineage(
                organization,
                application,
                credential,
                descent.get().customer(),
                descent.get().tokens(),
                new Generations(numbers[0], numbers[1], numbers[2], numbers[3]));
        return Optional.of(new Claims(
                id,
                api,
                subject.get().isEmpty() ? usual(lineage, client.get()) : subject.get(),
                client.get(),
                lineage,
                scopes.get(),
                Instant.ofEpochSecond(issuedAt),
                Instant.ofEpochSecond(issuedAt + life),
                Instant.ofEpochSecond(issuedAt - row)));
    }

    private record Descent(Optional<Id> customer, List<Id> tokens) {}

    /// Leaves what says that the token was renewed, or nothing.
    private static Optional<Descent> descent(ByteBuffer in) {
        if (in.remaining() < Long.BYTES) {
            return in.hasRemaining() && in.remaining() != Integer.BYTES
                    ? Optional.empty()
                    : Optional.of(new Descent(Optional.empty(), List.of()));
        }
        boolean whole = in.remaining() % Long.BYTES == 0 || in.remaining() % Long.BYTES == Integer.BYTES;
        if (!whole || in.remaining() / Long.BYTES > 1 + Lineage.MAX_TOKENS) {
            return Optional.empty();
        }
        long customer = in.getLong();
        List<Id> tokens = new ArrayList<>();
        while (in.remaining() >= Long.BYTES) {
            tokens.add(new Id(Kind.TOKEN, in.getLong()));
        }
        if (customer == 0) {
            return tokens.isEmpty() ? Optional.empty() : Optional.of(new Descent(Optional.empty(), tokens));
        }
        return Optional.of(new Descent(Optional.of(new Id(Kind.CUSTOMER, customer)), tokens));
    }

    /// The next number, or -1.
    private static long number(ByteBuffer in) {
        long value = 0;
        for (int i = 0; i < MAX_NUMBER && in.hasRemaining(); i++) {
            byte next = in.get();
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    private static Optional<String> string(ByteBuffer in) {
        long length = number(in);
        if (length < 0 || length > in.remaining()) {
            return Optional.empty();
        }
        ByteBuffer utf8 = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
