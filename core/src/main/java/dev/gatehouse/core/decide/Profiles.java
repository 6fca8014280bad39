package dev.gatehouse.core.decide;

import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.CredentialKind;
import java.util.Optional;

/// Who gets tokens of an Api whose clients all keep to a profile.
final class Profiles {
    private Profiles() {}

    /// Why nothing is issued: whoever asks is no client that keeps to the profile, or does not ask as one. (What a
    /// client wants for itself was looked at when its terms were written down.)
    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        boolean issues = switch (ask) {
            case Ask.Mint _, Ask.Renew _, Ask.Consent _, Ask.Redeem _ -> true;
            case Ask.Call _, Ask.Authenticate _, Ask.End _, Ask.Introspect _ -> false;
        };
        Optional<ClientProfile> profile = facts.api().clients().profile().filter(_ -> issues);
        return profile.isEmpty() || keeps(facts, profile.get())
                ? Optional.empty()
                : Optional.of(new Refusal.WrongUse(facts.members().credential().id()));
    }

    private static boolean keeps(Facts facts, ClientProfile profile) {
        if (facts instanceof Facts.Passing(var _, Actor client, var _)) {
            return client.credential()
                            .filter(shown -> shown.kind() == CredentialKind.PUBLIC_KEY)
                            .isPresent()
                    && fits(client.application().terms(), profile);
        }
        if (facts.actor().isPresent()) {
            return fits(facts.actor().get().application().terms(), profile);
        }
        return facts.members().holder() instanceof Application application
                && facts.members().credential().kind() == CredentialKind.PUBLIC_KEY
                && fits(application.terms(), profile);
    }

    private static boolean fits(ClientTerms terms, ClientProfile profile) {
        return profile.mistake(terms).isEmpty();
    }
}
