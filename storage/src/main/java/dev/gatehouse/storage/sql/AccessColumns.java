package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.storage.db.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What applications of those above may do at an organization, in two columns. `access` says one thing of each
/// application, so that a release which knows no setters reads it; `access_by` says who said what. Such a release
/// writes the first and leaves the second: of an application about which the two differ, the first counts, and
/// nobody is known to have said it.
final class AccessColumns {
    static final String ALL = "access, access_by";
    static final String SETS = "access = ?, access_by = ?";

    private static final String DENIED = "deny";

    private AccessColumns() {}

    /// The parameters of the columns.
    static List<Object> values(List<Access> access) {
        Map<String, String> together = together(access);
        Fields lines = new Fields();
        together.forEach(lines::line);
        Fields said = new Fields();
        if (together.size() < access.size()
                || access.stream().anyMatch(one -> one.by().isPresent())) {
            access.forEach(one -> said.line(
                    one.application().text(), most(one), one.by().map(Id::text).orElse("")));
        }
        return List.of(lines.text(), said.text());
    }

    static List<Access> read(Row row) {
        Map<String, String> lines = new LinkedHashMap<>();
        Fields.read(row.text("access"), 2).forEach(line -> lines.put(line.getFirst(), line.getLast()));
        if (lines.isEmpty()) {
            return List.of();
        }
        List<Access> said = Fields.read(row.text("access_by"), 3).stream()
                .map(AccessColumns::one)
                .toList();
        Map<String, String> together = together(said);
        List<Access> all = new ArrayList<>();
        said.stream()
                .filter(one -> {
                    String application = one.application().text();
                    return Objects.equals(together.get(application), lines.get(application));
                })
                .forEach(all::add);
        lines.forEach((application, most) -> {
            if (!most.equals(together.get(application))) {
                all.add(one(List.of(application, most, "")));
            }
        });
        // Another release counts applications, not what is said of them; its lines take away as much.
        return all.size() > Access.MOST
                ? lines.entrySet().stream()
                        .map(line -> one(List.of(line.getKey(), line.getValue(), "")))
                        .toList()
                : List.copyOf(all);
    }

    /// What bounds each application; where different things do, it may do nothing, as nobody writes what is in
    /// both.
    private static Map<String, String> together(List<Access> access) {
        Map<String, String> together = new LinkedHashMap<>();
        access.forEach(one -> together.merge(
                one.application().text(), most(one), (before, also) -> before.equals(also) ? before : DENIED));
        return together;
    }

    private static String most(Access one) {
        return one.role().map(Id::text).orElse(DENIED);
    }

    private static Access one(List<String> line) {
        String most = line.get(1);
        return new Access(
                Id.parse(Kind.APPLICATION, line.getFirst()).orElseThrow(),
                most.equals(DENIED) ? Optional.empty() : Id.parse(Kind.ROLE, most),
                Id.parse(Kind.ORGANIZATION, line.getLast()),
                Rights.NONE);
    }

    /// The roles that begin to bound somebody, each once and in one order, so that nobody waits for a waiter.
    static Stream<Id> bounding(Organization before, Organization after) {
        return after.access().stream()
                .filter(access -> !before.access().contains(access))
                .flatMap(access -> access.role().stream())
                .distinct()
                .sorted(Comparator.comparingLong(Id::value));
    }
}
