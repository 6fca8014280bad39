package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.load.Sources.Place;
import dev.gatehouse.dialect.model.BodyKind;
import dev.gatehouse.dialect.model.CallSet;
import dev.gatehouse.dialect.model.Format;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyOrder;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.dialect.model.Word;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes `docs/reference/dialect.md` from the tables that the loader reads files by.
final class Reference {
    private final StringBuilder out = new StringBuilder("""
            # The vocabulary of dialect files

            Written from the tables that the loader reads files by; do not edit. How to begin: [guide](../guides/dialects.md).
            Where several values can stand, one stands for a list of one. Anything not named here is a mistake, and all
            mistakes of a file are told at once, each with line and column.
            """);

    private Reference() {}

    static String text() {
        Reference reference = new Reference();
        Section.ALL.forEach(reference::section);
        reference.operations();
        reference.inputs();
        reference.words("Places", "Where an input is read from.", Place.class);
        reference.outputs();
        reference.formats();
        reference.refusals();
        reference.words("Body kinds", "How members come.", BodyKind.class);
        reference.words("Key shapes", "How secrets look.", KeyShape.class);
        reference.words("Orders", "By what lists of API keys are ordered.", KeyOrder.class);
        reference.words("Pieces", "What of a request can be signed.", Signing.Piece.class);
        reference.words("Codings", "How a piece is written.", Signing.Coding.class);
        reference.words("Encodings", "How a signature is written.", Signing.Encoding.class);
        reference.words("A second token", "What `second` says.", TokenRule.OneLive.class);
        return reference.out.toString();
    }

    private void section(Section section) {
        title(section.name(), section.meaning());
        row("key", "takes", "is");
        row("---", "---", "---");
        for (Section.Key key : section.keys()) {
            row("`" + key.name() + "`" + (key.required() ? " (required)" : ""), key.takes(), key.meaning());
        }
    }

    private void operations() {
        title("Operations", "What `do` says. An endpoint gives one of the sets, and perhaps some of the others.");
        row("operation", "does", "needs", "may have", "gives");
        row("---", "---", "---", "---", "---");
        for (Operation operation : Operation.values()) {
            row(
                    code(operation),
                    operation.meaning(),
                    operation.ways().stream()
                            .map(CallSet::text)
                            .map(text -> "`" + text + "`")
                            .collect(Collectors.joining("; ")),
                    codes(Input.of(operation.may())),
                    codes(operation.gives()));
        }
    }

    private void inputs() {
        title(
                "Inputs",
                "What a request may hold. One that " + Input.Role.PROOF.meaning() + "; one that "
                        + Input.Role.SELECTOR.meaning() + ". Parameters are no carriers.");
        row("input", "kind", "is");
        row("---", "---", "---");
        for (Input input : Input.values()) {
            row(code(input), input.role().word(), input.meaning());
        }
    }

    private void outputs() {
        title("Values", "What replies show as `$name`; a member whose value was not given is left out.");
        row("value", "type", "is");
        row("---", "---", "---");
        for (Output output : Output.values()) {
            row("`$" + output.word() + "`", output.type().word(), output.meaning());
        }
    }

    private void formats() {
        title("Formats", "How a value is written, as `$name/format`. Moments and fields need one.");
        row("format", "of", "gives");
        row("---", "---", "---");
        for (Format format : Format.values()) {
            row("`/" + format.word() + "`", format.of().word(), format.meaning());
        }
    }

    private void refusals() {
        title(
                "Refusal classes",
                "The rows of an error family. A class without a row takes that of the class in the last column; those"
                        + " without one there must have a row. `bad-credential user-key` is a row for one input.");
        row("class", "is", "otherwise");
        row("---", "---", "---");
        for (RefusalClass refused : RefusalClass.values()) {
            Optional<RefusalClass> parent = refused.parent();
            row(code(refused), refused.meaning(), parent.map(Reference::code).orElse(""));
        }
    }

    private <W extends Enum<W> & Word> void words(String name, String meaning, Class<W> kind) {
        title(name, meaning);
        row("word", "is");
        row("---", "---");
        for (W word : kind.getEnumConstants()) {
            row(code(word), word.meaning());
        }
    }

    private void title(String name, String meaning) {
        out.append("\n## ").append(name).append('\n').append(meaning).append("\n\n");
    }

    private void row(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(Word word) {
        return "`" + word.word() + "`";
    }

    private static String codes(List<? extends Word> words) {
        return words.stream().map(Reference::code).collect(Collectors.joining(", "));
    }
}
