package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.Forger;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.keys.KeyLife;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A signature has one spelling, and counts as long as its key (GAUNTLET E09).
class JwtSignatureTest extends JwtAttackFixture {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    @Test
    void e09EcdsaNumbersMustBeInRangeAndInOneForm() {
        Forger forger = new Forger(world, world.es256);
        String input = Forger.encode(forger.header()) + "." + Forger.encode(forger.payload());
        byte[] good = forger.sign(input);
        byte[] r = Arrays.copyOf(good, 32);
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        byte[] zero = new byte[32];
        List<byte[]> signatures = new ArrayList<>();
        for (byte[] odd : List.of(zero, bytes(ORDER), bytes(ORDER.add(BigInteger.ONE)), bytes(BigInteger.ONE), ff())) {
            signatures.add(join(odd, s));
            signatures.add(join(r, odd));
            signatures.add(join(odd, odd));
        }
        signatures.add(new byte[0]);
        signatures.add(new byte[1]);
        signatures.add(Arrays.copyOf(good, 63));
        signatures.add(Arrays.copyOf(good, 65));
        signatures.add(join(zero, good));
        signatures.add(der(r, s));
        for (byte[] signature : signatures) {
            refused(input + "." + Base64Url.encode(signature), world.es256);
        }
        assertThat(accepted(input + "." + Base64Url.encode(good), world.es256)).isTrue();
    }

    @Test
    void e09OtherAlgorithmsSignaturesHaveOneLength() {
        for (Api api : List.of(world.rs256, world.eddsa)) {
            Forger forger = new Forger(world, api);
            String input = Forger.encode(forger.header()) + "." + Forger.encode(forger.payload());
            byte[] good = forger.sign(input);
            for (byte[] signature : List.of(
                    new byte[good.length],
                    Arrays.copyOf(good, good.length - 1),
                    Arrays.copyOf(good, good.length + 1),
                    join(new byte[1], good))) {
                refused(input + "." + Base64Url.encode(signature), api);
            }
        }
    }

    @Test
    void e09EverySingleCharacterCounts() {
        for (Api api : List.of(world.es256, world.eddsa)) {
            String token = world.text(api);
            for (int i = 0; i < token.length(); i++) {
                char c = token.charAt(i);
                for (char other : List.of(c == 'A' ? 'B' : 'A', c == '_' ? '-' : '_', '=', ' ', '\n', '+', '.')) {
                    if (other != c) {
                        refused(token.substring(0, i) + other + token.substring(i + 1), api);
                    }
                }
                refused(token.substring(0, i), api);
                refused(token.substring(0, i) + token.substring(i + 1), api);
                refused(token.substring(0, i) + "\u00e9" + token.substring(i + 1), api);
            }
            refused(token + "=", api);
            refused(" " + token, api);
            refused(token + "\n", api);
        }
    }

    @Test
    void aKeyIsAcceptedUntilItsLastTokenHasDiedAndNotLonger(@TempDir Path other) {
        World w = new World(other);
        String token = w.text(w.es256);
        w.keys.rotate(w.es256, Act.system("test", w.now));
        assertThat(w.formats.read(Secret.of(token), w.es256)).isInstanceOf(Read.Proven.class);
        w.now = w.now.plus(KeyLife.ACCEPTED_AFTER).minusSeconds(1);
        assertThat(w.formats.read(Secret.of(token), w.es256)).isInstanceOf(Read.Proven.class);
        w.now = w.now.plusSeconds(1);
        assertThat(w.formats.read(Secret.of(token), w.es256)).isInstanceOf(Read.Refused.class);
    }

    private static byte[] bytes(BigInteger number) {
        byte[] raw = number.toByteArray();
        byte[] out = new byte[32];
        int length = Math.min(32, raw.length);
        System.arraycopy(raw, raw.length - length, out, 32 - length, length);
        return out;
    }

    private static byte[] ff() {
        byte[] out = new byte[32];
        Arrays.fill(out, (byte) 0xff);
        return out;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    private static byte[] der(byte[] r, byte[] s) {
        byte[] first = new BigInteger(1, r).toByteArray();
        byte[] second = new BigInteger(1, s).toByteArray();
        byte[] body = join(
                join(new byte[] {2, (byte) first.length}, first), join(new byte[] {2, (byte) second.length}, second));
        return join(new byte[] {0x30, (byte) body.length}, body);
    }
}
