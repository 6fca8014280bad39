package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.authorize.DeviceStep;
import dev.gatehouse.oauth.endpoint.Form;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// How a person answers what waits for it, on a device or in a back channel: what it is shown, and what came of yes
/// or no.
record Decisions(PageDesk desk, Html html, Replies replies) {
    /// What one kind of what waits says.
    ///
    /// @param question shows what is asked
    /// @param unknown answers when nothing waits, or not any more
    /// @param yes the text after a yes
    /// @param no the text after a no
    record Kind(Function<DeviceStep.Question, View> question, Supplier<Reply> unknown, String yes, String no) {}

    /// The person pressed one of two buttons.
    Reply decided(Visit visit, Visitor who, Form form, Kind kind) {
        Optional<String> ask = form.value("ask").filter(Paths::isAsk);
        if (ask.isEmpty()) {
            return replies.unreadable(visit.texts());
        }
        return switch (form.value("decision").orElse("")) {
            case "allow" ->
                shown(visit, desk.devices().allowed(ask.get(), visit.api(), who.signedIn(), visit.http()), kind);
            case "deny" ->
                shown(
                        visit,
                        desk.devices()
                                .denied(
                                        ask.get(),
                                        visit.api(),
                                        who.signedIn(),
                                        who.act(
                                                visit.http().id(),
                                                desk.store().clock().instant())),
                        kind);
            default -> replies.unreadable(visit.texts());
        };
    }

    /// What came of looking at one, or of answering it.
    Reply shown(Visit visit, DeviceStep step, Kind kind) {
        Texts texts = visit.texts();
        return switch (step) {
            case DeviceStep.Question question ->
                html.page(200, texts, kind.question().apply(question));
            case DeviceStep.Unknown() -> kind.unknown().get();
            case DeviceStep.Later(Duration after) -> {
                desk.observations().turnedAway(visit.http(), visit.api().name(), "codes_tried");
                yield replies.tooMany(texts, after);
            }
            case DeviceStep.Impossible() -> replies.error(403, texts, texts.of("device.impossible"));
            case DeviceStep.Answered(boolean allowed) ->
                html.page(
                        200,
                        texts,
                        new View.Message(
                                texts.of(allowed ? "device.allowed-title" : "device.denied-title"),
                                texts.of(allowed ? kind.yes() : kind.no()),
                                false,
                                Optional.empty()));
        };
    }
}
