package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Claims in few bytes: four ids of 8 bytes, then numbers of 7 bits a byte (lowest first) and strings with their
/// length in front. Issue time and life are in seconds; the subject is left empty when it is the client or the
/// customer. Customer and tokens of the lineage follow, ids of 8 bytes, when there are any; zero is no customer.
/// What is said of few tokens stands behind a zero in the place of another token: how many seconds before its
/// issue the first token of its line was issued, plus one, or zero when it is the first; the origin, empty
/// without one; one when the member is a membership, two when a user's grant to an application follows besides,
/// three when the credential of an application does that was shown beside the user's secret, and that
/// application, else zero; and that. Four is added to it when the 32 bytes of a key's thumbprint come last,
/// eight when those of a certificate's do, and sixteen when those follow that it was passed on to: how many, of
/// each two ids and in which part, and how many names of actors, and these; thirty-two when the user's grant is of
/// somebody who had shown a second factor; and sixty-four when the text of authorization details follows all of
/// that. The Api is not written: it is associated data.
final class SealedClaims {
    private static final int GRANTED = 2;
    private static final int BESIDE = 3;
    private static final int BOUND = 4;
    private static final int BOUND_TO_CERTIFICATE = 8;
    private static final int PASSED = 16;
    private static final int SURE = 32;
    private static final int DETAILED = 64;
    private static final int THUMBPRINT = 32;
    private static final Optional<AuthorizationDetails> NO_DETAILS = Optional.of(AuthorizationDetails.NONE);

    private SealedClaims() {}

    static byte[] encode(Claims claims) {
        byte[] client = claims.clientId().getBytes(StandardCharsets.UTF_8);
        Lineage lineage = claims.lineage();
        byte[] subject = claims.subject().equals(usual(lineage, claims.clientId()))
                ? new byte[0]
                : claims.subject().getBytes(StandardCharsets.UTF_8);
        byte[] scopes = claims.scopes().text().getBytes(StandardCharsets.UTF_8);
        byte[] origin = claims.origin().map(Origin::text).orElse("").getBytes(StandardCharsets.UTF_8);
        boolean membership = lineage.member().kind() == Kind.MEMBERSHIP;
        boolean more = claims.origin().isPresent()
                || claims.since().isPresent()
                || membership
                || claims.key().isPresent()
                || !lineage.passed().isEmpty()
                || !claims.details().isEmpty();
        byte[] details = claims.details().text().getBytes(StandardCharsets.US_ASCII);
        int ids = 12 + lineage.tokens().size();
        byte[] passed = SealedPassing.encode(lineage.passed(), claims.actors());
        int texts = client.length + subject.length + scopes.length + origin.length + passed.length + details.length;
        ByteBuffer out = ByteBuffer.allocate(ids * Long.BYTES + 13 * SealedBytes.MAX_NUMBER + texts);
        out.putLong(claims.id().value())
                .putLong(lineage.organization().value())
                .putLong(lineage.member().value())
                .putLong(lineage.credential().value());
        Generations generations = lineage.generations();
        SealedBytes.number(out, generations.credential());
        SealedBytes.number(out, generations.member());
        SealedBytes.number(out, generations.customer());
        SealedBytes.number(out, generations.organizations());
        SealedBytes.number(out, claims.issuedAt().getEpochSecond());
        SealedBytes.number(
                out, claims.expiresAt().getEpochSecond() - claims.issuedAt().getEpochSecond());
        SealedBytes.string(out, client);
        SealedBytes.string(out, subject);
        SealedBytes.string(out, scopes);
        if (lineage.customer().isPresent() || !lineage.tokens().isEmpty() || more) {
            out.putLong(lineage.customer().map(Id::value).orElse(0L));
            lineage.tokens().forEach(token -> out.putLong(token.value()));
        }
        if (more) {
            out.putLong(0);
            SealedBytes.number(
                    out,
                    claims.since()
                            .map(first -> claims.issuedAt().getEpochSecond() - first.getEpochSecond() + 1)
                            .orElse(0L));
            SealedBytes.string(out, origin);
            int of = lineage.granted().map(SealedClaims::marked).orElse(membership ? 1 : 0);
            int how = lineage.granted().filter(Lineage.Granted::sure).isPresent() ? of + SURE : of;
            int on = (lineage.passed().isEmpty() ? how : how + PASSED) + (details.length == 0 ? 0 : DETAILED);
            SealedBytes.number(out, claims.key().map(key -> on + marked(key)).orElse(on));
            lineage.granted()
                    .ifPresent(granted -> out.putLong(granted.grant().value())
                            .putLong(granted.application().value()));
            claims.key()
                    .ifPresent(key -> out.put(Base64Url.decode(key.thumbprint()).orElseThrow()));
            out.put(passed);
            if (details.length > 0) {
                SealedBytes.string(out, details);
            }
        }
        byte[] encoded = new byte[out.position()];
        out.flip().get(encoded);
        return encoded;
    }

