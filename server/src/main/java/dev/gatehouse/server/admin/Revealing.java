package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.server.reveal.SecretCopies;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Telling a secret again, where the Api that its credential is good at keeps it. Whoever is told it has all that
/// the credential opens, so it must be one that the caller could have made (GAUNTLET H04). The audit row is there
/// before the answer is. An answer that is asked for twice is looked for twice, and never kept.
final class Revealing {
    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final Attribute<Secret, String> SECRET = Attribute.of(
            "secret",
            Type.text("the string that proves it", Schema.of("minLength", 1), Optional::of, Function.identity()),
            Secret::reveal);

    static final List<Attribute<?, ?>> TOLD = List.of(SECRET);

    private Revealing() {}

    static Got<Reply> reveal(Call call) {
        if (call.keyed().isPresent()) {
            return Got.no(new Problem.InvalidHeader(KeyedRequest.HEADER, "left out: each answer is told anew"));
        }
        return call.credential()
                .then(it -> call.matched(Credentials.NOUN, it))
                .then(it -> it.standing().revoked() ? none("it is revoked") : kept(call, it));
    }

    private static Got<Reply> kept(Call call, Credential credential) {
        return Owner.of(call, credential)
                .then(owner -> SecretCopies.keeper(
                                        credential,
                                        owner.rights(call),
                                        call.desk().store().facts().apis())
                                .isEmpty()
                        ? none("no Api keeps the secret of this credential")
                        : Altering.makeable(call, credential, owner).then(_ -> told(call, credential)));
    }

    private static Got<Reply> told(Call call, Credential credential) {
        Stored<List<SecretCopy>> stored =
                call.desk().store().secretCopies().reveal(List.of(credential.id()), call.act());
        return Problems.stored(stored)
                .then(copies -> copies.isEmpty()
                        ? none("its secret was not kept when it was made, or was given")
                        : shown(call, credential, call.desk().copies().open(copies.getFirst())));
    }

    private static Got<Reply> shown(Call call, Credential credential, Optional<Secret> secret) {
        if (secret.isEmpty()) {
            return Got.no(new Problem.Refused(new Refusal.Unavailable("a secret cannot be decrypted", RETRY)));
        }
        Map<String, Object> members = new LinkedHashMap<>(Credentials.NOUN.show(credential, call.view()));
        members.putAll(Noun.show(secret.get(), List.of(SECRET), View.NONE));
        return Got.of(Reply.json(200, members));
    }

    private static Got<Reply> none(String why) {
        return Got.no(new Problem.Conflict(why));
    }
}
