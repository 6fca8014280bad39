package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.StoredKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A line of succession: keys that follow each other, at any moment one active and at most one prepared.
///
/// @param api absent for the keys of the installation
/// @param algorithm of the keys that are drawn for it now; absent for sealing
record Line(StoredKey.Use use, Optional<Id> api, Optional<SigningAlgorithm> algorithm) {
    /// The algorithm of sealing keys.
    static final String SEALING_ALGORITHM = "XAES-256-GCM";

    /// The keys that seal tokens.
    static final Line SEALING = new Line(StoredKey.Use.SEAL, Optional.empty(), Optional.empty());

    /// The keys that sign assertions to upstreams.
    static final Line ASSERTING = new Line(StoredKey.Use.ASSERT, Optional.empty(), Optional.of(SigningAlgorithm.ES256));

    /// The keys that sign the seals of the audit trail.
    static final Line AUDITING = new Line(StoredKey.Use.AUDIT, Optional.empty(), Optional.of(SigningAlgorithm.ES256));

    /// The keys that sign an Api's access tokens.
    static Line of(Api api) {
        return new Line(
                StoredKey.Use.SIGN,
                Optional.of(api.id()),
                Optional.of(api.tokens().algorithm()));
    }

    /// The keys that sign an Api's ID tokens and other answers to clients: every client can check RS256 (OpenID
    /// Connect Discovery section 3), whatever the Api's own services prefer.
    ///
    /// @param algorithm one of [SigningKey#IDENTIFYING]
    static Line identifying(Api api, SigningAlgorithm algorithm) {
        return new Line(use(algorithm), Optional.of(api.id()), Optional.of(algorithm));
    }

    /// What keys that identify with an algorithm are for.
    static StoredKey.Use use(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> StoredKey.Use.IDENTIFY;
            case PS256 -> StoredKey.Use.IDENTIFY_PS;
            case ES256, EDDSA -> StoredKey.Use.IDENTIFY_EC;
        };
    }

    /// Those of an Api that it always has.
    static List<Line> all(Api api) {
        List<Line> lines = new ArrayList<>();
        if (api.signs()) {
            lines.add(of(api));
        }
        if (api.tells()) {
            SigningKey.ALWAYS.forEach(algorithm -> lines.add(identifying(api, algorithm)));
        }
        return lines;
    }

    /// Every line that is needed: those of the installation, those of each Api that signs something, and what its
    /// clients asked for.
    ///
    /// @param rows the keys that there are
    static List<Line> needed(List<Api> apis, List<StoredKey> rows) {
        List<Line> lines = new ArrayList<>(List.of(SEALING, ASSERTING, AUDITING));
        for (Api api : apis) {
            lines.addAll(all(api));
            lines.addAll(asked(api, rows));
        }
        return lines;
    }

    /// Those that clients of an Api asked for: that there is an active key shows it.
    static List<Line> asked(Api api, List<StoredKey> rows) {
        return !api.tells()
                ? List.of()
                : SigningKey.IDENTIFYING.stream()
                        .filter(algorithm -> !SigningKey.ALWAYS.contains(algorithm))
                        .map(algorithm -> identifying(api, algorithm))
                        .filter(line ->
                                rows.stream().anyMatch(row -> row.state() == StoredKey.State.ACTIVE && line.has(row)))
                        .toList();
    }

    /// What its algorithm is called.
    String name() {
        return algorithm.map(SigningAlgorithm::wire).orElse(SEALING_ALGORITHM);
    }

    /// Whether a key is one of this line.
    boolean has(StoredKey key) {
        return key.use() == use && key.api().equals(api);
    }

    /// Whether a key of this line can be used by it now: the Api's algorithm may have changed since it was drawn.
    boolean fits(StoredKey key) {
        return has(key) && key.algorithm().equals(name());
    }
}
