package dev.gatehouse.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Function;

/// The requests of one caller of the admin API.
final class Requests implements AutoCloseable {
    private final Transport transport;
    private final Secret key;

    Requests(URI base, Secret key) {
        this.transport = new Transport(base);
        this.key = key;
    }

    Json.Obj get(String target) {
        return transport.send(request(target).GET().build());
    }

    <T> Page<T> page(String target, Function<Json.Obj, T> item) {
        return Page.read(get(target), item);
    }

    Page<Json.Obj> page(String target) {
        return page(target, item -> item);
    }

    /// With the mark of its state.
    Shown show(String target) {
        return transport.show(request(target).GET().build());
    }

    HttpResponse<String> text(String target) {
        return transport.sendText(request(target).GET().build());
    }

    Json.Obj post(String target, Json.Obj members) {
        return send("POST", target, members);
    }

    Json.Obj send(String method, String target, Json.Obj members) {
        return transport.send(request(target)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(members.compact()))
                .build());
    }

    /// Sent again when the reply gets lost; what it creates is created once all the same.
    Json.Obj create(String target, Json.Obj members) {
        return Once.done(guard -> write("POST", target, Optional.of(members), guard))
                .answer();
    }

    Shown write(String method, String target, Optional<Json.Obj> members, Guard guard) {
        HttpRequest.Builder request = request(target);
        guard.ifMatch().ifPresent(etag -> request.header("If-Match", etag));
        guard.idempotencyKey().ifPresent(key -> request.header("Idempotency-Key", key));
        members.ifPresent(_ -> request.header("Content-Type", "application/json"));
        return transport.show(request.method(
                        method,
                        members.map(body -> HttpRequest.BodyPublishers.ofString(body.compact()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build());
    }

    private HttpRequest.Builder request(String target) {
        return transport.to(target).header("Authorization", "Bearer " + key.reveal());
    }

    @Override
    public void close() {
        transport.close();
    }
}
