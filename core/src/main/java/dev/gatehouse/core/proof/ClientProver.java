package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SecretHash;
import dev.gatehouse.core.secret.TrustedIssuer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Turns what a machine shows into facts: a key, a client's public id with its secret, or what a client signed.
final class ClientProver {
    /// What credentials of a client are tried for.
    ///
    /// @param preferred of several that prove it
    private record Tried(String clientId, Predicate<Members> proves, Predicate<Members> preferred) {}

    private final CheckKeys checkKeys;
    private final Pepper pepper;
    private final Digest decoy;

    ClientProver(CheckKeys checkKeys, Pepper pepper) {
        this.checkKeys = checkKeys;
        this.pepper = pepper;
        this.decoy = pepper.digest(Secret.of("decoy"));
    }

    Proof own(Presented.Own own, Api api, Source source) {
        return switch (own) {
            case Presented.Key(Secret text) -> drawn(text, api, source, _ -> true);
            case Presented.Client client -> pinned(client.method(), secret(client, api, source));
            case Presented.Vouched vouched -> vouched(vouched, api, source);
            case Presented.Believed believed ->
                believed(believed, trusted -> trusted.subject().isPresent(), api, source);
        };
    }

    Proof domainKey(Secret text, Api api, Source source) {
        return drawn(text, api, source, known -> known.credential().kind() == CredentialKind.DOMAIN_KEY);
    }

    Proof userSecret(Secret text, Api api, Source source) {
        return drawn(text, api, source, known -> known.credential().kind() == CredentialKind.USER_SECRET);
    }

    /// A signature names no key, so every one of its application that counts is tried. Nobody guesses a MAC of 256
    /// bits, so that a wrong one is no guess.
    static Proof signed(Presented.Signed signed, Api api, Source source) {
        Tried tried = new Tried(
                signed.clientId(),
                known -> known.credential().kind() == CredentialKind.SIGNING_KEY
                        && known.credential().standing().active(signed.at())
                        && signed.signature().test(known.credential()),
                _ -> true);
        Proof proof = anyOf(tried, api, source);
        return proof instanceof Proof.Refused(Refusal.BadCredential _)
                ? Proof.Refused.genuine("made under no live key of this client")
                : proof;
    }

    static Proof asserted(Presented.Asserted asserted, Api api, Source source) {
        return pinned(
                ClientMethod.PRIVATE_KEY_JWT,
                signed(asserted.clientId(), asserted.signature(), asserted.at(), api, source));
    }

    /// What is signed names its client and perhaps a key, but no credential, so every one of that client is
    /// tried. Sets that follow each other may have a key in common.
    static Proof signed(String clientId, Predicate<PublicKeys> signature, Instant at, Api api, Source source) {
        Tried signed = new Tried(
                clientId,
                known -> known.credential().evidence() instanceof PublicKeys keys && signature.test(keys),
                known -> known.credential().standing().active(at));
        return anyOf(signed, api, source);
    }

    /// What an issuer signed names its client, but no credential: every one of that client is tried that is of this
    /// issuer.
    static Proof attested(Presented.Attested attested, Api api, Source source) {
        Tried tried = new Tried(
                attested.clientId(),
                known -> trusted(known)
                        .filter(one -> one.speaksOf(attested.issuer(), attested.subject()))
                        .filter(attested.signature())
                        .isPresent(),
                known -> known.credential().standing().active(attested.at()));
        return anyOf(tried, api, source);
    }

    /// @param of whether the issuer is believed in what is asked
    static Proof believed(Presented.Believed believed, Predicate<TrustedIssuer> of, Api api, Source source) {
        Predicate<Members> ofIssuer = known -> trusted(known).filter(of).isPresent();
        return among(List.of(believed.credential()), new Tried(believed.clientId(), ofIssuer, _ -> true), api, source);
    }

    private static Optional<TrustedIssuer> trusted(Members known) {
        return known.credential().evidence() instanceof PublicKeys keys ? keys.trusted() : Optional.empty();
    }

    private static Proof anyOf(Tried tried, Api api, Source source) {
        return switch (source.credentialsOf().apply(tried.clientId())) {
            case Look.Cold<List<Id>>() -> new Proof.Cold();
            case Look.Absent<List<Id>>() -> Proof.Refused.bad("no such client");
            case Look.Known<List<Id>>(List<Id> known) -> among(known, tried, api, source);
        };
    }

    static Proof connected(Presented.Connected connected, Api api, Source source) {
        return pinned(
                connected.method(), signed(connected.clientId(), connected.certificate(), connected.at(), api, source));
    }

