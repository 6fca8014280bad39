package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.BodyKind;
import dev.gatehouse.dialect.model.Carrier;
import dev.gatehouse.dialect.model.Cors;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.ErrorFamily;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.Names;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.Template;
import dev.gatehouse.dialect.model.Type;
import dev.gatehouse.dialect.model.Waiver;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.YamlReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a dialect file whole, or tells all that is wrong with it.
public final class DialectLoader {
    private final Fields file;
    private final Mistakes mistakes;

    private DialectLoader(Fields file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /// Loads a text.
    ///
    /// @param name what messages call the file
    public static Loaded load(String name, String text) {
        Mistakes mistakes = new Mistakes();
        Optional<Dialect> dialect = YamlReader.read(name, text, mistakes)
                .flatMap(node -> Fields.of(node, Section.FILE, mistakes))
                .map(fields -> new DialectLoader(fields, mistakes).dialect());
        return dialect.isPresent() && mistakes.none()
                ? new Loaded.Good(dialect.get())
                : new Loaded.Wrong(mistakes.all());
    }

    private Dialect dialect() {
        version();
        List<Carrier> carriers = new CarrierLoader(mistakes).read(file.entries("carriers"));
        Sets sets = new Sets(mistakes, carriers);
        NamesLoader names = new NamesLoader(mistakes);
        KeyForms keys = new KeyForms(file.list("api-keys"), mistakes);
        EndpointLoader endpointLoader =
                new EndpointLoader(mistakes, sets, bodies(), file.get("manage"), keys.and(file.entries("replies")));
        List<Endpoint> endpoints =
                endpointLoader.read(Stream.concat(file.list("endpoints").stream(), keys.endpoints().stream())
                        .toList());
        List<ErrorFamily> errors = new ErrorsLoader(mistakes).read(file.spot("errors"), file.list("errors"));
        Dialect dialect = new Dialect(
                name(),
                https(),
                absent(),
                new TokenLoader(mistakes).read(file.entries("tokens")),
                new RateLoader(mistakes).read(file.entries("rates")),
                keys(),
                file.get("names").flatMap(names::names).orElse(Names.OURS),
                file.get("marks").flatMap(names::marks),
                carriers,
                sets.readAll(file.list("calls")),
                endpoints,
                new LearningLoader(mistakes).read(file.list("learns")),
                headers(),
                errors,
                file.get("cors").flatMap(this::cors),
                file.get("signature").flatMap(new SigningLoader(mistakes, errors)::read),
                waivers());
        new Checks(mistakes, file, dialect).run();
        return dialect;
    }

    private String name() {
        Optional<String> name = file.text("dialect");
        if (name.isPresent() && !name.get().matches("[a-z][a-z0-9-]{0,62}")) {
            mistakes.add(file.spot("dialect"), "a name has small letters, digits and - only");
        }
        return name.orElse("");
    }

    private void version() {
        file.get("vocabulary").ifPresent(node -> Fields.number(node, Dialect.VOCABULARY, Dialect.VOCABULARY, mistakes));
    }

    private boolean https() {
        Optional<String> https = file.text("https");
        if (https.isPresent() && !https.get().equals("required")) {
            mistakes.word(file.spot("https"), "rule", https.get(), List.of("required"));
        }
        return https.isPresent();
    }

    private List<BodyKind> bodies() {
        return file.get("bodies").map(node -> bodies(node, mistakes)).orElse(List.of(BodyKind.JSON));
    }

    static List<BodyKind> bodies(Node node, Mistakes mistakes) {
        return Fields.list(node).stream()
                .flatMap(item -> Fields.word(item, BodyKind.class, "body kind", mistakes).stream())
                .toList();
    }

    private Map<String, String> absent() {
        Map<String, String> absent = new LinkedHashMap<>();
        file.entries("absent").forEach((header, entry) -> {
            if (!Sources.TOKEN.matcher(header).matches()) {
                mistakes.add(entry.at(), "this is no name of a header field");
            }
            Fields.text(entry.value(), mistakes).ifPresent(value -> absent.put(header, value));
        });
        return absent;
    }

    private Map<Input, KeyShape> keys() {
        Map<Input, KeyShape> shapes = new EnumMap<>(Input.class);
        file.entries("keys")
                .forEach((word, entry) -> CarrierLoader.input(entry.at(), word, mistakes)
                        .ifPresent(input -> Fields.word(entry.value(), KeyShape.class, "key shape", mistakes)
                                .ifPresent(shape -> shapes.put(input, shape))));
        return shapes;
    }

    private Map<String, Template> headers() {
        Map<String, Type> names = Output.ofEveryReply().stream().collect(Collectors.toMap(Output::word, Output::type));
        return headers(file.entries("headers"), new Templates(mistakes, names), mistakes);
    }

    static Map<String, Template> headers(Map<String, Node.Entry> entries, Templates templates, Mistakes mistakes) {
        Map<String, Template> headers = new LinkedHashMap<>();
        entries.forEach((header, entry) -> {
            if (!Sources.TOKEN.matcher(header).matches()) {
                mistakes.add(entry.at(), "this is no name of a header field");
            }
            Fields.text(entry.value(), mistakes)
                    .ifPresent(text ->
                            headers.put(header, templates.text(entry.value().spot(), text)));
        });
        return headers;
    }

    private Optional<Cors> cors(Node node) {
        return Fields.of(node, Section.CORS, mistakes).map(fields -> new Cors(headerNames(fields, "allow")));
    }

    private List<String> headerNames(Fields fields, String key) {
        List<String> names = new ArrayList<>();
        for (Node item : fields.list(key)) {
            Fields.text(item, mistakes).ifPresent(name -> {
                if (!Sources.TOKEN.matcher(name).matches()) {
                    mistakes.add(item.spot(), "this is no name of a header field");
                }
                names.add(name);
            });
        }
        return names;
    }

    private List<Waiver> waivers() {
        List<Waiver> waivers = new ArrayList<>();
        for (Node item : file.list("exceptions")) {
            Fields.of(item, Section.EXCEPTION, mistakes)
                    .ifPresent(fields -> waivers.add(new Waiver(
                            waived(fields),
                            fields.text("why").orElse(""),
                            fields.text("instead").orElse(""))));
        }
        return waivers;
    }

    private String waived(Fields fields) {
        String rule = fields.text("case").orElse("");
        if (!Checks.WAIVABLE.contains(rule)) {
            mistakes.word(fields.spot("case"), "case that a dialect may be excepted from", rule, Checks.WAIVABLE);
        }
        return rule;
    }
}
