package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Checks what was presented and gathers the facts behind it. It proves that a secret or token is genuine and
/// says nothing about whether it still counts: that is the decision's.
public final class Prover {
    private final FactSource facts;
    private final CheckKeys checkKeys;
    private final Pepper pepper;
    private final TokenReader tokens;
    private final Digest decoy;

    /// A prover over these facts.
    public Prover(FactSource facts, CheckKeys checkKeys, Pepper pepper, TokenReader tokens) {
        this.facts = facts;
        this.checkKeys = checkKeys;
        this.pepper = pepper;
        this.tokens = tokens;
        this.decoy = pepper.digest(Secret.of("decoy"));
    }

    /// Proves from memory only, in microseconds; `Cold` when a fact is missing.
    public Proof prove(Presented presented, Api api) {
        return prove(presented, api, facts::members, facts::secretsOf);
    }

    /// Proves, reading the database when it must; never `Cold`.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    public Proof proveLoading(Presented presented, Api api) {
        return prove(presented, api, facts::load, facts::loadSecretsOf);
    }

    private Proof prove(
            Presented presented,
            Api api,
            Function<Id, Look<Members>> members,
            Function<String, Look<List<Id>>> secretsOf) {
        return switch (presented) {
            case Presented.Key(Secret text) -> drawn(text, api, members, _ -> true);
            case Presented.Client client ->
                KeyString.formed(client.secret())
                        ? drawn(client.secret(), api, members, known -> secretOf(client.clientId(), known))
                        : given(client, api, members, secretsOf);
            case Presented.Token(Secret text) -> token(text, api, members);
        };
    }

    /// A key or secret that Gatehouse drew names its own credential. Whether its client exists is never asked, so a
    /// wrong secret costs the same for every client and tells nothing (GAUNTLET C08, L01).
    private Proof drawn(Secret text, Api api, Function<Id, Look<Members>> members, Predicate<Members> fits) {
        Optional<KeyString> key = KeyString.parse(text, checkKeys);
        if (key.isEmpty()) {
            return bad("not a key of ours: its form or its check is wrong");
        }
        return switch (members.apply(key.get().credential())) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() -> bad("no such credential");
            case Look.Known<Members>(Members known) ->
                proves(known, key.get().kind(), text) && fits.test(known)
                        ? new Proof.Proven(new Facts.Direct(api, known))
                        : bad("not the secret that was issued, or another client's");
        };
    }

    private Proof token(Secret text, Api api, Function<Id, Look<Members>> members) {
        return switch (tokens.read(text, api)) {
            case TokenReader.Read.Refused(String reason) -> bad(reason);
            case TokenReader.Read.Proven(Claims claims) ->
                switch (members.apply(claims.lineage().credential())) {
                    case Look.Cold<Members>() -> new Proof.Cold();
                    case Look.Absent<Members>() -> bad("the token's credential is gone");
                    case Look.Known<Members>(Members known) ->
                        new Proof.Proven(new Facts.Derived(api, known, claims, facts.dead(claims.id())));
                };
        };
    }

    /// A secret that was given rather than drawn names nothing, so every secret of its client is tried. An unknown
    /// client costs a digest too and gets the same answer.
    private Proof given(
            Presented.Client client,
            Api api,
            Function<Id, Look<Members>> members,
            Function<String, Look<List<Id>>> secretsOf) {
        List<Id> candidates;
        switch (secretsOf.apply(client.clientId())) {
            case Look.Cold<List<Id>>() -> {
                return new Proof.Cold();
            }
            case Look.Absent<List<Id>>() -> {
                var _ = pepper.matches(decoy, client.secret());
                return bad("no such client");
            }
            case Look.Known<List<Id>>(List<Id> known) -> candidates = known;
        }
        for (Id candidate : candidates) {
            switch (members.apply(candidate)) {
                case Look.Cold<Members>() -> {
                    return new Proof.Cold();
                }
                case Look.Absent<Members>() -> {}
                case Look.Known<Members>(Members known) -> {
                    if (known.application().clientId().equals(client.clientId())
                            && proves(known, CredentialKind.SECRET, client.secret())) {
                        return new Proof.Proven(new Facts.Direct(api, known));
                    }
                }
            }
        }
        return bad("no live secret of this client matches");
    }

    private static boolean secretOf(String clientId, Members known) {
        return known.credential().kind() == CredentialKind.SECRET
                && known.application().clientId().equals(clientId);
    }

    private boolean proves(Members known, CredentialKind kind, Secret text) {
        return known.credential().kind() == kind
                && pepper.matches(known.credential().digest(), text);
    }

    private static Proof bad(String why) {
        return new Proof.Refused(new Refusal.BadCredential(why));
    }
}