    private static Proof vouched(Presented.Vouched vouched, Api api, Source source) {
        Predicate<Members> ofKeys = known -> known.credential().kind() == CredentialKind.PUBLIC_KEY;
        return pinned(
                vouched.method(),
                among(List.of(vouched.credential()), new Tried(vouched.clientId(), ofKeys, _ -> true), api, source));
    }

    /// What is sent in another way than the client is registered with proves nothing (GAUNTLET C04).
    private static Proof pinned(ClientMethod shown, Proof proof) {
        return proof instanceof Proof.Proven(Facts proven, var _)
                        && proven.members().holder() instanceof Application application
                        && !application.terms().method().admits(shown)
                ? Proof.Refused.genuine("the client authenticates in another way")
                : proof;
    }

    private Proof secret(Presented.Client client, Api api, Source source) {
        return KeyString.formed(client.secret())
                ? drawn(client.secret(), api, source, known -> secretOf(client.clientId(), known))
                : given(client, api, source);
    }

    /// A key or secret that Gatehouse drew names its own credential. Whether its client exists is never asked, so
    /// a wrong secret costs the same for every client and tells nothing (GAUNTLET C08, L01).
    private Proof drawn(Secret text, Api api, Source source, Predicate<Members> fits) {
        Optional<KeyString> key = KeyString.parse(text, checkKeys);
        if (key.isEmpty()) {
            return Proof.Refused.bad("not a key of ours: its form or its check is wrong");
        }
        return switch (source.members().apply(key.get().credential())) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() -> Proof.Refused.genuine("the credential is gone");
            case Look.Known<Members>(Members known) ->
                proves(known, key.get().kind(), SecretHash.of(text)) && fits.test(known)
                        ? new Proof.Proven(new Facts.Direct(api, known))
                        : Proof.Refused.bad("not the secret that was issued, or another client's");
        };
    }

    /// A secret that was given rather than drawn names nothing, so every secret of its client is tried. An
    /// unknown client costs a digest too and gets the same answer.
    private Proof given(Presented.Client client, Api api, Source source) {
        SecretHash hash = SecretHash.of(client.secret());
        return switch (source.credentialsOf().apply(client.clientId())) {
            case Look.Cold<List<Id>>() -> new Proof.Cold();
            case Look.Absent<List<Id>>() -> {
                var _ = pepper.matches(decoy, hash);
                yield Proof.Refused.bad("no such client");
            }
            case Look.Known<List<Id>>(List<Id> known) ->
                among(
                        known,
                        new Tried(client.clientId(), one -> proves(one, CredentialKind.SECRET, hash), _ -> true),
                        api,
                        source);
        };
    }

    private static Proof among(List<Id> candidates, Tried tried, Api api, Source source) {
        source.gather().accept(candidates);
        List<Members> all = new ArrayList<>();
        for (Id candidate : candidates) {
            switch (source.members().apply(candidate)) {
                case Look.Cold<Members>() -> {
                    return new Proof.Cold();
                }
                case Look.Absent<Members>() -> {}
                case Look.Known<Members>(Members known) -> {
                    if (known.holder().publicName().equals(tried.clientId())) {
                        all.add(known);
                    }
                }
            }
        }
        return first(all, tried)
                .<Proof>map(known -> new Proof.Proven(new Facts.Direct(api, known)))
                .orElseGet(() -> Proof.Refused.bad("no live credential of this client matches"));
    }

    /// The first that proves it: of those that count first, and of those for which nobody else has to be asked. Who
    /// cannot be asked keeps a client out only where that could have proven it and nothing that counts does.
    private static Optional<Members> first(List<Members> all, Tried tried) {
        Comparator<Members> counting =
                Comparator.comparing(one -> !tried.preferred().test(one));
        all.sort(counting.thenComparing(ClientProver::elsewhere));
        Optional<FactsUnavailable> away = Optional.empty();
        for (Members one : all) {
            boolean counts = tried.preferred().test(one);
            if (!counts && away.isPresent()) {
                break;
            }
            try {
                if (tried.proves().test(one)) {
                    return Optional.of(one);
                }
            } catch (FactsUnavailable e) {
                away = counts ? Optional.of(e) : away;
            }
        }
        if (away.isPresent()) {
            throw away.get();
        }
        return Optional.empty();
    }

    private static boolean elsewhere(Members one) {
        return one.credential().evidence() instanceof PublicKeys keys
                && keys.trusted().map(TrustedIssuer::keys).orElse(keys).uri().isPresent();
    }

    private static boolean secretOf(String clientId, Members known) {
        return known.credential().kind() == CredentialKind.SECRET
                && known.holder().called(clientId);
    }

    private boolean proves(Members known, CredentialKind kind, SecretHash hash) {
        return known.credential().kind() == kind
                && known.credential().evidence() instanceof Digest digest
                && pepper.matches(digest, hash);
    }
}
