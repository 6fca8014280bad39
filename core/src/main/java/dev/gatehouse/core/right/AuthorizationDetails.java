package dev.gatehouse.core.right;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;

/// What somebody may do besides what its scopes say, each thing by itself (RFC 9396). Empty means nothing of
/// the kind. The text is made once: each call sends it on.
public final class AuthorizationDetails {
    /// What they are called in requests, answers, tokens and APIs.
    public static final String NAME = "authorization_details";

    /// The most at once.
    public static final int MAX = 10;

    /// The longest text: it travels in tokens and headers.
    public static final int MAX_LENGTH = 2048;

    /// How deep its text may nest: the list, the detail, and four levels in that.
    public static final int MAX_DEPTH = 6;

    /// The most that is kept of what a user allowed once and for all.
    public static final int REMEMBERED = 32;

    /// None.
    public static final AuthorizationDetails NONE = new AuthorizationDetails(List.of());

    private final List<AuthorizationDetail> list;
    private final String text;

    /// Keeps a copy, each once.
    public AuthorizationDetails(Collection<AuthorizationDetail> list) {
        this.list = List.copyOf(new LinkedHashSet<>(list));
        this.text = this.list.isEmpty() ? "" : value().text();
    }

    /// Reads a list that is not empty. Empty when one in it is none, or when they are too many, too long or too
    /// deep.
    public static Optional<AuthorizationDetails> of(DetailValue value) {
        if (!(value instanceof DetailValue.Items(List<DetailValue> values))
                || values.isEmpty()
                || values.size() > MAX
                || value.depth() > MAX_DEPTH) {
            return Optional.empty();
        }
        List<AuthorizationDetail> details = new ArrayList<>();
        values.forEach(one -> AuthorizationDetail.of(one).ifPresent(details::add));
        return Optional.of(new AuthorizationDetails(details))
                .filter(read -> details.size() == values.size() && read.text().length() <= MAX_LENGTH);
    }

    /// The reverse of [#text()]; empty for a text that this does not write.
    public static Optional<AuthorizationDetails> read(String text) {
        if (text.isEmpty()) {
            return Optional.of(NONE);
        }
        return DetailReader.read(text)
                .filter(DetailValue.Items.class::isInstance)
                .map(value -> ((DetailValue.Items) value).values())
                .flatMap(values -> {
                    List<AuthorizationDetail> details = values.stream()
                            .flatMap(one -> AuthorizationDetail.of(one).stream())
                            .toList();
                    return details.size() == values.size()
                            ? Optional.of(new AuthorizationDetails(details))
                            : Optional.empty();
                });
    }

    /// In the order in which they were asked for.
    public List<AuthorizationDetail> list() {
        return list;
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /// Whether one is of a type.
    public boolean has(String type) {
        return list.stream().anyMatch(one -> one.type().equals(type));
    }

    /// Whether each allows no more than one of these.
    public boolean within(AuthorizationDetails wider) {
        return list.stream().allMatch(one -> wider.list.stream().anyMatch(one::within));
    }

    /// Some of them.
    public AuthorizationDetails those(Predicate<AuthorizationDetail> which) {
        List<AuthorizationDetail> some = list.stream().filter(which).toList();
        return some.size() == list.size() ? this : new AuthorizationDetails(some);
    }

    /// These with those before, as far as a memory reaches; the newest of all first.
    public AuthorizationDetails remembering(AuthorizationDetails before) {
        SequencedSet<AuthorizationDetail> all = new LinkedHashSet<>(list);
        all.addAll(before.list);
        return new AuthorizationDetails(all.stream().limit(REMEMBERED).toList());
    }

    /// As JSON in the one form of [DetailValue#text()]; nothing where there are none.
    public String text() {
        return text;
    }

    /// The same as lists and maps, for whoever writes JSON.
    public Object plain() {
        return value().plain();
    }

    private DetailValue value() {
        return new DetailValue.Items(
                list.stream().<DetailValue>map(AuthorizationDetail::value).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthorizationDetails details && details.list.equals(list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
