package dev.gatehouse.oauth.custody;

import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The content of the key file, secrets in base64url. The first of each list is current, the others are retired.
///
/// @param installation random; ties ciphertexts to this file
/// @param keyEncryption a Tink keyset whose primary key is current
record KeyFile(String installation, List<Named> peppers, List<Named> checkKeys, String auditMac, String keyEncryption) {
    private static final long VERSION = 1;

    /// A key of a list with its id.
    record Named(String id, String key) {
        @Override
        public String toString() {
            return "[key " + id + "]";
        }
    }

    /// Keeps copies.
    KeyFile {
        peppers = List.copyOf(peppers);
        checkKeys = List.copyOf(checkKeys);
    }

    /// Reads a key file. Empty when it is not one or when its check value is wrong, as it is after a flipped bit.
    static Optional<KeyFile> parse(byte[] content) {
        Optional<Json.Members> json = StrictJson.object(content);
        if (json.isEmpty() || !json.get().whole("version").equals(Optional.of(VERSION))) {
            return Optional.empty();
        }
        Json.Members members = json.get();
        KeyFile file = new KeyFile(
                members.text("installation").orElse(""),
                named(members, "peppers"),
                named(members, "check_keys"),
                members.text("audit_mac").orElse(""),
                members.text("key_encryption").orElse(""));
        boolean whole = !file.peppers.isEmpty()
                && !file.checkKeys.isEmpty()
                && members.text("check").equals(Optional.of(file.check()));
        return whole ? Optional.of(file) : Optional.empty();
    }

    private static List<Named> named(Json.Members members, String list) {
        List<Named> keys = new ArrayList<>();
        for (Json.Members entry : members.objects(list).orElse(List.of())) {
            keys.add(new Named(entry.text("id").orElse(""), entry.text("key").orElse("")));
        }
        return keys;
    }

    /// The same file with another ring.
    KeyFile under(String ring) {
        return new KeyFile(installation, peppers, checkKeys, auditMac, ring);
    }

    /// The text that [#parse(byte[])] reads.
    byte[] content() {
        StringBuilder out = new StringBuilder("{\n  \"version\": 1,\n  ");
        JsonText.member(out, "installation", installation);
        list(out, "peppers", peppers);
        list(out, "check_keys", checkKeys);
        JsonText.member(out.append(",\n  "), "audit_mac", auditMac);
        JsonText.member(out.append(",\n  "), "key_encryption", keyEncryption);
        JsonText.member(out.append(",\n  "), "check", check());
        return out.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void list(StringBuilder out, String name, List<Named> keys) {
        JsonText.quote(out.append(",\n  "), name);
        out.append(": [");
        for (int i = 0; i < keys.size(); i++) {
            JsonText.member(
                    out.append(i == 0 ? "\n    {" : ",\n    {"),
                    "id",
                    keys.get(i).id());
            JsonText.member(out.append(", "), "key", keys.get(i).key());
            out.append('}');
        }
        out.append("\n  ]");
    }

    /// Finds damage and mixtures of two files; not a defence against who can write the file.
    private String check() {
        StringBuilder all =
                new StringBuilder("gatehouse key file 1\n").append(installation).append('\n');
        peppers.forEach(key -> all.append("pepper ")
                .append(key.id())
                .append(' ')
                .append(key.key())
                .append('\n'));
        checkKeys.forEach(key -> all.append("check ")
                .append(key.id())
                .append(' ')
                .append(key.key())
                .append('\n'));
        all.append(auditMac).append('\n').append(keyEncryption).append('\n');
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return Base64Url.encode(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "[key file of " + installation + "]";
    }
}
