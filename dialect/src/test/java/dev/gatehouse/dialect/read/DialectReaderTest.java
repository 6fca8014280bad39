package dev.gatehouse.dialect.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.load.Shipped;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a reader makes of requests that golden files do not have: those that nobody's client sends on purpose.
class DialectReaderTest {
    private static HttpFacts request(boolean secure, String line, String body, String... fields) {
        var parts = line.split(" ", 2);
        int mark = parts[1].indexOf('?');
        List<Header> headers = new ArrayList<>();
        for (var field : fields) {
            int colon = field.indexOf(':');
            headers.add(new Header(
                    field.substring(0, colon), field.substring(colon + 1).strip()));
        }
        try {
            return new HttpFacts(
                    "id",
                    "listener",
                    secure,
                    parts[0],
                    "host",
                    mark < 0 ? parts[1] : parts[1].substring(0, mark),
                    mark < 0 ? Optional.empty() : Optional.of(parts[1].substring(mark + 1)),
                    headers,
                    Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                    InetAddress.getByName("192.0.2.7"),
                    0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String dialect, HttpFacts http) {
        return switch (new DialectReader(Shipped.find(dialect).orElseThrow()).read(http)) {
            case Reading.Asked(var endpoint, var shown) -> endpoint.operation().word() + " " + shown;
            case Reading.Called(var shown) -> "call " + shown;
            case Reading.Nothing() -> "nothing";
            case Reading.Refused(Fault fault) -> fault.refused().word();
        };
    }

    private static String call(String dialect, String... fields) {
        return read(dialect, request(true, "GET /things", "", fields));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Authorization: Bearer T                | Authorization: Bearer T      | several
            Authorization: App K                   | Authorization: Bearer T      | several
            Authorization: Digest x                | X: y                         | bad-credential
            Authorization: Bearer                  | X: y                         | bad-credential
            Authorization: Bearer T U              | X: y                         | bad-credential
            Authorization: Basic !!                | X: y                         | bad-credential
            Authorization: Basic Og==              | X: y                         | bad-credential
            Authorization: undefined               | X: y                         | nothing
            authorization: undefined               | Authorization: App K         | call [API_KEY]
            Authorization: Undefined               | X: y                         | bad-credential
            Authorization: aPP K                   | X: y                         | call [API_KEY]
            Authorization:                         | X: y                         | nothing
            """)
    void oneCredentialOrNone(String first, String second, String read) {
        assertThat(call("infobip", first, second)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apiKey=K              | call [API_KEY]
            apiKey=               | nothing
            apiKey=K&apiKey=L     | several
            apiKey=%ZZ            | bad-credential
            api%4Bey=K            | call [API_KEY]
            access_token=T        | malformed
            ACCESS%5FTOKEN=T      | malformed
            x=1&client_secret=S   | malformed
            x=%ZZ&&=&y            | nothing
            """)
    void credentialsInTheQueryOnlyWhereTheyAreDeclared(String query, String read) {
        assertThat(read("infobip", request(true, "GET /things?" + query, ""))).isEqualTo(read);
    }

    @Test
    void selectorsBeyondASetStayUnreadAndProofsDoNot() {
        assertThat(call("nomba", "accountId: A", "Authorization: Bearer T"))
                .isEqualTo("call [ORGANIZATION, ACCESS_TOKEN]");
        assertThat(call("nomba", "accountId: A", "accountId: B", "Authorization: Bearer T"))
                .isEqualTo("malformed");
        assertThat(call("nomba", "accountId: A")).isEqualTo("nothing");
        assertThat(call("nomba", "Authorization: Bearer T")).isEqualTo("unauthenticated");
        var both = request(true, "POST /api/contract", "{\"data\":{\"clientKey\":\"C\"}}", "Authorization: Bearer T");
        assertThat(read("sfs", both)).isEqualTo("call [ACCESS_TOKEN]");
    }

    @Test
    void theBodyOfACallIsWantedOnlyBySetsThatReachIntoIt() {
        var reader = new DialectReader(Shipped.find("sfs").orElseThrow());
        assertThat(reader.wantsBody(request(true, "POST /api/contract", "", "X-Sendforsign-Key: K")))
                .isTrue();
        assertThat(reader.wantsBody(request(true, "POST /api/contract", "", "Authorization: Bearer T")))
                .isFalse();
        assertThat(reader.wantsBody(request(true, "POST /api/contract", ""))).isFalse();
    }

    @Test
    void anEndpointIsToldByItsPath() {
        var reader = new DialectReader(Shipped.find("sfs").orElseThrow());
        assertThat(reader.serving(request(true, "POST /api/token", "")).map(PathPattern::text))
                .contains("/api/token");
        assertThat(reader.serving(request(true, "GET /api/token", ""))).isEmpty();
        assertThat(reader.serving(request(true, "POST /api/contract", ""))).isEmpty();
    }

    @Test
    void whatCarriesProofsIsNamedSoThatItDoesNotGoOn() {
        var infobip = new DialectReader(Shipped.find("infobip").orElseThrow());
        assertThat(infobip.proofHeaders()).containsExactly("Authorization");
        assertThat(infobip.proofParameters()).containsExactly("apiKey");
        assertThat(new DialectReader(Shipped.find("sfs").orElseThrow()).proofHeaders())
                .containsExactly("Authorization", "X-Sendforsign-Key");
    }

    @Test
    void plainHttpIsRefusedWhereTheDialectNeedsTls() {
        assertThat(read("sfs", request(false, "GET /api/contract", "", "Authorization: Bearer T")))
                .isEqualTo("insecure");
        assertThat(read("nomba", request(false, "GET /x", ""))).isEqualTo("nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"secret\":\"S\",\"secret\":\"T\"}",
                "{\"secret\":\"S\"} x",
                "{\"secret\":{\"a\":1}}",
                "{\"secret\":[\"S\"]}",
                "{\"secret\":null}",
                "{\"secret\":\"\"}",
                "{\"secret\":\"S\"",
                "[\"secret\"]",
                "secret=S&secret=T",
                "secret=%ff",
                "secret=%4",
                "",
            })
    void aBodyThatCouldBeReadInTwoWaysIsMalformed(String body) {
        assertThat(read("inbenta", request(true, "POST /v1/auth", body, "x-inbenta-key: K")))
                .isEqualTo("malformed");
    }

    @Test
    void deepAndLargeBodiesAreMalformed() {
        var deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
        var large = "{\"secret\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(read("inbenta", request(true, "POST /v1/auth", deep, "x-inbenta-key: K")))
                .isEqualTo("malformed");
        assertThat(read("inbenta", request(true, "POST /v1/auth", large, "x-inbenta-key: K")))
                .isEqualTo("malformed");
    }

    @Test
    void aCredentialThatAnEndpointHasNoPlaceForIsRefused() {
        var body = "{\"username\":\"U\",\"password\":\"P\"}";
        assertThat(read("infobip", request(true, "POST /auth/1/session", body, "Authorization: App K")))
                .isEqualTo("several");
        assertThat(read("infobip", request(true, "POST /auth/1/session", body)))
                .isEqualTo("open-session [USERNAME, PASSWORD]");
    }

    @Test
    void parametersInTheQueryAndInTheFormAreRefusedTogether() {
        var form = "client_id=U&client_secret=P&grant_type=client_credentials";
        assertThat(read("infobip", request(true, "POST /auth/1/oauth2/token?client_id=V", form)))
                .isEqualTo("malformed");
        assertThat(read("infobip", request(true, "POST /auth/1/oauth2/token?x=1", form)))
                .isEqualTo("issue [USERNAME, PASSWORD]");
    }

    @Test
    void whatWasShownIsNotPrinted() {
        var reading = new DialectReader(Shipped.find("infobip").orElseThrow())
                .read(request(true, "GET /x", "", "Authorization: App TOP-SECRET"));
        assertThat(reading.toString()).doesNotContain("TOP-SECRET");
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Called.class,
                        called -> assertThat(called.shown()
                                        .get(Input.API_KEY)
                                        .orElseThrow()
                                        .reveal())
                                .isEqualTo("TOP-SECRET"));
    }
}
