package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Person;
import java.util.List;
import java.util.Optional;

/// Who the caller is, and what it may do.
final class Whoami {
    static final Noun<Call> NOUN = new Noun<>(
            "caller",
            List.of(
                    Attribute.viewed(
                            "organization",
                            Organizations.NOUN.inside(),
                            (call, view) ->
                                    Organizations.NOUN.show(call.caller().organization(), view)),
                    new Attribute<>(
                            "application",
                            Applications.NOUN.inside(),
                            (call, view) -> call.caller().holder() instanceof Application application
                                    ? Optional.of(Applications.NOUN.show(application, view))
                                    : Optional.empty()),
                    new Attribute<>(
                            "membership",
                            Memberships.NOUN.inside(),
                            (call, view) -> call.caller().holder() instanceof Person person
                                    ? Optional.of(Memberships.NOUN.show(person.membership(), view))
                                    : Optional.empty()),
                    Attribute.viewed(
                            "credential",
                            Credentials.NOUN.inside(),
                            (call, view) -> Credentials.NOUN.show(stored(call), view)),
                    new Attribute<>(
                            "role",
                            Roles.NOUN.inside(),
                            (call, view) -> call.caller().role().map(role -> Roles.NOUN.show(role, view))),
                    Attribute.viewed(
                            "rights",
                            Types.RIGHTS,
                            (call, view) -> view.named(call.grants().held()))));

    private Whoami() {}

    /// The caller's credential with what is only there to be shown, which facts leave out.
    private static Credential stored(Call call) {
        return call.desk()
                .store()
                .members()
                .credential(call.caller().credential().id())
                .orElseThrow();
    }

    static Got<Reply> get(Call call) {
        return Got.of(Replies.shown(200, NOUN, call, call));
    }
}
