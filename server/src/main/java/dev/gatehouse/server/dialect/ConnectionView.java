package dev.gatehouse.server.dialect;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.write.ListForm;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.dialect.write.Result;
import java.util.List;
import java.util.Optional;

/// What callers are told of connections.
final class ConnectionView {
    private static final int MOST_ITEMS = 100;
    private static final int USUAL_ITEMS = 25;

    private ConnectionView() {}

    static Result shown(Asked asked, Connection connection) {
        Result result = Result.NONE
                .with(Output.CONNECTION, spelt(asked, connection.id()))
                .with(Output.PLATFORM, connection.platform())
                .with(Output.NAME, connection.name())
                .with(Output.DESCRIPTION, connection.description())
                .with(Output.AUTHORIZED, connection.health() == Connection.Health.LIVE)
                .with(Output.CREATED_AT, connection.createdAt())
                .with(Output.CHANGED_AT, connection.changedAt());
        return asked.dialect()
                .names()
                .of(connection.kind())
                .map(kind -> result.with(Output.KIND, kind))
                .orElse(result);
    }

    /// The key of a connection as the dialect's callers know it.
    private static String spelt(Asked asked, Id connection) {
        return asked.dialect().keys().get(Input.CONNECTION) == KeyShape.HEX_32
                ? PublicUuid.hex(connection)
                : connection.text();
    }

    /// A list in another order than that of its rows is read whole, and not counted besides: it has
    /// [ConnectionStore#MAX_CONNECTIONS] at most.
    static Result page(Asked asked, ConnectionStore store, Id organization, ListForm form) {
        int size = Math.max(1, number(asked, Input.PAGE_SIZE, USUAL_ITEMS, MOST_ITEMS));
        int page = Math.max(1, number(asked, Input.PAGE_NUMBER, 1, Slice.MAX_SKIP));
        long skip = (page - 1L) * size;
        Page<Connection> found = skip > Slice.MAX_SKIP
                ? new Page<>(List.of(), false)
                : store.unrevoked(
                        organization,
                        form.ordered() ? Slice.first(ConnectionStore.MAX_CONNECTIONS) : slice((int) skip, size));
        List<Result> items =
                found.items().stream().map(one -> shown(asked, one)).toList();
        if (form.ordered() && skip <= Slice.MAX_SKIP) {
            return Result.NONE
                    .withItems(
                            form.sorted(items).stream().skip(skip).limit(size).toList())
                    .with(Output.TOTAL, items.size());
        }
        Result shown = Result.NONE.withItems(items);
        return found.total().map(total -> shown.with(Output.TOTAL, total)).orElse(shown);
    }

    private static Slice slice(int skip, int limit) {
        return new Slice(Optional.empty(), skip, limit, Optional.empty(), true);
    }

    static Result count(ConnectionStore store, Id organization) {
        return Result.NONE.with(Output.TOTAL, length(store, organization));
    }

    static long length(ConnectionStore store, Id organization) {
        return store.unrevoked(organization, slice(0, 1)).total().orElse(0L);
    }

    /// What is no number says nothing.
    private static int number(Asked asked, Input input, int otherwise, int most) {
        return asked.shown()
                .get(input)
                .map(Secret::reveal)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Math.min(most, Integer.parseInt(text)))
                .orElse(otherwise);
    }
}
