package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.util.List;
import java.util.Optional;

/// Whom a credential proves and whose rights it carries: an application, or a user as a member of one
/// organization.
public sealed interface Holder permits Application, Person {
    /// What a lineage names: the application, or the user's membership.
    Id id();

    /// Who it is, wherever it acts: the application, or the user.
    Id who();

    /// The organization that it acts in.
    Id organization();

    /// Its public name, which proves nothing: a `client_id` or a username.
    String publicName();

    /// What tokens and assertions call it, as `client_id` and, when it stands for itself, as `sub`: a
    /// `client_id`, or the id of a user. A username may become another's, and may be the `client_id` of an
    /// application elsewhere.
    String subject();

    /// Whether it may be meant by this name: its public one, or the one that its tokens have in `client_id`.
    default boolean called(String name) {
        return publicName().equals(name) || subject().equals(name);
    }

    /// What it may do at most; without a role it may do nothing.
    Optional<Id> role();

    /// Where everything stands that it consists of.
    List<Standing> standings();
}
