package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// How what a client and Gatehouse tell each other is signed, under the names of the specifications that have
/// them. Each is shown where it was chosen.
final class ClientMessageAttributes {
    private static final Type<SigningAlgorithm> SIGNED =
            Types.word(SignedAnswer.ALGORITHMS.toArray(SigningAlgorithm[]::new), SigningAlgorithm::wire);

    static final Type<ClientProfile> PROFILES = Types.word(ClientProfile.values(), ClientProfile::wire);

    static final Attribute<Application, ClientProfile> PROFILE = Attribute.optional(
            "profile", PROFILES, application -> application.terms().messages().profile());
    private static final Map<SignedAnswer, Attribute<Application, SigningAlgorithm>> ANSWERS =
            each(answer -> Attribute.optional(
                    answer.wire(),
                    SIGNED,
                    application -> Optional.ofNullable(
                            application.terms().messages().answers().get(answer))));
    private static final Attribute<Application, RequestAlgorithm> REQUESTS = Attribute.optional(
            "request_object_signing_alg",
            Types.word(RequestAlgorithm.values(), RequestAlgorithm::wire),
            application -> application.terms().messages().requests());

    private static final Attribute<Void, Optional<ClientProfile>> NEW_PROFILE =
            Attribute.in(PROFILE.name(), Type.nullable(PROFILES));
    private static final Map<SignedAnswer, Attribute<Void, Optional<SigningAlgorithm>>> NEW_ANSWERS =
            each(answer -> Attribute.in(answer.wire(), Type.nullable(SIGNED)));
    private static final Attribute<Void, Optional<RequestAlgorithm>> NEW_REQUESTS =
            Attribute.in(REQUESTS.name(), Type.nullable(REQUESTS.type()));

    static final List<Attribute<Application, ?>> SHOWN = with(PROFILE, ANSWERS, REQUESTS);
    static final List<Form.Item> GIVEN = items(SHOWN);
    static final List<Form.Item> CHANGED = items(with(NEW_PROFILE, NEW_ANSWERS, NEW_REQUESTS));

    private ClientMessageAttributes() {}

    private static <V> Map<SignedAnswer, V> each(Function<SignedAnswer, V> of) {
        Map<SignedAnswer, V> all = new EnumMap<>(SignedAnswer.class);
        Arrays.stream(SignedAnswer.values()).forEach(answer -> all.put(answer, of.apply(answer)));
        return all;
    }

    private static <V> V of(Map<SignedAnswer, V> each, SignedAnswer answer) {
        return Objects.requireNonNull(each.get(answer));
    }

    private static <N> List<Attribute<N, ?>> with(
            Attribute<N, ?> first, Map<SignedAnswer, ? extends Attribute<N, ?>> each, Attribute<N, ?> last) {
        List<Attribute<N, ?>> all = new ArrayList<>(List.of(first));
        all.addAll(each.values());
        all.add(last);
        return List.copyOf(all);
    }

    private static List<Form.Item> items(List<? extends Attribute<?, ?>> attributes) {
        return attributes.stream()
                .<Form.Item>map(attribute -> Form.optional(attribute))
                .toList();
    }

    /// What a new application chooses.
    static ClientMessages given(Given given) {
        return new ClientMessages(
                given.get(PROFILE), chosen(answer -> given.get(of(ANSWERS, answer))), given.get(REQUESTS));
    }

    /// What is chosen after a change: what is left out stays, `null` ends it.
    static ClientMessages changed(Given given, ClientMessages before) {
        return new ClientMessages(
                given.get(NEW_PROFILE).orElse(before.profile()),
                chosen(answer -> given.get(of(NEW_ANSWERS, answer))
                        .orElseGet(() -> Optional.ofNullable(before.answers().get(answer)))),
                given.get(NEW_REQUESTS).orElse(before.requests()));
    }

    private static Map<SignedAnswer, SigningAlgorithm> chosen(
            Function<SignedAnswer, Optional<SigningAlgorithm>> asked) {
        Map<SignedAnswer, SigningAlgorithm> chosen = new EnumMap<>(SignedAnswer.class);
        for (SignedAnswer answer : SignedAnswer.values()) {
            asked.apply(answer).ifPresent(algorithm -> chosen.put(answer, algorithm));
        }
        return chosen;
    }
}
