package dev.gatehouse.dialect.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.yaml.Mistake;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.YamlReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every mistake is told with its place, what is wrong and what is allowed there.
class MistakesTest {
    private static final String GOOD = """
            dialect: acme
            vocabulary: 1
            tokens:
              access-token: {life: 30m}
            carriers:
              client-id: header X-Client
              access-token: scheme Bearer
            calls: [access-token, client-id + access-token]
            endpoints:
              - at: POST /token
                when: {member kind: app}
                take: {client-id: member id, client-secret: member secret}
                do: issue
                answer: 200 token
              - at: POST /end
                auth: access-token
                do: revoke-presented
                answer: 204
            replies:
              token: {token: $access-token, until: $expires-at/iso, for: "$expires-in s"}
            errors:
              - name: all
                at: /**
                json: {code: $code, why: $detail}
                rows:
                  malformed:       {status: 400, code: a}
                  unauthenticated: {status: 401, code: b}
                  forbidden:       {status: 403, code: c}
                  not-found:       {status: 404, code: d}
                  too-many:        {status: 429, code: e}
                  unavailable:     {status: 503, code: f}
                  internal:        {status: 500, code: g}
            """;

    private static List<String> mistakes(String text) {
        return switch (DialectLoader.load("acme.yaml", text)) {
            case Loaded.Good _ -> List.of();
            case Loaded.Wrong(List<Mistake> all) ->
                all.stream().map(Mistake::toString).toList();
        };
    }

    @Test
    void aGoodFileHasNone() {
        assertThat(mistakes(GOOD)).isEmpty();
    }

    private static final String SIGNATURE = """
            signature:
              headers: {signature: X-S, version: X-V, time: X-T}
              version: v1
              request: [method, path/plus, query/percent, body/plus, time]
              within: 5m
              errors: all
            """;

