package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept with a grant is what was asked for.
class AskedClaimsTest {
    private static final List<String> NAMES = List.of("name", "email", "sub", "acr", "address", "made_up");
    private static final List<String> LEAVES = List.of("null", "true", "7", "0.5", "\"x\"", "\"\\u00e4\\\"\"", "{}");

    private static String value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 1 : 3)) {
            case 0 -> LEAVES.get(random.nextInt(LEAVES.size()));
            case 1 -> "[" + value(random, depth - 1) + "]";
            default -> "{\"k\":" + value(random, depth - 1) + "}";
        };
    }

    private static String claim(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> "null";
            case 1 -> "{\"essential\":" + random.nextBoolean() + "}";
            case 2 -> "{\"value\":" + value(random, 6) + "}";
            default -> "{\"values\":[" + value(random, 5) + "," + value(random, 2) + "]}";
        };
    }

    private static String place(RandomGenerator random) {
        List<String> names = NAMES.stream().filter(_ -> random.nextBoolean()).toList();
        return names.stream()
                .map(name -> "\"" + name + "\":" + claim(random))
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsReadIsReadAgainAsItWas(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long read = IntStream.range(0, 2000)
                .mapToObj(_ -> "{\"userinfo\":" + place(random) + ",\"id_token\":" + place(random) + "}")
                .filter(text -> same(text))
                .count();
        assertThat(read).isGreaterThan(500);
    }

    private static boolean same(String text) {
        Optional<AskedClaims> asked = AskedClaims.read(text).map(one -> one.beside(Scopes.of("email")));
        asked.ifPresent(one -> assertThat(AskedClaims.kept(one.text())).as(text).isEqualTo(one));
        return asked.isPresent();
    }
}
