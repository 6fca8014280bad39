package dev.gatehouse.dialect.write;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.dialect.json.JsonPrint;
import dev.gatehouse.dialect.model.Answer;
import dev.gatehouse.dialect.model.Carrier;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.ErrorFamily;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Source;
import dev.gatehouse.dialect.model.Template;
import dev.gatehouse.dialect.read.Paths;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes replies as one dialect says. Immutable, made once for a dialect, asked by every request.
public final class DialectWriter {
    private static final String JSON = "application/json";

    private final Dialect dialect;
    private final List<String> challenges;

    /// A writer of this dialect.
    public DialectWriter(Dialect dialect) {
        this.dialect = dialect;
        this.challenges = dialect.carriers().stream()
                .map(Carrier::sources)
                .flatMap(List::stream)
                .flatMap(source -> source instanceof Source.Scheme(String name) ? Stream.of(name) : Stream.empty())
                .distinct()
                .toList();
    }

    /// The reply to a request whose operation succeeded.
    ///
    /// @throws IllegalArgumentException when the reply sends a browser back: see [#sentBack]
    public Reply answered(Endpoint endpoint, Result result) {
        if (endpoint.answer().back().isPresent()) {
            throw new IllegalArgumentException("this reply needs the address that the browser is sent back to");
        }
        return reply(endpoint.answer(), result);
    }

    /// The reply with a list, as its caller wants it.
    public Reply answered(Endpoint endpoint, Result result, ListForm form) {
        return reply(form.of(endpoint.answer()), result);
    }

    /// The reply that sends a browser back with what an operation gave.
    ///
    /// @param redirect the address, checked against those that the application or Api allows
    public Reply sentBack(Endpoint endpoint, Result result, String redirect) {
        Answer.Back back = endpoint.answer().back().orElseThrow();
        Rendering rendering = new Rendering(result::get);
        List<String> pairs = new ArrayList<>();
        back.values()
                .forEach((name, template) ->
                        rendering.text(template).ifPresent(value -> pairs.add(encoded(name) + "=" + encoded(value))));
        String joint = back.fragment() ? "#" : redirect.indexOf('?') < 0 ? "?" : "&";
        return reply(endpoint.answer(), result).with("Location", redirect + joint + String.join("&", pairs));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Reply reply(Answer answer, Result result) {
        Rendering rendering = new Rendering(name -> result.get(name, answer.items()));
        Body body = answer.body().map(template -> body(rendering, template)).orElseGet(Body.Empty::new);
        List<Header> headers = new ArrayList<>(headers(result));
        headers.addAll(rendered(answer.headers(), rendering));
        return new Reply(answer.status(), headers, body, false);
    }

    private static Body body(Rendering rendering, Template template) {
        return template instanceof Template.Members members
                ? new Body.Json(JSON, rendering.object(members))
                : new Body.Text(
                        JSON,
                        JsonPrint.of(
                                rendering.any(template).map(List.class::cast).orElse(List.of())));
    }

    /// The header fields of every reply whose values are known, for replies that come from an upstream too.
    public List<Header> headers(Result result) {
        return rendered(dialect.headers(), new Rendering(result::get));
    }

    private static List<Header> rendered(Map<String, Template> templates, Rendering rendering) {
        List<Header> headers = new ArrayList<>();
        templates.forEach(
                (name, template) -> rendering.text(template).ifPresent(value -> headers.add(new Header(name, value))));
        return headers;
    }

    /// The reply to a request that is refused.
    ///
    /// @param path the path of the request; the first error family that is for it answers
    public Reply refused(String path, Fault fault) {
        ErrorFamily family = family(path, fault);
        return refused(family, family.row(fault.refused(), fault.about()), fault);
    }

    /// The same under another status, which the transport knows better.
    public Reply refused(String path, Fault fault, int status) {
        ErrorFamily family = family(path);
        ErrorFamily.Row row = family.row(fault.refused(), fault.about());
        return refused(family, new ErrorFamily.Row(row.about(), status, row.columns()), fault);
    }

    private Reply refused(ErrorFamily family, ErrorFamily.Row row, Fault fault) {
        String detail = detail(fault);
        Rendering given = new Rendering(name -> given(name, row.status(), detail, fault));
        Rendering rendering =
                new Rendering(name -> Optional.ofNullable(row.columns().get(name))
                        .flatMap(given::any)
                        .or(() -> given(name, row.status(), detail, fault)));
        Body body = new Body.Json(family.media(), rendering.object(family.json()));
        List<Header> left =
                fault.quota().map(quota -> headers(Result.NONE.with(quota))).orElse(List.of());
        Reply reply = new Reply(row.status(), left, body, false);
        // RFC 9110 section 15.5.2: a 401 names the schemes that would do.
        Reply challenged = row.status() == 401 && !challenges.isEmpty()
                ? reply.with("WWW-Authenticate", String.join(", ", challenges))
                : reply;
        return fault.retryAfter()
                .map(after -> challenged.with("Retry-After", Long.toString(Math.max(1, Quota.seconds(after)))))
                .orElse(challenged);
    }

    /// In words: what was said of the request, what is wrong with its members, or what the class is.
    private static String detail(Fault fault) {
        if (!fault.detail().isEmpty()) {
            return fault.detail();
        }
        return fault.fields().isEmpty()
                ? fault.refused().meaning().replace("`", "")
                : fault.fields().stream()
                        .map(field -> field.name() + " " + field.problem())
                        .collect(Collectors.joining("; "));
    }

    private static Optional<Object> given(String name, int status, String detail, Fault fault) {
        return switch (name) {
            case "status" -> Optional.of((long) status);
            case "detail" -> Optional.of(detail);
            case "fields" -> Optional.of(fault.fields());
            default -> Optional.empty();
        };
    }

    /// Refusals of signatures look alike on all paths.
    private ErrorFamily family(String path, Fault fault) {
        boolean ofSignature = fault.refused() == RefusalClass.UNSIGNED || fault.refused() == RefusalClass.BAD_SIGNATURE;
        return dialect.signing()
                .filter(_ -> ofSignature)
                .flatMap(signing -> dialect.errors().stream()
                        .filter(family -> family.name().equals(signing.errors()))
                        .findFirst())
                .orElseGet(() -> family(path));
    }

    private ErrorFamily family(String path) {
        return dialect.errors().stream()
                .filter(family -> family.at().stream().anyMatch(pattern -> Paths.match(pattern, path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the last family is for every path"));
    }
}
