package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import java.util.Optional;

/// What holds keys: an application, or a membership, whose keys act as that member.
record Owner(Id id, Id organization, Optional<Id> role) {
    static Owner of(Application application) {
        return new Owner(application.id(), application.organization(), application.role());
    }

    static Owner of(Membership membership) {
        return new Owner(membership.id(), membership.organization(), membership.role());
    }

    /// Whose a credential is; a password is a user's and no key.
    static Got<Owner> of(Call call, Credential credential) {
        Id holder = credential.holder();
        return switch (holder.kind()) {
            case APPLICATION ->
                found(call.desk().store().members().application(holder).map(Owner::of));
            case MEMBERSHIP ->
                found(call.desk().store().users().membership(holder).map(Owner::of));
            case ORGANIZATION,
                    CREDENTIAL,
                    CUSTOMER,
                    USER,
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
                    NODE -> Got.no(new Problem.Conflict("a password is changed at its user"));
        };
    }

    private static Got<Owner> found(Optional<Owner> owner) {
        return owner.<Got<Owner>>map(Got::of).orElseGet(() -> Got.no(Problem.NOT_FOUND));
    }

    /// Its role as it is now.
    Optional<Role> role(Call call) {
        return role.flatMap(call.desk().store().apis()::role);
    }

    /// What its role gives.
    Rights rights(Call call) {
        return role(call).map(Role::rights).orElse(Rights.NONE);
    }
}
