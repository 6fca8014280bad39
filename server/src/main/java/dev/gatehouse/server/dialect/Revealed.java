package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.server.reveal.SecretCopies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets of keys that a reply tells again: where it names them, the Api keeps them, and whoever asks could
/// have made the key (GAUNTLET H04). Of all others there is a mask. Who is told has an audit row for each before.
final class Revealed {
    private static final Logger LOG = LoggerFactory.getLogger(Revealed.class);

    private Revealed() {}

    /// That of the key that is asked for.
    ///
    /// @throws FactsUnavailable when it cannot be decrypted, which says nothing of whoever asks
    static Map<Id, Secret> of(Asked asked, Verdict.Allowed allowed, Credential key) {
        return read(asked, allowed, List.of(key), true);
    }

    /// Those of a list, where one that cannot be decrypted hides no other key.
    static Map<Id, Secret> of(Asked asked, Verdict.Allowed allowed, List<Credential> keys) {
        return read(asked, allowed, keys, false);
    }

    /// That of a key which has been changed: that is what was asked for, and it has happened.
    static Map<Id, Secret> afterwards(Asked asked, Verdict.Allowed allowed, Credential key) {
        try {
            return read(asked, allowed, List.of(key), false);
        } catch (FactsUnavailable e) {
            LOG.warn("the secret of {} cannot be read: {}", key.id(), e.getMessage());
            return Map.of();
        }
    }

    /// @param all whether one that cannot be decrypted is an outage, and not a mask
    private static Map<Id, Secret> read(Asked asked, Verdict.Allowed allowed, List<Credential> keys, boolean all) {
        if (!asked.endpoint().answer().tells(Output.SECRET)
                || asked.api().speech().reveal().isEmpty()) {
            return Map.of();
        }
        Id here = asked.api().id();
        List<Id> told = keys.stream()
                .filter(key -> SecretCopies.keeper(key, Rights.NONE, List.of(asked.api()))
                        .filter(here::equals)
                        .isPresent())
                .filter(key -> new KeyForm(asked, allowed).givable(key))
                .map(Credential::id)
                .toList();
        return told.isEmpty() ? Map.of() : opened(asked, allowed, told, all);
    }

    private static Map<Id, Secret> opened(Asked asked, Verdict.Allowed allowed, List<Id> told, boolean all) {
        Stored<List<SecretCopy>> stored = asked.desk()
                .store()
                .secretCopies()
                .reveal(told, Acts.of(asked.desk(), asked.http(), allowed.members()));
        if (!(stored instanceof Stored.Done<List<SecretCopy>>(List<SecretCopy> copies, var _))) {
            return Map.of();
        }
        Map<Id, Secret> secrets = new HashMap<>();
        copies.forEach(
                copy -> asked.desk().copies().open(copy).ifPresent(secret -> secrets.put(copy.credential(), secret)));
        if (all && secrets.size() < copies.size()) {
            throw new FactsUnavailable("a secret cannot be decrypted");
        }
        return secrets;
    }
}
