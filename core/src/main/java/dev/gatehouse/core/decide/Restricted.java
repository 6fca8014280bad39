package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Credential;
import java.net.InetAddress;
import java.util.Optional;

/// Where credentials may be used at all: at which Apis, from which addresses.
final class Restricted {
    private Restricted() {}

    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        return Exchanges.actors(facts).stream()
                .flatMap(actor -> actor.credential().stream())
                .flatMap(shown -> refusal(shown, facts, ask).stream())
                .findFirst()
                .or(() -> refusal(facts.members().credential(), facts, ask)
                        .map(why -> facts instanceof Facts.Beside ? new Refusal.BadUser(why) : why));
    }

    private static Optional<Refusal> refusal(Credential credential, Facts facts, Ask ask) {
        if (!credential.restrictions().apis().admits(facts.api().id()::equals)) {
            return Optional.of(new Refusal.WrongApi(credential.id()));
        }
        boolean there = ask.address().map(from -> admits(credential, from)).orElse(true);
        return there ? Optional.empty() : Optional.of(new Refusal.WrongAddress(credential.id()));
    }

    private static boolean admits(Credential credential, InetAddress from) {
        return credential.restrictions().addresses().admits(block -> block.contains(from));
    }
}
