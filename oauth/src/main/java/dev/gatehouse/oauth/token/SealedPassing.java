package dev.gatehouse.oauth.token;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.token.Lineage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What [SealedClaims] say of those that a token was passed on to.
///
/// @param actors public names, the last actor first
record SealedPassing(List<Lineage.Passed> to, List<String> actors) {
    static final SealedPassing NONE = new SealedPassing(List.of(), List.of());

    private static final int NUMBER = 9;
    private static final int MOST = Lineage.MAX_TOKENS + 1;

    static byte[] encode(List<Lineage.Passed> to, List<String> actors) {
        if (to.isEmpty()) {
            return new byte[0];
        }
        List<byte[]> names = actors.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
        int room = names.stream().mapToInt(name -> name.length + NUMBER).sum();
        ByteBuffer out = ByteBuffer.allocate(2 * NUMBER + to.size() * (2 * Long.BYTES + NUMBER) + room);
        SealedBytes.number(out, to.size());
        for (Lineage.Passed one : to) {
            out.putLong(one.application().value()).putLong(one.credential().value());
            SealedBytes.number(out, number(one.as()));
        }
        SealedBytes.number(out, names.size());
        names.forEach(name -> SealedBytes.string(out, name));
        byte[] encoded = new byte[out.position()];
        out.flip().get(encoded);
        return encoded;
    }

    private static long number(Lineage.As as) {
        return switch (as) {
            case ITSELF -> 0;
            case ACTOR -> 1;
            case SUBJECT -> 2;
        };
    }

    /// The reverse; empty for bytes that [#encode] does not write.
    static Optional<SealedPassing> decode(ByteBuffer in) {
        long size = SealedBytes.number(in);
        if (size < 1 || size > Lineage.MAX_TOKENS) {
            return Optional.empty();
        }
        List<Lineage.Passed> to = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (in.remaining() < 2 * Long.BYTES) {
                return Optional.empty();
            }
            Id application = new Id(Kind.APPLICATION, in.getLong());
            Id credential = new Id(Kind.CREDENTIAL, in.getLong());
            long as = SealedBytes.number(in);
            Stream.of(Lineage.As.values())
                    .filter(one -> number(one) == as)
                    .forEach(one -> to.add(new Lineage.Passed(application, credential, one)));
        }
        long names = SealedBytes.number(in);
        if (to.size() != size || names < 0 || names > MOST) {
            return Optional.empty();
        }
        List<String> actors = new ArrayList<>();
        for (int i = 0; i < names; i++) {
            SealedBytes.string(in).ifPresent(actors::add);
        }
        return actors.size() == names ? Optional.of(new SealedPassing(to, actors)) : Optional.empty();
    }
}
