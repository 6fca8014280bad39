package dev.gatehouse.storage.sql;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reveal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The kinds of keys whose secrets an Api has kept, as one column.
final class RevealColumn {
    private RevealColumn() {}

    /// Words with blanks between them.
    static String text(Collection<CredentialKind> kinds) {
        return kinds.stream().map(CredentialKind::wire).sorted().collect(Collectors.joining(" "));
    }

    /// The reverse. A kind that only a later release keeps secrets of is kept by none here.
    static Set<CredentialKind> read(String column) {
        List<String> words = Arrays.asList(column.split(" ", -1));
        return Reveal.KINDS.stream()
                .filter(kind -> words.contains(kind.wire()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
