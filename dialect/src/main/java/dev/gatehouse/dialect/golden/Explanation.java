package dev.gatehouse.dialect.golden;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.json.JsonPrint;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.dialect.read.DialectReader;
import dev.gatehouse.dialect.read.Reading;
import dev.gatehouse.dialect.read.Shown;
import dev.gatehouse.dialect.write.DialectWriter;
import dev.gatehouse.dialect.write.ListForm;
import dev.gatehouse.dialect.write.Result;
import java.util.Optional;

/// What a dialect makes of one recorded request: what is read, and what would be answered. Operations are not
/// carried out; replies show sample values.
///
/// @param read `issue`, `call`, `nothing`, or a refusal such as `refused combination user-key`
/// @param shown what is presented
/// @param reply the reply of the endpoint or the refusal; none for a call that goes on to the routes
public record Explanation(String read, Shown shown, Optional<Reply> reply) {
    /// Explains a text: a request, or a golden file of which only the request is used.
    ///
    /// @throws IllegalArgumentException when the text is no request, with what is wrong with it
    public static Explanation of(Dialect dialect, String text) {
        return of(dialect, RecordedRequest.read(GoldenFile.parse(text).request()), Optional.empty(), false);
    }

    /// @param fault how the operation or the call is refused; it succeeds when empty
    /// @param revealed whether the Api has secrets of keys told again
    static Explanation of(Dialect dialect, HttpFacts http, Optional<Fault> fault, boolean revealed) {
        DialectWriter writer = new DialectWriter(dialect);
        Optional<Reply> refused = fault.map(one -> writer.refused(http.path(), one));
        return switch (new DialectReader(dialect).read(http)) {
            case Reading.Refused(Fault own) ->
                new Explanation("refused " + word(own), Shown.none(), Optional.of(writer.refused(http.path(), own)));
            case Reading.Nothing() -> new Explanation("nothing", Shown.none(), refused);
            case Reading.Called(Shown shown) -> new Explanation("call", shown, refused);
            case Reading.Asked(Endpoint endpoint, Shown shown) ->
                new Explanation(
                        endpoint.operation().word(),
                        shown,
                        refused.or(() -> Optional.of(succeeded(
                                writer, endpoint, Samples.of(endpoint.operation(), dialect, revealed), http, shown))));
        };
    }

    private static Reply succeeded(
            DialectWriter writer, Endpoint endpoint, Result sample, HttpFacts http, Shown shown) {
        return endpoint.answer().back().isEmpty()
                ? ListForm.read(endpoint.answer(), text(shown, Input.FIELDS), text(shown, Input.SORT))
                        .map(form -> writer.answered(endpoint, sample, form))
                        .orElseGet(() -> writer.refused(http.path(), Fault.of(RefusalClass.INVALID)))
                : writer.sentBack(
                        endpoint,
                        sample,
                        shown.get(Input.REDIRECT).map(Secret::reveal).orElse(""));
    }

    private static Optional<String> text(Shown shown, Input input) {
        return shown.get(input).map(Secret::reveal);
    }

    private static String word(Fault fault) {
        return fault.refused().word()
                + fault.about().map(Word::word).map(word -> " " + word).orElse("");
    }

    /// For people, in lines.
    public String text() {
        StringBuilder out = new StringBuilder("reads: ").append(read).append('\n');
        for (Input input : shown.inputs()) {
            out.append("  ")
                    .append(input.word())
                    .append(": ")
                    .append(shown.get(input).map(Secret::reveal).orElse(""))
                    .append('\n');
        }
        if (reply.isEmpty()) {
            return out.append("answers: what the route and the decision on the credential say\n")
                    .toString();
        }
        boolean sample = !read.startsWith("refused");
        out.append(sample ? "would answer, with EXAMPLE values for what the operation gives:\n" : "answers:\n");
        out.append("  ").append(reply.get().status()).append('\n');
        reply.get()
                .headers()
                .forEach(header -> out.append("  ")
                        .append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append('\n'));
        shown(reply.get().body()).ifPresent(body -> {
            out.append("  Content-Type: ").append(body.media()).append("\n\n");
            body.json().lines().forEach(line -> out.append("  ").append(line).append('\n'));
        });
        return out.toString();
    }

    /// A body as it is sent.
    record Shape(String media, String json) {}

    /// The body of a reply, where it has one.
    static Optional<Shape> shown(Body body) {
        return switch (body) {
            case Body.Json(String media, var members) -> Optional.of(new Shape(media, JsonPrint.of(members)));
            case Body.Text(String media, String text) -> Optional.of(new Shape(media, text));
            case Body.Empty _, Body.Binary _ -> Optional.empty();
        };
    }
}
