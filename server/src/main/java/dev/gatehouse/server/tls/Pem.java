package dev.gatehouse.server.tls;

import dev.gatehouse.core.http.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The blocks of a PEM file (RFC 7468). Text around them is left alone, as it explains certificates for people.
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int MAX_BLOCKS = 256;

    /// One block.
    ///
    /// @param label what it says to be: `CERTIFICATE`, `PRIVATE KEY`
    record Block(String label, Bytes der) {
        /// Never what is in it.
        @Override
        public String toString() {
            return label;
        }
    }

    private Pem() {}

    /// @param file for messages
    static List<Block> blocks(byte[] content, String file) {
        List<Block> blocks = new ArrayList<>();
        String label = "";
        StringBuilder body = new StringBuilder();
        for (String untrimmed : new String(content, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            String line = untrimmed.strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                if (!label.isEmpty()) {
                    throw new TlsException(file + ": the block " + label + " has no end");
                }
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                body.setLength(0);
            } else if (line.startsWith(END)) {
                if (label.isEmpty() || !line.equals(END + label + DASHES)) {
                    throw new TlsException(file + ": a block ends that did not begin");
                }
                blocks.add(new Block(label, Bytes.of(decoded(body.toString(), label, file))));
                label = "";
                if (blocks.size() > MAX_BLOCKS) {
                    throw new TlsException(file + ": there are more than " + MAX_BLOCKS + " blocks");
                }
            } else if (!label.isEmpty()) {
                body.append(line);
            }
        }
        if (!label.isEmpty()) {
            throw new TlsException(file + ": the block " + label + " has no end");
        }
        return blocks;
    }

    private static byte[] decoded(String base64, String label, String file) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message shows a character of what may be a key.
            throw new TlsException(file + ": the block " + label + " is not Base64");
        }
    }
}
