package dev.gatehouse.core.right;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.right.DetailMember.Kind;
import dev.gatehouse.core.right.DetailValue.Flag;
import dev.gatehouse.core.right.DetailValue.Items;
import dev.gatehouse.core.right.DetailValue.Members;
import dev.gatehouse.core.right.DetailValue.Numeral;
import dev.gatehouse.core.right.DetailValue.Text;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Authorization details as values: their text, and what is less (RFC 9396 sections 2 and 6).
class AuthorizationDetailsTest {
    private static Items texts(String... texts) {
        return new Items(List.of(texts).stream().<DetailValue>map(Text::new).toList());
    }

    private static Members members(Map<String, DetailValue> byName) {
        return new Members(new TreeMap<>(byName));
    }

    private static AuthorizationDetails of(Map<String, DetailValue> detail) {
        return AuthorizationDetails.of(new Items(List.of(members(detail)))).orElseThrow();
    }

    private static AuthorizationDetails payment(DetailValue amount, String... actions) {
        return of(Map.of("type", new Text("pay"), "amount", amount, "actions", texts(actions)));
    }

    private static final DetailValue TWELVE = new Numeral("12.50");

    @Test
    void theTextIsOneInAsciiAndReadBack() {
        AuthorizationDetails details = of(Map.of(
                "type", new Text("pay"),
                "creditor", new Text("Zo\u00eb \"\\ \uD83D\uDE00 \u2028"),
                "amount", members(Map.of("value", TWELVE, "exact", new Flag(true), "n", new Numeral("-7"))),
                "actions", texts("status", "initiate"),
                "list", new Items(List.of())));
        assertThat(details.text())
                .isEqualTo(
                        "[{\"actions\":[\"initiate\",\"status\"],\"amount\":{\"exact\":true,\"n\":-7,\"value\":12.50},"
                                + "\"creditor\":\"Zo\\u00eb \\\"\\\\ \\ud83d\\ude00 \\u2028\",\"list\":[],\"type\":\"pay\"}]");
        assertThat(AuthorizationDetails.read(details.text())).contains(details);
        assertThat(AuthorizationDetails.read("")).contains(AuthorizationDetails.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[",
                "[{}]",
                "[{\"type\":\"a\"}] ",
                "[ {\"type\":\"a\"}]",
                "[{\"type\":\"a\",\"type\":\"a\"}]",
                "[{\"type\":\"a\",\"b\":1e5}]",
                "[{\"type\":\"a\",\"b\":-0}]",
                "[{\"type\":\"a\",\"b\":null}]",
                "[{\"type\":\"a\",\"b\":tru}]",
                "[{\"type\":\"a\",\"b\":\"\\u00\"}]",
                "[{\"type\":\"a\",\"b\":\"\\u00EB\"}]",
                "[{\"type\":\"a\",\"b\":\"\\u00\uff11\uff11\"}]",
                "[{\"type\":\"a\",\"b\":\"\\u-0eb\"}]",
                "[{\"type\":\"a\",}]",
                "[{\"b\":[[[[[[[1]]]]]]],\"type\":\"a\"}]",
                "[{\"type\":\"a\"}",
                "[{\"type\":\"\\u0061\"}]",
                "nonsense"
            })
    void anotherTextIsNone(String text) {
        assertThat(AuthorizationDetails.read(text)).isEmpty();
    }

    /// Section 6: the same, or fewer of what is a set; nothing is less for being left out.
    @Test
    void whatIsLess() {
        AuthorizationDetails held = payment(TWELVE, "initiate", "status");
        assertThat(held.within(held)).isTrue();
        assertThat(AuthorizationDetails.NONE.within(held)).isTrue();
        assertThat(held.within(AuthorizationDetails.NONE)).isFalse();
        assertThat(payment(TWELVE, "status").within(held)).isTrue();
        assertThat(held.within(payment(TWELVE, "status"))).isFalse();
        assertThat(payment(TWELVE, "cancel").within(held)).isFalse();
        assertThat(payment(new Numeral("12.5"), "status").within(held)).isFalse();
        assertThat(payment(new Text("12.50"), "status").within(held)).isFalse();
        Map<String, DetailValue> without = Map.of("type", new Text("pay"), "actions", texts("status"));
        assertThat(of(without).within(held)).isFalse();
        Map<String, DetailValue> besides = Map.of(
                "type", new Text("pay"), "amount", TWELVE, "actions", texts("status"), "identifier", new Text("1"));
        assertThat(of(besides).within(held)).isFalse();
        assertThat(of(Map.of("type", new Text("other"), "amount", TWELVE, "actions", texts("status")))
                        .within(held))
                .isFalse();
        AuthorizationDetails both = new AuthorizationDetails(List.of(
                held.list().getFirst(),
                payment(new Numeral("1"), "cancel").list().getFirst()));
        assertThat(held.within(both)).isTrue();
        assertThat(both.within(held)).isFalse();
    }

    /// What could be read as nothing or as everything is refused (section 2.2).
    @Test
    void aSetHasSomethingInItAndEachOnce() {
        for (DetailValue wrong :
                List.of(texts(), texts("a", "a"), new Text("a"), new Items(List.of(new Numeral("1"), new Text("a"))))) {
            Members detail = members(Map.of("type", new Text("pay"), "actions", wrong));
            assertThat(AuthorizationDetails.of(new Items(List.of(detail)))).isEmpty();
        }
        Members number = members(Map.of("type", new Text("pay"), "identifier", new Numeral("1")));
        assertThat(AuthorizationDetails.of(new Items(List.of(number)))).isEmpty();
    }

    @Test
    void theyAreBounded() {
        Members one = members(Map.of("type", new Text("pay")));
        assertThat(AuthorizationDetails.of(new Items(List.of()))).isEmpty();
        assertThat(AuthorizationDetails.of(one)).isEmpty();
        List<DetailValue> many = Collections.nCopies(AuthorizationDetails.MAX + 1, one);
        assertThat(AuthorizationDetails.of(new Items(many))).isEmpty();
        assertThat(AuthorizationDetails.of(new Items(many.subList(1, many.size())))
                        .orElseThrow()
                        .list())
                .hasSize(1);
        Members large = members(Map.of("type", new Text("pay"), "a", new Text("\u00e9".repeat(400))));
        assertThat(AuthorizationDetails.of(new Items(List.of(large)))).isEmpty();
        DetailValue deep = new Flag(true);
        for (int i = 0; i < AuthorizationDetails.MAX_DEPTH - 2; i++) {
            deep = new Items(List.of(deep));
        }
        assertThat(AuthorizationDetails.of(new Items(List.of(members(Map.of("type", new Text("pay"), "a", deep))))))
                .isEmpty();
    }

    private static final DetailType PAY = new DetailType(
            "Pay {amount.value} to {creditor}",
            Map.of("de", "{creditor} bekommt {amount.value}"),
            Optional.empty(),
            new TreeMap<>(Map.of(
                    "amount", new DetailMember(Kind.OBJECT, true, List.of()),
                    "creditor", new DetailMember(Kind.TEXT, false, List.of()),
                    "actions", new DetailMember(Kind.TEXTS, false, List.of("initiate", "status")))));

    @Test
    void aTypeAdmitsWhatItHasAndNothingElse() {
        DetailValue amount = members(Map.of("value", TWELVE));
        assertThat(PAY.admits(payment(amount, "status").list().getFirst())).isTrue();
        assertThat(PAY.admits(payment(amount, "cancel").list().getFirst())).isFalse();
        assertThat(PAY.admits(payment(TWELVE, "status").list().getFirst())).isFalse();
        assertThat(PAY.admits(of(Map.of("type", new Text("pay"))).list().getFirst()))
                .isFalse();
        assertThat(PAY.admits(of(Map.of("type", new Text("pay"), "amount", amount, "more", TWELVE))
                        .list()
                        .getFirst()))
                .isFalse();
    }

    /// Whatever a value says, it is a value in the sentence; and nothing stays unsaid.
    @Test
    void aSentenceTellsWhatIsAskedFor() {
        AuthorizationDetail detail = of(Map.of(
                        "type",
                        new Text("pay"),
                        "amount",
                        members(Map.of("value", TWELVE)),
                        "creditor",
                        new Text("{amount.value} $1 \\ <b>"),
                        "actions",
                        texts("status")))
                .list()
                .getFirst();
        assertThat(PAY.sentence(detail, "en"))
                .containsExactly(
                        new DetailType.Part("Pay ", false),
                        new DetailType.Part("12.50", true),
                        new DetailType.Part(" to ", false),
                        new DetailType.Part("{amount.value} $1 \\ <b>", true));
        assertThat(PAY.sentence(detail, "de"))
                .extracting(DetailType.Part::text)
                .containsExactly("{amount.value} $1 \\ <b>", " bekommt ", "12.50");
        assertThat(PAY.besides(detail, "en"))
                .containsExactly(Map.entry("actions", "status"), Map.entry("amount", "{\"value\":12.50}"));
    }

    @Test
    void aTypeThatContradictsItselfIsNone() {
        assertThatThrownBy(() -> new DetailType("{nothing}", Map.of(), Optional.empty(), new TreeMap<>()))
                .hasMessageContaining("nothing");
        for (Map.Entry<String, DetailMember> wrong : Map.of(
                        "type", new DetailMember(Kind.TEXT, false, List.of()),
                        "a b", new DetailMember(Kind.TEXT, false, List.of()),
                        "a.b", new DetailMember(Kind.TEXT, false, List.of()),
                        "actions", new DetailMember(Kind.TEXTS, false, List.of()),
                        "locations", new DetailMember(Kind.TEXT, false, List.of()),
                        "identifier", new DetailMember(Kind.NUMBER, false, List.of()),
                        "number", new DetailMember(Kind.NUMBER, false, List.of("1")))
                .entrySet()) {
            assertThat(DetailType.mistake("", Map.of(), Map.of(wrong.getKey(), wrong.getValue())))
                    .isPresent();
        }
    }
}
