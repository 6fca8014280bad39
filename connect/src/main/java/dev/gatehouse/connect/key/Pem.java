package dev.gatehouse.connect.key;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a text in PEM (RFC 7468). Key files that are JSON have such a text with its line breaks written as
/// `\n`; it is read too.
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END ([A-Z0-9 ]{1,40})-----");
    private static final int MOST = 10;

    private Pem() {}

    /// What all blocks of this label hold, in their order; empty when one cannot be read, or there is none.
    static Optional<List<byte[]>> blocks(String label, String text) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text.replace("\\n", "\n"));
        while (matcher.find()) {
            if (!matcher.group(1).equals(matcher.group(3)) || blocks.size() == MOST) {
                return Optional.empty();
            }
            if (matcher.group(1).equals(label)) {
                try {
                    blocks.add(Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", "")));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks);
    }
}
