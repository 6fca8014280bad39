package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.store.NewCredential;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rotating a credential: a new one that may do the same takes its place, the old one ends now or after an
/// overlap. The caller gets a secret for all that the credential may do, so it must be one that it could have
/// made (GAUNTLET H04); its own is for others to rotate (H05).
final class Rotating {
    private static final int MOST_OVERLAP = 2_592_000;

    private static final Attribute<Void, Long> OVERLAP = Attribute.in("overlap_seconds", Type.number(0, MOST_OVERLAP));
    private static final Attribute<Credential, Id> REPLACES =
            Attribute.of("replaces", Types.id(Kind.CREDENTIAL), Credential::id);

    static final Form ROTATE = Form.of(Form.optional(OVERLAP)).and(KeySets.GIVEN);
    static final List<Attribute<?, ?>> ONCE = List.of(Proof.SHOWN, REPLACES, Receipts.MEMBER);

    private Rotating() {}

    static Got<Reply> rotate(Call call) {
        return call.credential()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(Credentials.NOUN, it))
                .then(old -> Owner.of(call, old)
                        .then(owner -> Altering.makeable(call, old, owner)
                                .then(_ -> old.standing().window().over(call.now())
                                        ? Got.no(new Problem.Conflict("it has expired"))
                                        : rotated(call, old, owner))));
    }

    private static Got<Reply> rotated(Call call, Credential old, Owner owner) {
        Id id = Id.random(Kind.CREDENTIAL, call.desk().random());
        return proof(call, old, owner, id).then(proof -> rotated(call, old, owner, id, proof));
    }

    /// Another secret is drawn; other keys are the caller's to make.
    private static Got<Proof> proof(Call call, Credential old, Owner owner, Id id) {
        if (old.kind() == CredentialKind.PUBLIC_KEY) {
            return Proof.keys(call, Optional.of(old));
        }
        return Proof.misplaced(call)
                .<Got<Proof>>map(Got::no)
                .orElseGet(() -> Got.of(Proof.drawn(call, old.kind(), environment(old), owner, id)));
    }

    private static Got<Reply> rotated(Call call, Credential old, Owner owner, Id id, Proof proof) {
        Credential successor = Minting.credential(
                call,
                id,
                owner,
                old.name(),
                proof,
                old.reach(),
                old.restrictions(),
                old.standing().window());
        NewCredential fresh = Minting.kept(call, successor, owner, proof);
        Instant end = call.now().plusSeconds(call.given().get(OVERLAP).orElse(0L));
        return call.write(call.act(), act -> call.desk().store().members().rotate(old, end, fresh, act), added -> {
            Map<String, Object> once = new LinkedHashMap<>(Noun.show(proof, List.of(Proof.SHOWN), View.NONE));
            once.putAll(Noun.show(old, List.of(REPLACES), View.NONE));
            return Minting.minted(call, added, once);
        });
    }

    /// The second part of the old key's string; a given secret has none and is followed by a live one.
    private static String environment(Credential old) {
        return old.hint().matches("gh[ksdug]_test_.*") ? "test" : "live";
    }
}
