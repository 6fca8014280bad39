package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.ErrorFamily;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.dialect.model.Signing.Coding;
import dev.gatehouse.dialect.model.Signing.Encoding;
import dev.gatehouse.dialect.model.Signing.Part;
import dev.gatehouse.dialect.model.Signing.Piece;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads how requests are signed.
final class SigningLoader {
    private static final Set<Piece> OF_A_REPLY = EnumSet.of(Piece.BODY, Piece.TIME, Piece.VERSION);

    /// A clock that is further off is broken; a longer time is one to replay in.
    private static final Duration MOST = Duration.ofMinutes(15);

    private final Mistakes mistakes;
    private final List<ErrorFamily> families;

    SigningLoader(Mistakes mistakes, List<ErrorFamily> families) {
        this.mistakes = mistakes;
        this.families = families;
    }

    Optional<Signing> read(Node node) {
        return Fields.of(node, Section.SIGNATURE, mistakes).map(this::signing);
    }

    private Signing signing(Fields fields) {
        Optional<Fields> headers =
                fields.get("headers").flatMap(node -> Fields.of(node, Section.SIGNATURE_HEADERS, mistakes));
        List<Part> request = parts(fields, "request", EnumSet.allOf(Piece.class));
        for (Piece piece : List.of(Piece.METHOD, Piece.PATH, Piece.QUERY, Piece.BODY, Piece.TIME)) {
            if (request.stream().noneMatch(part -> part.piece() == piece)) {
                mistakes.add(fields.spot("request"), "the " + piece.word() + " of a request is signed, too");
            }
        }
        if (request.stream().anyMatch(part -> part.codings().contains(Coding.JSON))) {
            mistakes.add(fields.spot("request"), "nothing of a request is coded as json: bodies need not be text");
        }
        String errors = fields.text("errors").orElse("");
        if (families.stream().noneMatch(family -> family.name().equals(errors))) {
            mistakes.word(
                    fields.spot("errors"),
                    "error family",
                    errors,
                    families.stream().map(ErrorFamily::name).toList());
        }
        return new Signing(
                header(headers, "signature"),
                header(headers, "version"),
                header(headers, "time"),
                fields.text("version").orElse(""),
                fields.word("encoding", Encoding.class, "encoding").orElse(Encoding.HEX),
                fields.text("path"),
                request,
                parts(fields, "reply", OF_A_REPLY),
                fields.text("join").orElse("&"),
                within(fields),
                errors);
    }

    private String header(Optional<Fields> headers, String key) {
        Optional<String> name = headers.flatMap(fields -> fields.text(key));
        if (name.isPresent() && !Sources.TOKEN.matcher(name.get()).matches()) {
            mistakes.add(headers.get().spot(key), "this is no name of a header field");
        }
        return name.orElse("");
    }

    private List<Part> parts(Fields fields, String key, Set<Piece> allowed) {
        List<Part> parts = new ArrayList<>();
        for (Node item : fields.list(key)) {
            Fields.text(item, mistakes)
                    .ifPresent(text -> part(item, text, allowed).ifPresent(parts::add));
        }
        return parts;
    }

    private Optional<Part> part(Node item, String text, Set<Piece> allowed) {
        List<String> words = List.of(text.split("/", -1));
        Optional<Piece> piece = Word.find(Piece.class, words.getFirst()).filter(allowed::contains);
        if (piece.isEmpty()) {
            mistakes.word(
                    item.spot(),
                    "piece",
                    words.getFirst(),
                    allowed.stream().map(Piece::word).toList());
        }
        List<Coding> codings = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            Optional<Coding> coding = Word.find(Coding.class, word);
            coding.ifPresentOrElse(
                    codings::add, () -> mistakes.word(item.spot(), "coding", word, Word.all(Coding.class)));
        }
        return piece.map(one -> new Part(one, codings));
    }

    private Duration within(Fields fields) {
        Duration within = new TokenLoader(mistakes).duration(fields, "within").orElse(MOST);
        if (within.isZero() || within.compareTo(MOST) > 0) {
            mistakes.add(fields.spot("within"), "1s to 15m stand here");
        }
        return within;
    }
}
