package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET M02 at the bounds of the admin API's bodies: names whose hashes collide, and values that nest as deep
/// as they may.
class CollidingNamesTest {
    private static final int DEEPEST = 32;

    private static Got<Map<String, Object>> read(String body) {
        return StrictJson.read(Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    /// As many different names of one hash as a body holds.
    private static List<String> colliding() {
        List<String> names = List.of("");
        for (int i = 0; i < 12; i++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        return names.subList(0, StrictJson.MAX_BYTES / 30);
    }

    private static String object(Stream<String> names) {
        return names.map(name -> "\"" + name + "\":0").collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void manyNamesOfOneHashAreReadWhole() {
        List<String> names = colliding();
        assertThat(names).hasSizeGreaterThan(2000).doesNotHaveDuplicates();
        assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
        String body = object(names.stream());
        assertThat(body.length()).isBetween(StrictJson.MAX_BYTES * 9 / 10, StrictJson.MAX_BYTES);
        assertThat(read(body).map(Map::size)).isEqualTo(Got.of(names.size()));
    }

    @Test
    void aNameThatIsThereTwiceIsFoundAmongThem() {
        List<String> names = colliding();
        Stream<String> twice = Stream.concat(names.stream().skip(1), Stream.of(names.getLast()));
        assertThat(read(object(twice))).isInstanceOf(Got.No.class);
    }

    private static String nested(String open, int depth) {
        String close = open.equals("[") ? "]" : "}";
        return "{\"a\":" + open.repeat(depth - 1) + "0" + close.repeat(depth - 1) + "}";
    }

    @ParameterizedTest
    @MethodSource("opens")
    void valuesNestAsDeepAsTheyMayAndNoDeeper(String open) {
        assertThat(read(nested(open, DEEPEST))).isInstanceOf(Got.Value.class);
        assertThat(read(nested(open, DEEPEST + 1))).isInstanceOf(Got.No.class);
        int most = StrictJson.MAX_BYTES / (open.length() + 1) - 10;
        assertThat(read(nested(open, most))).isInstanceOf(Got.No.class);
        assertThat(read(open.repeat(StrictJson.MAX_BYTES / open.length()))).isInstanceOf(Got.No.class);
    }

    static Stream<String> opens() {
        return Stream.of("{\"a\":", "[");
    }
}
