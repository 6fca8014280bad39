package dev.gatehouse.connect.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.testkit.FakePlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What answers of token endpoints mean (RFC 6749 sections 5.1 and 5.2; GAUNTLET J09, N04).
class TokenAnswerTest {
    private static final String TOKEN = "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60}";

    private static final Platform FAKE = platform(FakePlatform.FILE);

    private static OAuth oauth(String more) {
        return loaded(FakePlatform.FILE + more);
    }

    private static OAuth loaded(String file) {
        return platform(file).oauth().orElseThrow();
    }

    private static Platform platform(String file) {
        return switch (PlatformLoader.load("Fake.yaml", file)) {
            case Loaded.Good(Platform platform) -> platform;
            case Loaded.Wrong(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    private static Obtained read(OAuth oauth, int status, String body, Header... headers) {
        return TokenAnswer.read(
                FAKE,
                oauth,
                new Fetched.Answer(status, List.of(headers), Bytes.of(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void tokensBecomeFieldsAndTheRestIsLeftOut() {
        assertThat(read(oauth(""), 200, TOKEN.replace("}", ",\"scope\":\"x\",\"deep\":{\"access_token\":\"b\"}}")))
                .isEqualTo(new Obtained.Tokens(
                        Map.of("access_token", "a", "refresh_token", "r"), Optional.of(Duration.ofSeconds(60))));
    }

    /// Some say 201, since they have made a token.
    @Test
    void everySuccessThatHasATokenIsOne() {
        assertThat(read(oauth(""), 201, TOKEN)).isInstanceOf(Obtained.Tokens.class);
        assertThat(read(oauth(""), 302, TOKEN)).isInstanceOf(Obtained.Nothing.class);
    }

    @Test
    void membersThatTheFileNamesBecomeFieldsToo() {
        OAuth oauth = loaded(FakePlatform.FILE.replace("{account_id: account}", "{next: refresh_token}"));
        assertThat(read(oauth, 200, "{\"access_token\":\"a\",\"next\":\"n\"}"))
                .isEqualTo(new Obtained.Tokens(
                        Map.of("access_token", "a", "refresh_token", "n"), Optional.of(Duration.ofHours(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3600.5", "1e12", "9999999999", "\"\"", "\"soon\"", "null", "true", "[]"})
    void whatIsNoNumberOfSecondsSaysNothing(String expires) {
        assertThat(read(oauth(""), 200, "{\"access_token\":\"a\",\"expires_in\":" + expires + "}"))
                .isEqualTo(new Obtained.Tokens(Map.of("access_token", "a"), Optional.of(Duration.ofHours(1))));
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "'\"3600\"', 3600"})
    void numbersOfSecondsMayBeText(String expires, long seconds) {
        assertThat(read(oauth(""), 200, "{\"access_token\":\"a\",\"expires_in\":" + expires + "}"))
                .isEqualTo(new Obtained.Tokens(Map.of("access_token", "a"), Optional.of(Duration.ofSeconds(seconds))));
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "200"})
    void invalidGrantIsTheEndHoweverItComes(int status) {
        assertThat(read(oauth(""), status, "{\"error\":\"invalid_grant\"}"))
                .isEqualTo(new Obtained.Dead("invalid_grant"));
    }

    @Test
    void otherErrorsAreTheEndOnlyWhereTheFileSaysSo() {
        String body = "{\"status\":\"BAD_REFRESH_TOKEN\",\"message\":\"x\"}";
        assertThat(read(oauth(""), 400, body)).isInstanceOf(Obtained.Nothing.class);
        assertThat(read(oauth("  dead: [BAD_REFRESH_TOKEN]\n"), 400, body))
                .isEqualTo(new Obtained.Dead("BAD_REFRESH_TOKEN"));
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                Arguments.of(401, "{\"error\":\"invalid_client\"}", true),
                Arguments.of(400, "{\"error\":\"invalid_request\"}", true),
                Arguments.of(429, "", true),
                Arguments.of(302, "", true),
                Arguments.of(404, "<html>", true),
                Arguments.of(200, "{\"error\":\"slow_down\"}", true),
                Arguments.of(500, "", false),
                Arguments.of(503, "{\"error\":\"invalid_grant\"}", true),
                Arguments.of(200, "", false),
                Arguments.of(200, "[]", false),
                Arguments.of(200, "{}", false),
                Arguments.of(200, "{\"access_token\":\"\"}", false),
                Arguments.of(200, "{\"access_token\":\"a\\r\\nX: y\"}", false),
                Arguments.of(200, "{\"access_token\":\"a\",\"access_token\":\"b\"}", false),
                Arguments.of(200, "{\"access_token\":\"a\"", false),
                Arguments.of(200, "{\"access_token\":\"a\"} x", false),
                Arguments.of(200, "{\"access_token\":\"" + "a".repeat(9000) + "\"}", false),
                Arguments.of(200, "[".repeat(5000), false));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void everythingElseIsNothingThisTime(int status, String body, boolean known) {
        assertThat(read(oauth(""), status, body))
                .isInstanceOfSatisfying(
                        Obtained.Nothing.class,
                        nothing -> assertThat(nothing.known()).isEqualTo(known));
    }

    @Test
    void whatNeverReachedThePlatformIsKnown() {
        assertThat(TokenAnswer.read(FAKE, oauth(""), new Fetched.Unreachable(Fetched.Cause.SLOW, true)))
                .isEqualTo(new Obtained.Nothing("slow", false, Optional.empty()));
        assertThat(TokenAnswer.read(FAKE, oauth(""), new Fetched.Unreachable(Fetched.Cause.CONNECT, false)))
                .isEqualTo(new Obtained.Nothing("connect", true, Optional.empty()));
        assertThat(TokenAnswer.read(FAKE, oauth(""), new Fetched.Refused(Fetched.Reason.ADDRESS)))
                .isEqualTo(new Obtained.Nothing("refused_address", true, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "86400, 3600", "soon, -1", "-5, -1"})
    void retryAfterIsHeardWithinBounds(String header, long seconds) {
        assertThat(read(oauth(""), 429, "", new Header("Retry-After", header)))
                .isInstanceOfSatisfying(
                        Obtained.Nothing.class,
                        nothing -> assertThat(nothing.retryAfter())
                                .isEqualTo(Optional.of(seconds)
                                        .filter(asked -> asked >= 0)
                                        .map(Duration::ofSeconds)));
    }

    @Test
    void nothingOfATokenIsPrinted() {
        assertThat(read(oauth(""), 200, TOKEN.replace("\"a\"", "\"s3cret\"")).toString())
                .doesNotContain("s3cret");
        assertThat(Parts.of(Map.of("access_token", "s3cret")).toString()).isEqualTo("[access_token]");
    }

    @Test
    void partsAreReadBackAsTheyWere() {
        Map<String, String> values = Map.of("a", "", "b", "x\u0000\n\t\uD83D\uDE00", "c", "y".repeat(9000));
        assertThat(Parts.read(Parts.of(values).bytes()).reveal()).isEqualTo(values);
        assertThat(Parts.read(Parts.of(Map.of()).bytes()).reveal()).isEmpty();
    }
}
