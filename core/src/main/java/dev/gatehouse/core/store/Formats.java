package dev.gatehouse.core.store;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// From which format on a node knows what is written. One of a release before cannot read an Api or an application
/// that says something else, and then knows nothing of it, or goes on as if nobody had said it. What is there
/// already may be written again: there it is too late to ask.
public final class Formats {
    /// Tokens in place of codes. They came without a format of their own, before this one.
    private static final long IMPLICIT = 58;

    /// Authorization details.
    private static final long DETAILS = 59;

    /// Clients that are told of answers, sign their requests to people, or ask people for a code.
    private static final long BACKCHANNEL = 60;

    /// Answers that are signed with PS256, and so the key for them.
    private static final long PS256 = 61;

    /// Something that may be said.
    private record Word<T>(long format, Predicate<T> said) {
        boolean isNew(Optional<T> before, T after) {
            return said.test(after) && before.filter(said).isEmpty();
        }
    }

    private static final List<Word<Api>> OF_APIS = List.of(
            new Word<>(NodeStatus.SECOND_FACTORS, Api::secondFactor),
            new Word<>(IMPLICIT, api -> api.clients().implicit()),
            new Word<>(
                    IMPLICIT,
                    api -> api.clients()
                            .registration()
                            .map(RegistrationPolicy::grants)
                            .filter(grants -> grants.contains(GrantType.IMPLICIT))
                            .isPresent()),
            new Word<>(DETAILS, api -> !api.catalogue().types().isEmpty()));

    private static final List<Word<ClientTerms>> OF_CLIENTS = List.of(
            new Word<>(IMPLICIT, terms -> terms.uses(GrantType.IMPLICIT)),
            new Word<>(DETAILS, terms -> !terms.details().listed().isEmpty()),
            new Word<>(BACKCHANNEL, terms -> !terms.openId().backchannel().equals(BackchannelTerms.NONE)),
            new Word<>(PS256, terms -> terms.messages().answers().containsValue(SigningAlgorithm.PS256)));

    private Formats() {}

    /// What all nodes have to know before an Api says this; nothing in particular when empty.
    public static Optional<Long> of(Optional<Api> before, Api after) {
        return newest(OF_APIS, before, after);
    }

    /// The same of an application's terms as a client.
    public static Optional<Long> of(Optional<ClientTerms> before, ClientTerms after) {
        return newest(OF_CLIENTS, before, after);
    }

    private static <T> Optional<Long> newest(List<Word<T>> words, Optional<T> before, T after) {
        return words.stream()
                .filter(word -> word.isNew(before, after))
                .map(Word::format)
                .max(Long::compare);
    }
}
