package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.MemberStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What applications of the organizations above may do at most at one below. It takes away only, and who is below
/// changes nothing of what was said of an application above it.
final class Accesses {
    private static final Attribute<Access, Id> APPLICATION =
            Attribute.of("application", Types.id(Kind.APPLICATION), Access::application);
    private static final Attribute<Access, Id> ROLE = Attribute.optional("role", Types.id(Kind.ROLE), Access::role);

    static final Type<List<Access>> TYPE = Type.list(
            Types.described(
                    Type.object(
                            Form.of(Form.required(APPLICATION), Form.optional(ROLE)),
                            given -> Got.of(new Access(given.need(APPLICATION), given.get(ROLE))),
                            access -> Noun.show(access, List.of(APPLICATION, ROLE), View.NONE)),
                    Schema.of(
                            "description",
                            "what the application may do here at most, and below; without `role` it may do nothing")),
            0,
            Access.MOST);

    private Accesses() {}

    /// The access that is asked for, where the caller may say so.
    static Got<List<Access>> read(Call call, Organization before, Optional<List<Access>> asked) {
        if (asked.isEmpty() || asked.get().equals(before.access())) {
            return Got.of(before.access());
        }
        MemberStore members = call.desk().store().members();
        List<Id> above = members.chain(before.id()).stream()
                .map(Organization::id)
                .filter(id -> !id.equals(before.id()))
                .toList();
        Predicate<Access> known = one -> members.application(one.application())
                .map(Application::organization)
                .filter(above::contains)
                .filter(call::sees)
                .isPresent();
        Predicate<Access> bounding = one -> one.role().isEmpty()
                || call.desk()
                        .store()
                        .apis()
                        .role(one.role().get())
                        .map(Role::organization)
                        .filter(above::contains)
                        .isPresent();
        boolean twice = asked.get().stream().map(Access::application).distinct().count()
                < asked.get().size();
        if (twice) {
            return Got.no(new Problem.Conflict("an application has one access"));
        }
        // Nobody lifts, or sets, what bounds itself (GAUNTLET H05).
        Predicate<Access> own = one -> call.verdict().facts().speaksFor(one.application());
        if (Stream.concat(
                        asked.get().stream().filter(one -> !before.access().contains(one)),
                        before.access().stream().filter(one -> !asked.get().contains(one)))
                .anyMatch(own)) {
            return Got.no(new Problem.Conflict("an application does not change what bounds itself"));
        }
        boolean sees = asked.get().stream()
                        .filter(one -> !before.access().contains(one))
                        .allMatch(known.and(bounding))
                && before.access().stream()
                        .filter(one -> !asked.get().contains(one))
                        .allMatch(known);
        return sees
                ? Got.of(asked.get())
                : Got.no(
                        new Problem.Conflict(
                                "access is of applications of the caller's organization or of one between, by roles of one above"));
    }
}
