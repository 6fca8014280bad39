package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.feed.UserRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What stands above credentials: the cells of applications, memberships, users, roles and organizations, and the
/// walk up through them.
final class HolderTree {
    private final Cells<ApplicationFact> applications = new Cells<>();
    private final Cells<MembershipFact> memberships = new Cells<>();
    private final Cells<UserFact> users = new Cells<>();
    private final Cells<Role> roles = new Cells<>();
    private final OrganizationTree organizations = new OrganizationTree();

    /// The cell of a credential's holder.
    Cell<? extends HolderFact> of(Id holder) {
        return switch (holder.kind()) {
            case APPLICATION -> applications.of(holder);
            case MEMBERSHIP -> memberships.of(holder);
            case USER -> users.of(holder);
            case ORGANIZATION,
                    CREDENTIAL,
                    CUSTOMER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> throw new IllegalStateException("holds no credentials: " + holder);
        };
    }

    Cell<MembershipFact> membership(Id id) {
        return memberships.of(id);
    }

    Cell<OrganizationFact> organization(Id id) {
        return organizations.of(id);
    }

    /// A credential with its one holder. A password has none: it takes a membership of its user.
    Look<Members> walk(CredentialFact fact) {
        return switch (fact.holder().value()) {
            case null -> new Look.Cold<>();
            case ApplicationFact application -> walk(fact, application);
            case MembershipFact membership -> walk(fact, membership);
            case UserFact _ -> new Look.Absent<>();
        };
    }

    /// The same with the member that acts: the holder itself, or one of its memberships.
    Look<Members> walk(CredentialFact fact, Id member, Function<Id, Look<MembershipFact>> acting) {
        return switch (fact.holder().value()) {
            case null -> new Look.Cold<>();
            case ApplicationFact application ->
                application.application().id().equals(member) ? walk(fact, application) : new Look.Absent<>();
            case MembershipFact membership ->
                membership.membership().id().equals(member) ? walk(fact, membership) : new Look.Absent<>();
            case UserFact user ->
                switch (acting.apply(member)) {
                    case Look.Cold<MembershipFact>() -> new Look.Cold<>();
                    case Look.Absent<MembershipFact>() -> new Look.Absent<>();
                    case Look.Known<MembershipFact>(MembershipFact membership) ->
                        membership.membership().user().equals(user.user().id())
                                ? walk(fact, membership)
                                : new Look.Absent<>();
                };
        };
    }

    private static Look<Members> walk(CredentialFact fact, ApplicationFact application) {
        List<Organization> chain = OrganizationTree.up(application.organization());
        Optional<Role> role = role(application.role());
        return chain.isEmpty() || role.isPresent() != application.role().isPresent()
                ? new Look.Cold<>()
                : new Look.Known<>(new Members(fact.credential(), application.application(), role, chain));
    }

    private static Look<Members> walk(CredentialFact fact, MembershipFact membership) {
        UserFact user = membership.user().value();
        List<Organization> chain = OrganizationTree.up(membership.organization());
        Optional<Role> role = role(membership.role());
        if (user == null
                || chain.isEmpty()
                || role.isPresent() != membership.role().isPresent()) {
            return new Look.Cold<>();
        }
        List<Organization> home = OrganizationTree.up(user.home());
        if (home.isEmpty()) {
            return new Look.Cold<>();
        }
        UserRow row = user.user();
        return new Look.Known<>(new Members(
                fact.credential(),
                new Person(row.id(), row.username(), row.standing(), membership.membership(), home),
                role,
                chain));
    }

    /// An application by itself.
    Look<Actor> walk(Cell<ApplicationFact> cell) {
        ApplicationFact fact = cell.value();
        if (fact == null) {
            return new Look.Cold<>();
        }
        List<Organization> chain = OrganizationTree.up(fact.organization());
        Optional<Role> role = role(fact.role());
        return chain.isEmpty() || role.isPresent() != fact.role().isPresent()
                ? new Look.Cold<>()
                : new Look.Known<>(new Actor(fact.application(), role, chain));
    }

