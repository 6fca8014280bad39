package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The INSERT of each noun. None of them says whether it may be inserted; false when a unique key is in use.
final class Insert {
    private Insert() {}

    /// @param depth of this organization, the root's is 1
    static boolean organization(Session session, Organization organization, long depth) {
        List<Object> values = new ArrayList<>(List.of(
                Ids.of(organization.id()),
                Ids.of(organization.parent()),
                Text.requireName(organization.name()),
                Micros.of(organization.createdAt()),
                organization.firstKey().map(FirstKey::text).orElse("")));
        values.addAll(AccessColumns.values(organization.access()));
        values.add(organization.secondFactor());
        values.add(organization.defaultRole().text());
        values.addAll(Columns.standing(organization.standing()));
        values.add(depth);
        return into(session, "organization", Columns.ORGANIZATION + ", depth", values);
    }

    static boolean role(Session session, Role role) {
        return into(
                session,
                "role",
                Columns.ROLE,
                List.of(
                        Ids.of(role.id()),
                        Ids.of(role.organization()),
                        Text.requireName(role.name()),
                        Columns.rights(role.rights()),
                        role.builtIn(),
                        0L));
    }

    static boolean application(Session session, Application application) {
        List<Object> values = new ArrayList<>(List.of(
                Ids.of(application.id()),
                Ids.of(application.organization()),
                Text.requireName(application.clientId()),
                Text.requireName(application.name()),
                Ids.of(application.role()),
                ClientColumn.text(application.terms()),
                Session.number(application.tokenLife().map(Duration::toSeconds)),
                Micros.of(application.createdAt())));
        values.addAll(LogoutColumns.values(application.terms().logout()));
        values.addAll(Columns.standing(application.standing()));
        values.add(0L);
        return into(session, "application", Columns.APPLICATION + ", credentials", values);
    }

    static boolean credential(Session session, Credential credential) {
        List<Object> values = new ArrayList<>(List.of(Ids.of(credential.id())));
        values.addAll(CredentialColumns.holder(credential.holder()));
        values.addAll(List.of(
                Ids.of(credential.organization()),
                credential.kind().wire(),
                Text.requireName(credential.name()),
                credential.hint()));
        values.addAll(CredentialColumns.evidence(credential));
        values.addAll(List.of(
                credential.reach() instanceof Reach.WholeRole,
                CredentialColumns.reach(credential.reach()),
                CredentialColumns.addresses(credential.restrictions()),
                CredentialColumns.apis(credential.restrictions()),
                CredentialColumns.origins(credential.restrictions()),
                LimitColumns.text(credential.restrictions().rate()),
                credential.note(),
                Micros.of(credential.createdAt())));
        values.addAll(Columns.standing(credential.standing()));
        return into(session, "credential", CredentialColumns.ALL, values);
    }

    static boolean customer(Session session, Customer customer) {
        List<Object> values = new ArrayList<>(List.of(
                Ids.of(customer.id()),
                Ids.of(customer.organization()),
                Text.requireName(customer.name()),
                Micros.of(customer.createdAt())));
        values.addAll(Columns.standing(customer.standing()));
        return into(session, "customer", Columns.CUSTOMER, values);
    }

    static boolean user(Session session, User user) {
        List<Object> values = new ArrayList<>(List.of(
                Ids.of(user.id()),
                Ids.of(user.organization()),
                Text.requireName(user.username()),
                Columns.profile(user.profile()),
                Micros.of(user.createdAt())));
        values.addAll(Columns.standing(user.standing()));
        values.add(0L);
        return into(session, "person", Columns.USER + ", memberships", values);
    }

    static boolean membership(Session session, Membership membership) {
        List<Object> values = new ArrayList<>(List.of(
                Ids.of(membership.id()),
                Ids.of(membership.user()),
                Ids.of(membership.organization()),
                Ids.of(membership.role()),
                Micros.of(membership.createdAt())));
        values.addAll(Columns.standing(membership.standing()));
        values.add(0L);
        return into(session, "membership", Columns.MEMBERSHIP + ", credentials", values);
    }

    static boolean api(Session session, Api api) {
        List<Object> values = new ArrayList<>(
                List.of(Ids.of(api.id()), Ids.of(api.organization()), Text.requireName(api.name()), 0L));
        values.addAll(ApiColumns.replaceable(api));
        return into(session, "api", ApiColumns.ALL, values);
    }

    static boolean into(Session session, String table, String columns, List<Object> values) {
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        return session.update(
                        "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ") ON CONFLICT DO NOTHING",
                        values.toArray())
                == 1;
    }
}
