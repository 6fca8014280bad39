package dev.gatehouse.core.store;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Role;
import java.util.List;
import java.util.Optional;

/// Apis with their routes and catalogues, and roles. Each verb is one transaction with its audit row and `change`
/// rows.
public interface ApiStore {
    /// Adds an Api with its routes. Its whole catalogue is given to the built-in role of the root organization in
    /// the same transaction, so that somebody can hand its scopes out. `Conflict` for a name, audience, issuer,
    /// listener or host that another Api has.
    Stored<Api> add(Api api, Act act);

    /// Replaces an Api (all but id, organization and name) when its version is still `api.version()`. New scopes
    /// go to the built-in role as in [#add(Api, Act)]; scopes that left the catalogue leave it too. `Moved`
    /// when the version is another, `Conflict` for an audience, issuer, listener or host that another Api
    /// has.
    Stored<Api> replace(Api api, Act act);

    /// Deletes an Api with its routes and the keys of its own when its version is still `api.version()`; its
    /// scopes leave the built-in role. Rights that name it elsewhere give nothing from then on: ids are never
    /// used again. `Moved` when the version is another. Done with what was deleted.
    Stored<Api> delete(Api api, Act act);

    /// All Apis in the order of their names.
    List<Api> apis();

    /// Adds a role. `Conflict` for a name that its organization has.
    Stored<Role> add(Role role, Act act);

    /// Replaces name and rights of a role when its version is still `role.version()`; `Moved` when it is not.
    /// `Conflict` for a built-in role, or a name that its organization has.
    Stored<Role> replace(Role role, Act act);

    /// Deletes a role when its version is still `role.version()`; `Moved` when it is not. `Conflict` for a
    /// built-in role or one that an application has. Done with what was deleted.
    Stored<Role> delete(Role role, Act act);

    /// One role.
    Optional<Role> role(Id id);

    /// Whether an organization has the role bound the application.
    boolean bounds(Id role, Id application);

    /// The roles of one organization.
    Page<Role> roles(Id organization, Slice slice);
}
