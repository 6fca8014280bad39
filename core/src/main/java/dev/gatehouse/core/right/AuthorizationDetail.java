package dev.gatehouse.core.right;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One thing that somebody may do, more exactly than a scope says it (RFC 9396 section 2).
///
/// @param type what it is about; one of those that an Api has
/// @param members everything else that it says
public record AuthorizationDetail(String type, SortedMap<String, DetailValue> members) {
    /// The member that names the type.
    public static final String TYPE = "type";

    /// What may be done with what, and where (section 2.2): sets of texts, and the only members in which less is
    /// less.
    public static final Set<String> SETS = Set.of("actions", "locations", "datatypes", "privileges");

    /// The one thing that it is about (section 2.2).
    public static final String IDENTIFIER = "identifier";

    private static final int MAX_NAME = 64;

    /// Keeps a copy.
    public AuthorizationDetail {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /// Reads an object. Empty where the type is missing, a name is none, or a member of section 2.2 is not what
    /// that says: a list that is empty would say neither nothing nor everything. Sets are put in order.
    static Optional<AuthorizationDetail> of(DetailValue value) {
        if (!(value instanceof DetailValue.Members(SortedMap<String, DetailValue> byName))
                || !(byName.get(TYPE) instanceof DetailValue.Text(String type))
                || !named(type)) {
            return Optional.empty();
        }
        SortedMap<String, DetailValue> members = new TreeMap<>(byName);
        members.remove(TYPE);
        for (String name : byName.keySet()) {
            boolean sound = !name.equals(IDENTIFIER) || byName.get(name) instanceof DetailValue.Text;
            if (!named(name) || !sound) {
                return Optional.empty();
            }
        }
        for (String name : SETS) {
            Optional<DetailValue> said = Optional.ofNullable(members.get(name));
            Optional<DetailValue> sorted = said.flatMap(AuthorizationDetail::sorted);
            if (said.isPresent() != sorted.isPresent()) {
                return Optional.empty();
            }
            sorted.ifPresent(set -> members.put(name, set));
        }
        return Optional.of(new AuthorizationDetail(type, members));
    }

    /// Whether it may be the name of a type or of a member.
    public static boolean named(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '{' && c != '}');
    }

    private static Optional<DetailValue> sorted(DetailValue value) {
        List<String> texts = texts(value);
        boolean set = value instanceof DetailValue.Items(List<DetailValue> values)
                && !texts.isEmpty()
                && values.size() == texts.size()
                && texts.stream().distinct().count() == texts.size();
        return set
                ? Optional.of(new DetailValue.Items(texts.stream()
                        .sorted()
                        .<DetailValue>map(DetailValue.Text::new)
                        .toList()))
                : Optional.empty();
    }

    /// The texts in a list.
    static List<String> texts(DetailValue value) {
        return value instanceof DetailValue.Items(List<DetailValue> values)
                ? values.stream()
                        .flatMap(one -> one instanceof DetailValue.Text(String text) ? Stream.of(text) : Stream.empty())
                        .toList()
                : List.of();
    }

    /// Whether it allows no more than another (section 6): it has the type and just the members of that, and
    /// each of them is the same, or is a set and has nothing more in it. What is left out is not less: whoever
    /// does not say where may mean everywhere.
    public boolean within(AuthorizationDetail wider) {
        return type.equals(wider.type)
                && members.keySet().equals(wider.members.keySet())
                && members.entrySet().stream()
                        .allMatch(one -> Optional.ofNullable(wider.members.get(one.getKey()))
                                .filter(theirs -> less(one.getKey(), one.getValue(), theirs))
                                .isPresent());
    }

    private static boolean less(String name, DetailValue mine, DetailValue theirs) {
        return mine.equals(theirs) || (SETS.contains(name) && texts(theirs).containsAll(texts(mine)));
    }

    /// As an object, the type in it.
    DetailValue.Members value() {
        SortedMap<String, DetailValue> all = new TreeMap<>(members);
        all.put(TYPE, new DetailValue.Text(type));
        return new DetailValue.Members(all);
    }
}
