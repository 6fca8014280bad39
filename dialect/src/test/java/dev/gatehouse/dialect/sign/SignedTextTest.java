package dev.gatehouse.dialect.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.load.Shipped;
import dev.gatehouse.dialect.model.Signing;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is signed, byte for byte as Python's `parse_qs`, `json.dumps`, `quote` and `quote_plus` make it.
class SignedTextTest {
    private static final Signing SIGNING =
            Shipped.find("inbenta").orElseThrow().signing().orElseThrow();

    private static String signed(String method, String path, Optional<String> query, byte[] body) {
        return text(method, path, query, body).orElseThrow();
    }

    private static Optional<String> text(String method, String path, Optional<String> query, byte[] body) {
        HttpFacts http = new HttpFacts(
                "id",
                "orders",
                true,
                method,
                "api.example.com",
                path,
                query,
                List.of(),
                Bytes.of(body),
                InetAddress.getLoopbackAddress(),
                0);
        return SignedText.request(SIGNING, http, "1552647740").map(SignedTextTest::written);
    }

    private static String written(SignedText text) {
        return new String(text.bytes(), StandardCharsets.UTF_8);
    }

    private static Optional<String> reply(byte[] body) {
        return SignedText.reply(SIGNING, ByteBuffer.wrap(body), "7").map(SignedTextTest::written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            a=1                       | a%3D%221%22
            b=2&a=1                   | a%3D%221%22%26b%3D%222%22
            q[]=1&q[]=2               | q%3D%5B%221%22%2C%20%222%22%5D
            q%5B%5D=1,2&q%5B%5D=3,4   | q%3D%5B%221%2C2%22%2C%20%223%2C4%22%5D
            a=x+y&b=x%20y             | a%3D%22x%20y%22%26b%3D%22x%20y%22
            a=%C3%A0                  | a%3D%22%5Cu00e0%22
            a=%F0%9F%98%80            | a%3D%22%5Cud83d%5Cude00%22
            a=d/e:f~g                 | a%3D%22d/e%3Af~g%22
            =1                        | %3D%221%22
            a==1                      | a%3D%22%3D1%22
            a="q"                     | a%3D%22%5C%22q%5C%22%22
            a=%5Cn                    | a%3D%22%5C%5Cn%22
            a=%0A                     | a%3D%22%5Cn%22
            a=%7F                     | a%3D%22%5Cu007f%22
            %C3%A9=1&z=2&A=3          | A%3D%223%22%26z%3D%222%22%26%C3%A9%3D%221%22
            """)
    void queries(String query, String expected) {
        assertThat(signed("GET", "/v1/foo", Optional.of(query), new byte[0]))
                .isEqualTo("GET&v1%2Ffoo&" + expected + "&1552647740&v1");
    }

    /// Another query could be put in the place of each of these, and its signature would not tell.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1&a=2", "%61=1&a=1", "q=1&q[]=2", "q%5B%5D=1&q=2", "a=&b=1", "a&b=1", "b=1&", "&", "a=%2B",
                        "a=%252B",
                "a=%25C3", "a=%2541", "a=%zz", "a=%4", "a=%E0", "%E0=1", "a=%C0%AF", "a=%ED%A0%80", "a%26b=1",
                        "a%3Db=1",
                "a%22=1", "a%25=1", "a%0A=1", "a=\u00e9", "a= 1"
            })
    void queriesThatAreNotSigned(String query) {
        assertThat(text("GET", "/v1/foo", Optional.of(query), new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=\"1\"", "a=[\"1\", \"2\"]", "a=\"1\"&b=[\"\\\"\\u00e9\"]", "=\"\"", "a=[\"x\"]&a=\"\\n\""})
    void aBodyThatReadsLikeAQueryIsNotSignedWithoutOne(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(text("POST", "/v1/foo", Optional.empty(), bytes)).isEmpty();
        assertThat(text("POST", "/v1/foo", Optional.of("a=1"), bytes)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"=1\"}",
                "a=1",
                "a=\"1\"\n",
                "a=\"1",
                "a=[\"1\",\"2\"]",
                "a=[]",
                "<?xml version=\"1.0\"?>",
                "a=\"\\x\"",
                "&",
                "=",
                "a=\"1\"&",
                "a=\"1\"&b"
            })
    void anyOtherBodyIs(String body) {
        assertThat(text("POST", "/v1/foo", Optional.empty(), body.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    @Test
    void nothingTakesThePlaceOfAPath() {
        assertThat(text("POST", "/", Optional.empty(), new byte[] {'x'})).isEmpty();
        assertThat(text("GET", "/", Optional.of("a=1"), new byte[0])).isEmpty();
    }

    @Test
    void aLongBodyIsToldInParts() {
        String body = "\uD83D\uDE00 x".repeat(10_000);
        assertThat(signed("PUT", "/v1", Optional.empty(), body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("PUT&v1&" + "%F0%9F%98%80+x".repeat(10_000) + "&1552647740&v1");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/foo/bar/bG9nOjozOTUyMjEyNzg4MTk3NTk0NTU=, v1%2Ffoo%2Fbar%2FbG9nOjozOTUyMjEyNzg4MTk3NTk0NTU%3D",
        "/prod/reporting/v1/events, v1%2Fevents",
        "/prod/v1, v1",
        "/v10/v1/x, v1%2Fx",
        "/prod/other, prod%2Fother",
        "/v1/a%20b/, v1%2Fa%2520b%2F"
    })
    void paths(String path, String expected) {
        assertThat(signed("GET", path, Optional.empty(), new byte[0])).isEqualTo("GET&" + expected + "&1552647740&v1");
    }

    @Test
    void whatIsEmptyIsLeftOut() {
        assertThat(signed("DELETE", "/", Optional.of(""), new byte[0])).isEqualTo("DELETE&1552647740&v1");
        assertThat(signed("PUT", "/v1", Optional.empty(), "à b/~*".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("PUT&v1&%C3%A0+b%2F~%2A&1552647740&v1");
        assertThat(signed("PUT", "/v1", Optional.empty(), new byte[] {-1, 0})).isEqualTo("PUT&v1&%FF%00&1552647740&v1");
    }

    @Test
    void repliesAreSignedAsText() {
        String body = "{\"a\": \"à\u2028\u007f/\uD83D\uDE00\"}\n";
        assertThat(reply(body.getBytes(StandardCharsets.UTF_8)))
                .hasValue("v1&7&%22%7B%5C%22a%5C%22%3A+%5C%22%5Cu00e0%5Cu2028%5Cu007f%2F"
                        + "%5Cud83d%5Cude00%5C%22%7D%5Cn%22");
        assertThat(reply(new byte[0])).hasValue("v1&7&%22%22");
        assertThat(reply(new byte[] {-1})).isEmpty();
    }
}