    @Test
    void aGoodSignatureHasNone() {
        assertThat(mistakes(GOOD + SIGNATURE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            body/plus, time    | body/plus         | the time of a request is signed, too
            path/plus          | path/minus        | no coding "minus"
            path/plus          | way/plus          | no piece "way"
            body/plus          | body/json         | nothing of a request is coded as json
            within: 5m         | within: 16m       | 1s to 15m stand here
            within: 5m         | reply: [path]     | no piece "path"
            errors: all        | errors: some      | no error family "some"
            X-S                | X S               | this is no name of a header field
            """)
    void aSignatureThatSignsTooLittleIsTold(String right, String wrong, String told) {
        assertThat(mistakes(GOOD + SIGNATURE.replace(right, wrong)))
                .as(wrong)
                .anySatisfy(mistake -> assertThat(mistake).contains(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            vocabulary: 1      | vocabulary: 2          | 2:13: a number from 1 to 1 stands here
            dialect: acme      | dialect: Acme!         | 1:10: a name has small letters, digits and - only
            carriers:          | cariers:               | 5:1: no key "cariers" (did you mean carriers?); allowed here: dialect, vocabulary
            life: 30m          | life: 30 minutes       | 4:24: a duration is a number and s, m, h or d, such as 30m
            life: 30m          | life: 30m, idle: 5m    | 4:35: of access-token nobody says idle
            life: 30m          | life: 30m, shape: uuid | of access-token nobody says shape
            life: 30m          | life: 30m, bound-to: address | of access-token nobody says bound-to
            life: 30m          | life: 30m, second: refused | a second access token replaces the first; only sessions are refused
            access-token: {life: 30m} | api-key: {life: 30m, second: replaces} | of api-key nobody says second
            life: 30m          | lief: 30m              | 4:18: no key "lief" (did you mean life?); allowed here: format, life, idle
            client-id: header  | clientid: header       | 6:3: no input that can be carried "clientid" (did you mean client-id?); allowed here: api-key
            header X-Client    | head X-Client          | 6:14: no place "head" (did you mean header?); allowed here: scheme, bare, basic, header, query, member
            header X-Client    | header X Client        | 6:14: "header X Client" names no place: a header field
            header X-Client    | scheme Bearer          | 7:17: scheme Bearer carries client-id already
            scheme Bearer      | query token            | access-token may come in the query, which ends up in logs
            client-id + access | api-key + access       | 8:23: no declared carrier "api-key"; allowed here: client-id, access-token
            client-id + access-token] | access-token]   | 8:23: the set access-token is here twice
            [access-token,     | [client-id,            | 8:8: the set client-id proves nothing
            - at: POST /token  | - at: POST token       | 10:9: this is no method and path, such as POST /v1/auth
            - at: POST /token  | - at: FETCH /token     | methods allowed here: GET, POST, PUT, PATCH, DELETE
            - at: POST /token  | - at: POST /token/{x}  | 10:9: the path has the variables x; taken are nothing
            - at: POST /end    | - at: [POST /end, POST end] | 15:21: this is no method and path, such as POST /v1/auth
            - at: POST /end    | - at: [POST /end, POST /end] | 15:21: no request reaches this endpoint: the one in line 15 takes all of them
            - at: POST /end    | - at: []               | 15:9: an endpoint has a method and path at least
            - at: POST /end    | - at: [POST /end, GET /end] | §§
            do: issue          | do: isue               | 13:9: no operation "isue" (did you mean issue?); allowed here: issue, delegate
            , client-secret: member secret |            | 10:9: issue needs client-id + client-secret, or username + password
            client-secret: member secret   | client-secret: member secret, code: member c | it may have user-key, origin, organization, scopes, life; here it gets client-id, client-secret, code
            member id          | scheme Bearer          | 12:23: no place "scheme"; allowed here: header, query, member, path
            answer: 200 token  | answer: 200 tokens     | 14:13: no reply "tokens" (did you mean token?); allowed here: token
            answer: 200 token  | answer: {status: 200}  | 20:3: no endpoint answers with the reply "token"
            answer: 204        | answer: 99             | 18:13: a number from 200 to 399 stands here
            answer: 204        | answer: {status: 200, query: {a: b}} | a browser is sent back, but no redirect is taken
            $access-token      | $acess-token           | 20:18: no value "acess-token" (did you mean access-token?); allowed here: access-token, expires-in
            $expires-at/iso    | $expires-at            | 20:40: $expires-at needs a format, $expires-at/iso for example
            $expires-at/iso    | $expires-at/is         | no format of time "is" (did you mean iso?); allowed here: iso, iso-local
            $expires-in s      | $ 5                    | a dollar sign alone is written $$
            access-token: scheme Bearer | access-token: basic user | basic user and basic password stand together
            auth: access-token | accept-expired: access-token | 15:9: access-token is accepted expired, but is not in auth
            do: revoke-presented | do: delegate         | 15:9: delegate needs access-token + customer, or api-key + customer
            at: /**            | at: /v1/**             | 23:9: the last error family is for /**
            $code,             | $cod,                  | the row malformed lacks cod, which json shows
            why: $detail       | why: $code             | §§
            status: 404, code: d | status: 204, code: d | 29:33: a number from 400 to 599 stands here
            not-found:         | nothing:               | 26:7: there is no row for not-found: nothing is there
            not-found:         | nothing:               | 29:7: no refusal class "nothing"
            too-many:          | "too-many, it":        | no refusal class "too-many,"
            code: e}           | code: e, extra: x}     | the row too-many has extra, which json does not show
            """)
    void everyMistakeIsTold(String part, String instead, String told) {
        var text = GOOD.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(instead == null ? "" : instead));
        assertThat(text).isNotEqualTo(GOOD);
        var found = mistakes(text);
        if (told.isEmpty()) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).anySatisfy(mistake -> assertThat(mistake).contains(told));
        }
    }

    /// Everybody shows the one key of a page: each visitor would end the token of the one before.
    @ParameterizedTest
    @CsvSource({"second: replaces, true", "renewable: 8h, false"})
    void aKeyThatManyShowHasNoOneToken(String rule, boolean wrong) {
        var text = GOOD.replace("life: 30m", "life: 30m, " + rule)
                .replace("client-secret: member secret", "domain-key: member key");
        assertThat(mistakes(text)
                        .contains("acme.yaml:10:9: domain-key is not taken where one access token lives at a time"))
                .isEqualTo(wrong);
        assertThat(mistakes(text)).hasSize(wrong ? 1 : 0);
    }

    @Test
    void allAreToldAtOnceInTheOrderOfTheFileAndBounded() {
        var text = GOOD.replace("do: issue", "do: isue")
                .replace("life: 30m", "lief: 30m")
                .replace("status: 404", "status: 4");
        assertThat(mistakes(text)).hasSizeGreaterThan(2).first().asString().startsWith("acme.yaml:4:18: ");
        var flood = new StringBuilder(GOOD);
        for (int i = 0; i < 500; i++) {
            flood.append("unknown").append(i).append(": 1\n");
        }
        assertThat(mistakes(flood.toString())).hasSize(Mistakes.MAX);
    }

    @Test
    void anEndpointThatNoRequestReachesIsAMistake() {
        var twice = GOOD.replace("  - at: POST /end\n", """
                  - at: POST /token
                    when: {member kind: app, member more: x}
                    take: {client-id: member id, client-secret: member secret}
                    do: issue
                    answer: 200 token
                  - at: POST /end
                """);
        assertThat(mistakes(twice))
                .containsExactly(
                        "acme.yaml:15:9: no request reaches this endpoint: the one in line 10 takes all of them");
    }

    @Test
    void setsThatNoCallCanTellApartAreAMistake() {
        var text = GOOD.replace("carriers:\n", "carriers:\n  organization: header X-Org\n")
                .replace("calls: [access-token, ", "calls: [organization + access-token, ");
        assertThat(mistakes(text))
                .containsExactly(
                        "acme.yaml:9:38: the sets organization + access-token and client-id + access-token cannot be told apart:"
                                + " a call that carries all of it would be both");
    }

    /// So many in a time of at most a day, for what the file has an endpoint for and a credential is charged with.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            issue: 40 in 1d of organization |
            issue: 40 per 1s                | a rate is so many in a time of at most a day
            issue: 40 in 2d                 | a rate is so many in a time of at most a day
            issue: 0 in 1s                  | a rate is so many in a time of at most a day
            isue: 40 in 1s                  | did you mean issue?
            revoke-presented: 1 in 1s       | no operation that has a rate "revoke-presented"
            refresh: 40 in 1s               | no endpoint does refresh
            """)
    void ratesAreOfOperationsThatAreThere(String rate, @Nullable String mistake) {
        List<String> told = mistakes(GOOD.replace("carriers:", "rates: {" + rate + "}\ncarriers:"));
        if (mistake == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).singleElement().asString().contains(mistake);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bodies: &a [json]    | anchors are not read
            vocabulary: !!int 1   | tags are not read
            vocabulary: *a        | aliases are not read
            dialect: other        | the key "dialect" is here twice, first in line 1
            """)
    void whatYamlHasBesidesPlainValuesIsRefused(String line, String told) {
        assertThat(mistakes(GOOD.replace("vocabulary: 1", line)))
                .anySatisfy(mistake -> assertThat(mistake).contains(told));
    }

    @Test
    void whatIsNoMappingOrTooLargeIsRefused() {
        assertThat(mistakes("")).containsExactly("acme.yaml:1:1: the file is a mapping of keys to values");
        assertThat(mistakes("- a\n")).containsExactly("acme.yaml:1:1: the file is a mapping of keys to values");
        assertThat(mistakes("#".repeat(YamlReader.MAX_LENGTH + 1)))
                .singleElement()
                .asString()
                .contains("larger than");
        assertThat(mistakes("a: " + "[".repeat(50))).singleElement().asString().contains("YAML");
        assertThat(mistakes(GOOD + "---\na: 1\n"))
                .anySatisfy(mistake -> assertThat(mistake).contains("only one document"));
    }

    @Test
    void whatAFileHoldsIsSaidBackWithoutControlCharacters() {
        assertThat(mistakes(GOOD + "\"a\\u001b[31m\": 1\n"))
                .singleElement()
                .asString()
                .contains("\"a\ufffd[31m\"");
    }
}
