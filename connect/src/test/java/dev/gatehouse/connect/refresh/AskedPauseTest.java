package dev.gatehouse.connect.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.testkit.FakePlatform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When platforms want to be asked again, as each of them says it. 1767225600 is the beginning of 2026.
class AskedPauseTest {
    private static Platform platform(String hint) {
        String file = FakePlatform.FILE + (hint.isEmpty() ? "" : "retry: {" + hint + "}\n");
        return switch (PlatformLoader.load("Fake.yaml", file)) {
            case Loaded.Good(Platform platform) -> platform;
            case Loaded.Wrong(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            ''                 | Retry-After: 30                                          | 30
            ''                 | Retry-After: 86400                                       | 3600
            ''                 | Retry-After: soon                                        | none
            ''                 | X-Reset: 5                                               | none
            'after: X-Reset'   | X-Reset: 5                                               | 5
            'after: X-Reset'   | x-reset: 5                                               | 5
            'after: X-Reset'   | X-Reset: 5, Retry-After: 30                              | 30
            'after: X-Reset'   | X-Reset: -5                                              | none
            'after: X-Reset'   | X-Reset: 9999999999                                      | 3600
            'after: X-Reset'   | X-Reset: 99999999999                                     | none
            'after: X-Reset'   | X-Reset: 5, X-Reset: 6                                   | none
            'at: X-Reset'      | X-Reset: 1767225660, Date: @                             | 60
            'at: X-Reset'      | X-Reset: 1767225660                                      | none
            'at: X-Reset'      | X-Reset: 1767225660, Date: yesterday                     | none
            'at: X-Reset'      | X-Reset: 1767225540, Date: @                             | none
            'at: X-Reset'      | X-Reset: 60, Date: @                                     | none
            """)
    void aPlatformSaysWhenToComeAgain(String hint, String headers, Long seconds) {
        assertThat(asked(hint, 429, headers)).isEqualTo(Optional.ofNullable(seconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            'after: X-Reset'               | 500 | X-Reset: 5                  | none
            'after: X-Reset'               | 502 | X-Reset: 5                  | none
            'after: X-Reset'               | 503 | X-Reset: 5                  | none
            'after: X-Reset'               | 503 | X-Reset: 5, Retry-After: 30 | 30
            'after: X-Reset'               | 403 | X-Reset: 5, X-Left: 0       | none
            'after: X-Reset, left: X-Left' | 403 | X-Reset: 5, X-Left: 0       | 5
            'after: X-Reset, left: X-Left' | 403 | X-Reset: 5, X-Left: 10      | none
            'after: X-Reset, left: X-Left' | 403 | X-Reset: 5                  | none
            'after: X-Reset, left: X-Left' | 500 | X-Reset: 5, X-Left: 0       | none
            'after: X-Reset, left: X-Left' | 429 | X-Reset: 5, X-Left: 1       | 5
            """)
    void onlyALimitPutsOff(String hint, int status, String headers, Long seconds) {
        assertThat(asked(hint, status, headers)).isEqualTo(Optional.ofNullable(seconds));
    }

    private static Optional<Long> asked(String hint, int status, String headers) {
        List<Header> sent = Stream.of(headers.split(", ", -1))
                .map(line -> line.split(": ", 2))
                .map(line -> new Header(line[0], line[1].replace("@", "Thu, 01 Jan 2026 00:00:00 GMT")))
                .toList();
        return AskedPause.of(platform(hint), new Fetched.Answer(status, sent, Bytes.NONE))
                .map(Duration::toSeconds);
    }
}