    private static int marked(Confirmation key) {
        return switch (key.means()) {
            case KEY -> BOUND;
            case CERTIFICATE -> BOUND_TO_CERTIFICATE;
        };
    }

    private static int marked(Lineage.Granted granted) {
        return granted.grant().kind() == Kind.CREDENTIAL ? BESIDE : GRANTED;
    }

    /// Whom a token stands for when nothing else is said.
    private static String usual(Lineage lineage, String client) {
        return lineage.customer().map(Id::text).orElse(client);
    }

    /// The reverse; empty for bytes that [#encode] does not write.
    static Optional<Claims> decode(byte[] plain, Id api) {
        ByteBuffer in = ByteBuffer.wrap(plain);
        if (in.remaining() < 4 * Long.BYTES) {
            return Optional.empty();
        }
        Id id = new Id(Kind.TOKEN, in.getLong());
        Id organization = new Id(Kind.ORGANIZATION, in.getLong());
        long member = in.getLong();
        Id credential = new Id(Kind.CREDENTIAL, in.getLong());
        long[] numbers = new long[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = SealedBytes.number(in);
            if (numbers[i] < 0) {
                return Optional.empty();
            }
        }
        Optional<String> client = SealedBytes.string(in);
        Optional<String> subject = SealedBytes.string(in);
        Optional<Scopes> scopes =
                SealedBytes.string(in).flatMap(text -> text.isEmpty() ? Optional.of(Scopes.NONE) : Scopes.parse(text));
        long issuedAt = numbers[4];
        Optional<Descent> descent = descent(in, issuedAt);
        long life = numbers[5];
        if (client.isEmpty()
                || subject.isEmpty()
                || scopes.isEmpty()
                || descent.isEmpty()
                || issuedAt > Times.LAST
                || life > TokenPolicy.MAX_LIFE.toSeconds()) {
            return Optional.empty();
        }
        Lineage lineage = new Lineage(
                organization,
                new Id(descent.get().member(), member),
                credential,
                descent.get().customer(),
                descent.get().granted(),
                descent.get().tokens(),
                descent.get().passed().to(),
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
                descent.get().origin(),
                descent.get().since(),
                descent.get().key(),
                descent.get().passed().actors(),
                descent.get().details()));
    }

    private record Descent(
            Optional<Id> customer,
            Optional<Lineage.Granted> granted,
            List<Id> tokens,
            Optional<Origin> origin,
            Optional<Instant> since,
            Kind member,
            Optional<Confirmation> key,
            SealedPassing passed,
            AuthorizationDetails details) {}

    private static Optional<Descent> descent(ByteBuffer in, long issuedAt) {
        if (!in.hasRemaining()) {
            return Optional.of(plain(Optional.empty(), List.of()));
        }
        if (in.remaining() < Long.BYTES) {
            return Optional.empty();
        }
        long first = in.getLong();
        Optional<Id> customer = first == 0 ? Optional.empty() : Optional.of(new Id(Kind.CUSTOMER, first));
        List<Id> tokens = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < Long.BYTES) {
                return Optional.empty();
            }
            long token = in.getLong();
            if (token == 0) {
                return more(in, customer, tokens, issuedAt);
            }
            if (tokens.size() == Lineage.MAX_TOKENS) {
                return Optional.empty();
            }
            tokens.add(new Id(Kind.TOKEN, token));
        }
        return customer.isEmpty() && tokens.isEmpty() ? Optional.empty() : Optional.of(plain(customer, tokens));
    }

    private static Descent plain(Optional<Id> customer, List<Id> tokens) {
        return new Descent(
                customer,
                Optional.empty(),
                tokens,
                Optional.empty(),
                Optional.empty(),
                Kind.APPLICATION,
                Optional.empty(),
                SealedPassing.NONE,
                AuthorizationDetails.NONE);
    }

    private static Optional<Descent> more(ByteBuffer in, Optional<Id> customer, List<Id> tokens, long issuedAt) {
        long ago = SealedBytes.number(in);
        Optional<String> text = SealedBytes.string(in);
        Optional<Origin> origin = text.flatMap(Origin::parse);
        long last = SealedBytes.number(in);
        boolean detailed = last >= DETAILED;
        long how = detailed ? last - DETAILED : last;
        boolean sure = how >= SURE;
        long marks = sure ? how - SURE : how;
        boolean on = marks >= PASSED;
        long rest = on ? marks - PASSED : marks;
        boolean certified = rest >= BOUND_TO_CERTIFICATE;
        boolean bound = rest >= BOUND;
        long membership = certified ? rest - BOUND_TO_CERTIFICATE : bound ? rest - BOUND : rest;
        Optional<Lineage.Granted> granted = membership == GRANTED
                ? granted(in, Kind.GRANT)
                : membership == BESIDE ? granted(in, Kind.CREDENTIAL) : Optional.empty();
        Optional<Confirmation> key =
                bound ? key(in).map(certified ? Confirmation::certificate : Confirmation::key) : Optional.empty();
        Optional<SealedPassing> passed = on ? SealedPassing.decode(in) : Optional.of(SealedPassing.NONE);
        Optional<AuthorizationDetails> details =
                detailed ? SealedBytes.string(in).flatMap(AuthorizationDetails::read) : NO_DETAILS;
        boolean nothing = ago == 0 && origin.isEmpty() && last == 0;
        boolean wrong = ago < 0
                || ago > issuedAt + 1
                || text.isEmpty()
                || (origin.isEmpty() && !text.get().isEmpty())
                || (ago > 0 && tokens.isEmpty())
                || membership < 0
                || membership > BESIDE
                || (membership >= GRANTED && (granted.isEmpty() || customer.isPresent()))
                || (bound && key.isEmpty())
                || passed.isEmpty()
                || (sure && membership != GRANTED)
                || details.isEmpty()
                || nothing
                || in.hasRemaining();
        return wrong
                ? Optional.empty()
                : Optional.of(new Descent(
                        customer,
                        granted.map(yes -> yes.sure(sure)),
                        tokens,
                        origin,
                        ago == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(issuedAt - ago + 1)),
                        membership == 0 ? Kind.APPLICATION : Kind.MEMBERSHIP,
                        key,
                        passed.get(),
                        details.get()));
    }

    private static Optional<Lineage.Granted> granted(ByteBuffer in, Kind by) {
        return in.remaining() < 2 * Long.BYTES
                ? Optional.empty()
                : Optional.of(new Lineage.Granted(new Id(by, in.getLong()), new Id(Kind.APPLICATION, in.getLong())));
    }

    private static Optional<String> key(ByteBuffer in) {
        if (in.remaining() < THUMBPRINT) {
            return Optional.empty();
        }
        byte[] bytes = new byte[THUMBPRINT];
        in.get(bytes);
        return Optional.of(Base64Url.encode(bytes));
    }
}
