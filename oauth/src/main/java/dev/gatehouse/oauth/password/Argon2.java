package dev.gatehouse.oauth.password;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.Stretcher;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id, version 1.3 (RFC 9106), with its parameters and salt as a PHC string.
public final class Argon2 implements Stretcher {
    /// How much one stretching takes.
    ///
    /// @param memory in KiB
    public record Cost(int memory, int passes, int lanes) {
        /// The first of those that OWASP gives as equal: 19 MiB, two passes, one lane.
        public static final Cost TODAY = new Cost(19_456, 2, 1);

        /// The most that is done for a stored password, so that no row makes a node work for minutes.
        private static final Cost MOST = new Cost(262_144, 16, 8);

        private boolean within(Cost other) {
            return memory <= other.memory && passes <= other.passes && lanes <= other.lanes;
        }
    }

    private record How(Cost cost, Bytes salt) {}

    private static final int SALT_BYTES = 16;
    private static final int OUT_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]?),p=([1-9])\\$([A-Za-z0-9+/]{11,64})");

    private final Cost cost;
    private final RandomGenerator random;

    /// Stretches new passwords at this cost, with salts of `random`, which is a secure one.
    public Argon2(Cost cost, RandomGenerator random) {
        this.cost = cost;
        this.random = random;
    }

    @Override
    public String fresh() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return "$argon2id$v=19$m=" + cost.memory() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                + Base64.getEncoder().withoutPadding().encodeToString(salt);
    }

    /// Cheaper than today in any way.
    @Override
    public boolean outdated(String how) {
        return read(how).filter(known -> cost.within(known.cost())).isEmpty();
    }

    @Override
    public Optional<Stretched> stretched(Secret phc) {
        String text = phc.reveal();
        int last = text.lastIndexOf('$');
        if (last < 0) {
            return Optional.empty();
        }
        String how = text.substring(0, last);
        String out = text.substring(last + 1);
        return read(how).isPresent() && whole(out) ? Optional.of(new Stretched(how, Secret.of(out))) : Optional.empty();
    }

    /// Whether it is the one spelling of as many bytes as come out here.
    private static boolean whole(String out) {
        try {
            byte[] bytes = Base64.getDecoder().decode(out);
            return bytes.length == OUT_BYTES
                    && Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(out);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Secret stretch(Secret password, String how) {
        How known = read(how).orElseThrow(() -> new IllegalArgumentException("not an Argon2id string of ours"));
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(known.cost().memory())
                .withIterations(known.cost().passes())
                .withParallelism(known.cost().lanes())
                .withSalt(known.salt().toArray())
                .build());
        byte[] out = new byte[OUT_BYTES];
        generator.generateBytes(password.bytes(), out);
        return Secret.of(Base64.getEncoder().withoutPadding().encodeToString(out));
    }

    private static Optional<How> read(String how) {
        Matcher matcher = PHC.matcher(how);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Cost cost = new Cost(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        try {
            Bytes salt = Bytes.of(Base64.getDecoder().decode(matcher.group(4)));
            return cost.within(Cost.MOST) && cost.memory() >= 8 * cost.lanes()
                    ? Optional.of(new How(cost, salt))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
