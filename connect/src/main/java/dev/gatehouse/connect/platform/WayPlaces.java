package dev.gatehouse.connect.platform;

import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.yaml.Mistakes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares the fields of a way with the places that its templates have.
final class WayPlaces {
    private WayPlaces() {}

    /// Every place is a field of the way. A key that is put nowhere authorizes nothing; a certificate is shown by
    /// the connection itself.
    static void check(
            ConnectionKind kind,
            Map<String, Field> all,
            Template base,
            List<Put> puts,
            Fields file,
            Mistakes mistakes) {
        Set<String> fields = all.keySet();
        Set<String> used = new TreeSet<>(base.names());
        puts.forEach(put -> used.addAll(names(put)));
        for (String name : used) {
            if (!fields.contains(name)) {
                mistakes.word(file.spot("headers"), "field", name, fields);
            }
        }
        all.entrySet().stream()
                .filter(field ->
                        used.contains(field.getKey()) && field.getValue().lines())
                .forEach(field -> mistakes.add(file.spot("headers"), field.getKey() + " is not sent"));
        if (kind == ConnectionKind.KEY) {
            Set<String> idle = new TreeSet<>(fields);
            idle.removeAll(used);
            if (!idle.isEmpty()) {
                mistakes.add(file.spot("fields"), "nothing uses " + Mistakes.list(idle));
            }
        }
        boolean shown = kind == ConnectionKind.CERTIFICATE;
        if (!shown
                && puts.isEmpty()
                && (kind != ConnectionKind.KEY || base.names().isEmpty())) {
            mistakes.add(file.spot("headers"), "the credential is put nowhere: headers, query or basic is missing");
        }
    }

    /// The places of a put.
    static Set<String> names(Put put) {
        return switch (put) {
            case Put.Header(String _, Template value) -> value.names();
            case Put.Query(String _, Template value) -> value.names();
            case Put.Basic(Template user, Template password) -> {
                Set<String> both = new TreeSet<>(user.names());
                both.addAll(password.names());
                yield both;
            }
        };
    }
}