    Cell<ApplicationFact> application(Id id) {
        return applications.of(id);
    }

    private static Optional<Role> role(Optional<Cell<Role>> cell) {
        return cell.flatMap(one -> Optional.ofNullable(one.value()));
    }

    /// Of these applications, those that have to be read.
    List<Id> unreadApplications(Collection<Id> ids) {
        return ids.stream().filter(id -> applications.of(id).value() == null).toList();
    }

    /// Of these memberships, those that have to be read.
    List<Id> unreadMemberships(Collection<Id> ids) {
        return ids.stream().filter(id -> memberships.of(id).value() == null).toList();
    }

    /// Of these users, those that have to be read.
    List<Id> unreadUsers(Collection<Id> ids) {
        return ids.stream()
                .distinct()
                .filter(id -> users.of(id).value() == null)
                .toList();
    }

    /// Of these roles, those that have to be read.
    List<Id> unreadRoles(Collection<Id> ids) {
        return ids.stream()
                .distinct()
                .filter(id -> roles.of(id).value() == null)
                .toList();
    }

    /// Of these organizations, those whose way up has to be read.
    List<Id> unreadOrganizations(Collection<Id> ids) {
        return organizations.unread(ids);
    }

    /// The applications that are in memory among these.
    List<Application> knownApplications(Collection<Id> ids) {
        return known(ids, applications).map(ApplicationFact::application).toList();
    }

    /// The memberships that are in memory among these.
    List<Membership> knownMemberships(Collection<Id> ids) {
        return known(ids, memberships).map(MembershipFact::membership).toList();
    }

    /// The users that are in memory among these.
    List<UserRow> knownUsers(Collection<Id> ids) {
        return known(ids, users).map(UserFact::user).toList();
    }

    private static <T> Stream<T> known(Collection<Id> ids, Cells<T> cells) {
        return ids.stream().flatMap(id -> Optional.ofNullable(cells.of(id).value()).stream());
    }

    /// Keeps what was read and may be kept.
    void fill(Lineages read, Predicate<Id> may) {
        fill(new Upward(read.organizations(), read.roles()), may);
        read.applications().stream()
                .filter(one -> may.test(one.id()))
                .forEach(one -> applications
                        .of(one.id())
                        .fill(new ApplicationFact(
                                one, one.role().map(roles::of), organizations.of(one.organization()))));
        read.users().stream()
                .filter(one -> may.test(one.id()))
                .forEach(one -> users.of(one.id()).fill(new UserFact(one, organizations.of(one.organization()))));
        read.memberships().stream()
                .filter(one -> may.test(one.id()))
                .forEach(one -> memberships
                        .of(one.id())
                        .fill(new MembershipFact(
                                one,
                                users.of(one.user()),
                                one.role().map(roles::of),
                                organizations.of(one.organization()))));
    }

    /// The same for organizations alone.
    void fill(Upward read, Predicate<Id> may) {
        read.roles().stream()
                .filter(one -> may.test(one.id()))
                .forEach(one -> roles.of(one.id()).fill(one));
        read.organizations().stream()
                .filter(one -> may.test(one.id()))
                .forEach(one -> organizations.fill(one, roles::of));
    }

    void drop(Id id) {
        switch (id.kind()) {
            case APPLICATION -> applications.drop(id);
            case MEMBERSHIP -> memberships.drop(id);
            case USER -> users.drop(id);
            case ROLE -> roles.drop(id);
            case ORGANIZATION -> organizations.drop(id);
            case CREDENTIAL,
                    CUSTOMER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> {}
        }
    }

    void dropAll() {
        applications.dropAll();
        memberships.dropAll();
        users.dropAll();
        roles.dropAll();
        organizations.dropAll();
    }
}
