package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.CredentialKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the audit trail says of secrets that one reply tells: a row for those of an organization, of one kind and
/// kept by one Api, so that whoever reads a page of keys again and again writes no row for each.
///
/// @param target the credential; their organization where there are several, which the detail names
public record Telling(Id organization, Id target, Detail detail) {
    private record Together(Id organization, Id api, CredentialKind kind) {
        Telling of(List<SecretCopy> told) {
            Detail detail = Detail.of("kind", kind.wire()).with("api", api);
            return told.size() == 1
                    ? new Telling(organization, told.getFirst().credential(), detail)
                    : new Telling(organization, organization, detail.with("credentials", names(told)));
        }

        private static String names(List<SecretCopy> told) {
            return told.stream().map(copy -> copy.credential().text()).collect(Collectors.joining(" "));
        }
    }

    /// Those of a reply, in its order.
    public static List<Telling> of(List<SecretCopy> told) {
        Map<Together, List<SecretCopy>> together = told.stream()
                .collect(Collectors.groupingBy(
                        copy -> new Together(copy.organization(), copy.api(), copy.kind()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return together.entrySet().stream()
                .map(one -> one.getKey().of(one.getValue()))
                .toList();
    }
}
