package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.oauth.keys.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The keys under which tokens are made: of an Api that issues JWTs its own, of the Api `gatehouse` those of the
/// whole installation (sealing, and signing assertions). Private parts are never shown. For the provider only.
final class SigningKeys {
    private static final Type<String> ALGORITHM =
            Type.text("the name of an algorithm", Map.of(), Optional::of, Function.identity());

    static final Noun<StoredKey> NOUN = new Noun<>(
            "key",
            List.of(
                    Attribute.of("id", Types.id(Kind.KEY), StoredKey::id),
                    Attribute.of("use", Types.word(StoredKey.Use.class), StoredKey::use),
                    Attribute.of("algorithm", ALGORITHM, StoredKey::algorithm),
                    Attribute.of("state", Types.word(StoredKey.State.class), StoredKey::state),
                    Attribute.of("created_at", Types.TIME, StoredKey::createdAt),
                    Attribute.optional("activated_at", Types.TIME, StoredKey::activatedAt),
                    Attribute.optional("retired_at", Types.TIME, StoredKey::retiredAt)));

    private SigningKeys() {}

    static Got<Reply> list(Call call) {
        return owner(call).map(api -> shown(200, keys(call, api), call));
    }

    /// Publishes the next key without using it, so that verifiers which keep the JWKS document know it in time.
    /// Of the installation's keys those for assertions are published.
    static Got<Reply> prepare(Call call) {
        return owner(call).then(api -> prepared(call, api)).map(key -> Replies.shown(201, NOUN, key, call));
    }

    private static Got<StoredKey> prepared(Call call, Api api) {
        Keys keys = call.desk().keys();
        if (signs(api) || api.tells()) {
            return Problems.stored(keys.prepare(api, call.act()));
        }
        return api.name().equals(Api.ADMIN)
                ? Problems.stored(keys.prepareAsserting(call.act()))
                : Got.no(new Problem.Conflict("only an Api that issues jwt tokens publishes keys"));
    }

    /// Makes the prepared key the active one, or a fresh one when none is prepared. What older keys signed stays
    /// valid until it expires.
    static Got<Reply> rotate(Call call) {
        return owner(call).then(api -> rotated(call, api)).map(active -> shown(200, active, call));
    }

    private static Got<List<StoredKey>> rotated(Call call, Api api) {
        Keys keys = call.desk().keys();
        List<Function<Act, Stored<StoredKey>>> steps = new ArrayList<>();
        if (signs(api)) {
            steps.add(act -> keys.rotate(api, act));
        }
        if (api.tells()) {
            keys.identifying(api).forEach(one -> steps.add(act -> keys.rotateIdentifying(api, one, act)));
        }
        if (api.name().equals(Api.ADMIN)) {
            steps.add(keys::rotateSealing);
            steps.add(keys::rotateAsserting);
            steps.add(keys::rotateAuditing);
        }
        if (steps.isEmpty()) {
            return Got.no(new Problem.Conflict(
                    "this Api issues sealed tokens; their keys are rotated at the Api " + Api.ADMIN));
        }
        Got<List<StoredKey>> done = Got.of(List.of());
        for (Function<Act, Stored<StoredKey>> step : steps) {
            done = done.then(before -> Problems.stored(step.apply(call.act())).map(key -> with(before, key)));
        }
        return done;
    }

    private static List<StoredKey> with(List<StoredKey> before, StoredKey key) {
        List<StoredKey> all = new ArrayList<>(before);
        all.add(key);
        return all;
    }

    private static boolean signs(Api api) {
        return api.signs();
    }

    private static List<StoredKey> keys(Call call, Api api) {
        return call.desk().store().keys().keys().sound().stream()
                .filter(key -> belongs(key, api))
                .toList();
    }

    /// Those of the installation are at the Api `gatehouse`.
    private static boolean belongs(StoredKey key, Api api) {
        return key.api().equals(Optional.of(api.id()))
                || (key.api().isEmpty() && api.name().equals(Api.ADMIN));
    }

    /// Ends a key at once: what was made under it is refused from the reply on, everywhere. A row that cannot be
    /// read belongs to no Api that could be told, so that it is the installation's.
    static Got<Reply> retire(Call call) {
        return owner(call)
                .then(api -> Id.parse(Kind.KEY, call.path().getOrDefault("key", ""))
                        .filter(key -> here(call, api, key))
                        .<Got<Id>>map(Got::of)
                        .orElseGet(() -> Got.no(Problem.NOT_FOUND)))
                .then(key -> {
                    Stored<Id> ended = call.desk()
                            .keys()
                            .retire(key, call.desk().store().facts().apis(), call.act());
                    return Problems.stored(ended).map(id -> call.receipted(ended, retired(call, id)));
                });
    }

    private static boolean here(Call call, Api api, Id key) {
        return call.desk()
                .store()
                .keys()
                .key(key)
                .map(row -> belongs(row, api))
                .orElseGet(() -> api.name().equals(Api.ADMIN)
                        && call.desk().store().keys().keys().unsound().contains(key));
    }

    private static Reply retired(Call call, Id key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", key.text());
        call.desk().store().keys().key(key).ifPresent(row -> members.putAll(NOUN.show(row, call.view())));
        return Reply.json(200, members);
    }

    private static Reply shown(int status, List<StoredKey> keys, Call call) {
        View view = call.view();
        return Reply.json(
                status,
                Map.of("items", keys.stream().map(key -> NOUN.show(key, view)).toList()));
    }

    private static Got<Api> owner(Call call) {
        return call.provider() ? Apis.named(call) : Got.no(new Problem.Beyond("keys are managed by the provider"));
    }
}
