package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.NodeStatus;
import java.util.Map;
import java.util.Optional;

/// Servers of others that say who people are. For the provider only: whoever says where people are proven says who
/// they are.
final class IdentityProviders {
    private IdentityProviders() {}

    private static Got<Call> own(Call call) {
        return call.provider()
                ? Got.of(call)
                : Got.no(new Problem.Beyond("who says who people are is for the provider"));
    }

    private static Got<Held> named(Call call) {
        return Optional.ofNullable(call.path().get("identity_provider"))
                .flatMap(text -> Id.parse(Kind.IDENTITY_PROVIDER, text))
                .filter(_ -> call.provider())
                .flatMap(call.desk().store().identities()::provider)
                .<Got<Held>>map(Got::of)
                .orElseGet(() -> Got.no(Problem.NOT_FOUND));
    }

    static Got<Reply> list(Call call) {
        return own(call)
                .map(_ -> Reply.json(
                        200,
                        Map.of(
                                "items",
                                call.desk().store().identities().providers().stream()
                                        .map(held -> ProviderAttributes.NOUN.show(held, call.view()))
                                        .toList())));
    }

    static Got<Reply> get(Call call) {
        return named(call).map(held -> Replies.shown(200, ProviderAttributes.NOUN, held, call));
    }

    static Got<Reply> create(Call call) {
        return own(call)
                .then(call::unmatched)
                .then(_ -> WrittenProvider.fresh(call))
                .then(held -> call.write(
                        call.whenAllKnow(NodeStatus.IDENTITIES),
                        act -> call.desk().store().identities().add(held, act),
                        added -> Replies.created(
                                "/v1/identity-providers/" + added.provider().id(),
                                ProviderAttributes.NOUN,
                                added,
                                call)));
    }

    /// What is left out stays. Whoever is switched off lets nobody in, and what was opened by it ends.
    static Got<Reply> patch(Call call) {
        return named(call)
                .then(held -> call.matched(ProviderAttributes.NOUN, held))
                .then(held -> call.asRead(
                        ProviderAttributes.VERSION, held, held.provider().version()))
                .then(before -> WrittenProvider.over(call, before)
                        .then(after -> call.write(
                                call.act(),
                                act -> call.desk().store().identities().replace(before, after, act),
                                done -> Replies.shown(200, ProviderAttributes.NOUN, done, call))));
    }

    static Got<Reply> delete(Call call) {
        return named(call)
                .then(held -> call.matched(ProviderAttributes.NOUN, held))
                .then(held -> call.write(
                        call.act(),
                        act -> call.desk().store().identities().remove(held, act),
                        gone -> Replies.shown(200, ProviderAttributes.NOUN, gone, call)));
    }
}
