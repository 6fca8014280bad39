package dev.gatehouse.core.right;

import java.util.List;
import java.util.Optional;

/// A member that the details of a type may have.
///
/// @param required whether each of them has it
/// @param values the texts that it may be, or may have in it; any text where there are none
public record DetailMember(Kind kind, boolean required, List<String> values) {
    /// What a member is.
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        /// A list of texts.
        TEXTS,
        OBJECT,
        ARRAY
    }

    /// The most values.
    public static final int MAX_VALUES = 64;

    /// Keeps a copy.
    public DetailMember {
        values = List.copyOf(values);
    }

    /// Why there is no such member.
    Optional<String> mistake(String name) {
        if (AuthorizationDetail.SETS.contains(name) && kind != Kind.TEXTS) {
            return Optional.of(name + " is a list of texts");
        }
        if (name.equals(AuthorizationDetail.IDENTIFIER) && kind != Kind.TEXT) {
            return Optional.of(name + " is a text");
        }
        if (kind == Kind.TEXTS && values.isEmpty()) {
            return Optional.of(name + " says which texts may be in it");
        }
        return values.isEmpty() || kind == Kind.TEXT || kind == Kind.TEXTS
                ? Optional.empty()
                : Optional.of(name + " has no values: it is no text");
    }

    boolean admits(DetailValue value) {
        return switch (kind) {
            case TEXT -> value instanceof DetailValue.Text(String text) && (values.isEmpty() || values.contains(text));
            case NUMBER -> value instanceof DetailValue.Numeral;
            case BOOLEAN -> value instanceof DetailValue.Flag;
            case TEXTS ->
                value instanceof DetailValue.Items(List<DetailValue> all)
                        && AuthorizationDetail.texts(value).size() == all.size()
                        && values.containsAll(AuthorizationDetail.texts(value));
            case OBJECT -> value instanceof DetailValue.Members;
            case ARRAY -> value instanceof DetailValue.Items;
        };
    }
}
