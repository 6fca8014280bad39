package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What applications of the organizations above may do at most at one below. It takes away only, and who is below
/// changes nothing of what was said of an application above it.
final class Accesses {
    private static final Attribute<Access, Id> APPLICATION =
            Attribute.of("application", Types.id(Kind.APPLICATION), Access::application);
    private static final Attribute<Access, Id> ROLE = Attribute.optional("role", Types.id(Kind.ROLE), Access::role);

    private static final Attribute<Access, Id> BY = Attribute.optional("by", Types.id(Kind.ORGANIZATION), Access::by);

    static final Type<List<Access>> TYPE = Type.list(
            Types.described(
                    Type.object(
                            Form.of(Form.required(APPLICATION), Form.optional(ROLE), Form.optional(BY)),
                            given -> Got.of(
                                    new Access(given.need(APPLICATION), given.get(ROLE), given.get(BY), Rights.NONE)),
                            access -> Noun.show(access, List.of(APPLICATION, ROLE, BY), View.NONE)),
                    Schema.of(
                            "description",
                            "what the application may do here at most, and below; without `role` it may do nothing."
                                    + " `by` is the organization that says so, the caller's when left out")),
            0,
            Access.MOST);

    private Accesses() {}

    /// The access that is asked for, where the caller may say so. What an organization above the caller's says of
    /// an application is not the caller's to change; it stays.
    static Got<List<Access>> read(Call call, Organization before, Optional<List<Access>> given) {
        if (given.isEmpty()) {
            return Got.of(before.access());
        }
        Id own = call.caller().organization().id();
        List<Access> asked = given.get().stream()
                .map(one -> before.access().contains(one) ? one : said(one, own))
                .toList();
        if (asked.equals(before.access())) {
            return Got.of(asked);
        }
        if (Access.twice(asked)) {
            return Got.no(new Problem.Conflict("an organization says once what an application may do"));
        }
        List<Access> said =
                asked.stream().filter(one -> !before.access().contains(one)).toList();
        List<Access> unsaid =
                before.access().stream().filter(one -> !asked.contains(one)).toList();
        // Nobody lifts, or sets, what bounds itself (GAUNTLET H05).
        if (Stream.concat(said.stream(), unsaid.stream())
                .anyMatch(one -> call.verdict().facts().speaksFor(one.application()))) {
            return Got.no(new Problem.Conflict("an application does not change what bounds itself"));
        }
        List<Id> above = call.desk().store().members().chain(before.id()).stream()
                .map(Organization::id)
                .filter(id -> !id.equals(before.id()))
                .toList();
        // For one below it a caller may speak that could take back what that one says.
        if (!unsaid.stream().allMatch(one -> mine(call, before, one))
                || !said.stream()
                        .allMatch(one -> one.by()
                                .filter(by -> by.equals(own) || (above.contains(by) && below(call, by)))
                                .isPresent())) {
            return Got.no(new Problem.Conflict("access that an organization above has set is changed from there"));
        }
        return said.stream().allMatch(one -> known(call, one, above) && bounding(call, one))
                        && unsaid.stream().allMatch(one -> known(call, one, above))
                ? Got.of(asked)
                : Got.no(
                        new Problem.Conflict(
                                "access is of applications of the caller's organization or of one between, by roles of one above"));
    }

    /// With who says so: where that is left out, the caller. What is there without it stays so.
    private static Access said(Access asked, Id own) {
        if (asked.by().isPresent()) {
            return asked;
        }
        return new Access(asked.application(), asked.role(), own);
    }

    /// Whether the caller's organization has said it, or one below that. What nobody is known to have said is the
    /// provider's, and of the organization right above: a dialect has let that one say it.
    private static boolean mine(Call call, Organization at, Access one) {
        return one.by()
                .map(by -> below(call, by))
                .orElseGet(() -> call.provider()
                        || at.parent()
                                .equals(Optional.of(call.caller().organization().id())));
    }

    private static boolean below(Call call, Id organization) {
        return call.desk().store().members().chain(organization).stream()
                .anyMatch(
                        above -> above.id().equals(call.caller().organization().id()));
    }

    private static boolean known(Call call, Access one, List<Id> above) {
        return call.desk()
                .store()
                .members()
                .application(one.application())
                .map(Application::organization)
                .filter(above::contains)
                .filter(home -> below(call, home))
                .isPresent();
    }

    /// Of the organization that says it or one above that: who is between does not edit what the provider
    /// bounds others by.
    private static boolean bounding(Call call, Access one) {
        return one.role().isEmpty()
                || one.role()
                        .flatMap(call.desk().store().apis()::role)
                        .map(Role::organization)
                        .filter(
                                home -> call
                                        .desk()
                                        .store()
                                        .members()
                                        .chain(one.by()
                                                .orElse(call.caller()
                                                        .organization()
                                                        .id()))
                                        .stream()
                                        .anyMatch(own -> own.id().equals(home)))
                        .isPresent();
    }
}
