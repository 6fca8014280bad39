package dev.gatehouse.dialect.golden;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.json.JsonText;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.dialect.sign.SignedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Compares one golden file with what a dialect makes of its request.
public final class GoldenRun {
    /// How an operation ends that succeeds where the Api has secrets of keys told again.
    private static final String REVEALED = "revealed";

    private final Dialect dialect;
    private final GoldenFile golden;
    private final List<String> differences = new ArrayList<>();

    private GoldenRun(Dialect dialect, GoldenFile golden) {
        this.dialect = dialect;
        this.golden = golden;
    }

    /// What differs, in words; nothing when the file holds.
    public static List<String> run(Dialect dialect, String text) {
        try {
            return new GoldenRun(dialect, GoldenFile.parse(text)).compare();
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> compare() {
        HttpFacts http = RecordedRequest.read(golden.request());
        GoldenFile.Section reads = golden.section("reads")
                .orElseThrow(
                        () -> new IllegalArgumentException("the file has no line ### reads, such as ### reads issue"));
        Optional<GoldenFile.Section> result = golden.section("result");
        boolean revealed = result.filter(one -> one.rest().equals(REVEALED)).isPresent();
        Explanation explained =
                Explanation.of(dialect, http, revealed ? Optional.empty() : result.map(GoldenRun::fault), revealed);
        differs("reads", reads.rest(), explained.read());
        if (!reads.part().lines().isEmpty()) {
            differs("what is presented", inputs(reads.part().lines()), inputs(explained));
        }
        golden.section("signs").ifPresent(expected -> signs(expected, http));
        golden.section("reply").ifPresent(expected -> reply(expected, explained.reply()));
        return List.copyOf(differences);
    }

    /// The text that a signature of the request is made over.
    private void signs(GoldenFile.Section expected, HttpFacts http) {
        Signing signing = dialect.signing()
                .orElseThrow(() -> new IllegalArgumentException("the dialect does not say how requests are signed"));
        String time = http.only(signing.timeHeader()).orElse("");
        differs(
                "what is signed",
                String.join("\n", expected.part().lines()),
                SignedText.request(signing, http, time)
                        .map(text -> new String(text.bytes(), StandardCharsets.UTF_8))
                        .orElse(""));
    }

    private void differs(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            differences.add(what + ": expected " + expected + ", found " + found);
        }
    }

    private static Fault fault(GoldenFile.Section section) {
        String[] words = section.rest().split(" ", 2);
        RefusalClass refused = Word.find(RefusalClass.class, words[0])
                .orElseThrow(() -> new IllegalArgumentException("### result names no refusal class: " + words[0]));
        Optional<Input> about = words.length == 2 ? Word.find(Input.class, words[1]) : Optional.empty();
        if (refused == RefusalClass.TOO_MANY) {
            return Fault.of(Samples.tooMany());
        }
        return about.isPresent() ? Fault.about(refused, about.get()) : Fault.of(refused);
    }

    private static Map<String, String> inputs(List<String> lines) {
        Map<String, String> inputs = new TreeMap<>();
        for (String line : lines) {
            Header named = RecordedRequest.header(line);
            inputs.put(named.name(), named.value());
        }
        return inputs;
    }

    private static Map<String, String> inputs(Explanation explained) {
        Map<String, String> inputs = new TreeMap<>();
        for (Input input : explained.shown().inputs()) {
            inputs.put(
                    input.word(),
                    explained.shown().get(input).map(Secret::reveal).orElse(""));
        }
        return inputs;
    }

    private void reply(GoldenFile.Section expected, Optional<Reply> found) {
        if (found.isEmpty()) {
            differences.add("reply: expected " + expected.rest() + ", found none (a call: say ### result CLASS)");
            return;
        }
        differs("status", expected.rest(), Integer.toString(found.get().status()));
        for (String line : expected.part().lines()) {
            Header wanted = RecordedRequest.header(line);
            Optional<String> value = value(found.get(), wanted.name());
            if (value.isEmpty() || !Placeholder.matches(wanted.value(), value.get())) {
                differences.add(
                        "header " + wanted.name() + ": expected " + wanted.value() + ", found " + value.orElse("none"));
            }
        }
        body(expected.part().body(), found.get().body());
    }

    private static Optional<String> value(Reply reply, String name) {
        if (name.equalsIgnoreCase("Content-Type")) {
            return Explanation.shown(reply.body()).map(Explanation.Shape::media);
        }
        return reply.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    private void body(String expected, Body found) {
        String text = Explanation.shown(found).map(Explanation.Shape::json).orElse("");
        if (expected.isEmpty() || text.isEmpty()) {
            differs("body", expected, text);
            return;
        }
        Object wanted = json(expected).orElseThrow(() -> new IllegalArgumentException("the expected body is not JSON"));
        Placeholder.differences("", wanted, json(text).orElse(Map.of()), differences);
    }

    /// An object, or a list.
    private static Optional<Object> json(String text) {
        return JsonText.object("{\"whole\":" + text + "}").map(members -> members.get("whole"));
    }
}
