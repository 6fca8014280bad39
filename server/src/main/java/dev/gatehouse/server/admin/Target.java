package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Act;
import java.util.Optional;

/// A member whose standing somebody wants to change.
sealed interface Target {
    /// Its id.
    Id id();

    /// Where it stands now.
    Standing standing();

    /// Itself, if it is as the caller's preconditions say.
    Got<Target> matched(Call call);

    /// The act of changing where it stands.
    default Act act(Call call) {
        return call.act(standing());
    }

    /// Whether it is one of those that the caller itself rests on, besides its credential.
    boolean carries(Call call);

    /// Whether the caller holds all that the member could do.
    boolean covered(Call call);

    /// The whole member after the change.
    Reply shown(Standing standing, Call call);

    record OfOrganization(Organization member) implements Target {
        @Override
        public Id id() {
            return member.id();
        }

        @Override
        public Standing standing() {
            return member.standing();
        }

        @Override
        public Got<Target> matched(Call call) {
            return call.matched(Organizations.NOUN, member).map(_ -> this);
        }

        /// The root is left to the store, which never holds it.
        @Override
        public boolean carries(Call call) {
            return !member.root()
                    && member.id().equals(call.caller().organization().id());
        }

        /// An organization has no rights of its own.
        @Override
        public boolean covered(Call call) {
            return true;
        }

        @Override
        public Reply shown(Standing standing, Call call) {
            var now = new Organization(member.id(), member.parent(), member.name(), standing, member.createdAt());
            return Replies.shown(200, Organizations.NOUN, now, call);
        }
    }

    record OfApplication(Application member) implements Target {
        @Override
        public Id id() {
            return member.id();
        }

        @Override
        public Standing standing() {
            return member.standing();
        }

        @Override
        public Got<Target> matched(Call call) {
            return call.matched(Applications.NOUN, member).map(_ -> this);
        }

        @Override
        public boolean carries(Call call) {
            return member.id().equals(call.caller().application().id());
        }

        @Override
        public boolean covered(Call call) {
            Rights rights = Minting.role(call, member).map(Role::rights).orElse(Rights.NONE);
            return call.grants().covers(rights);
        }

        @Override
        public Reply shown(Standing standing, Call call) {
            var now = new Application(
                    member.id(),
                    member.organization(),
                    member.clientId(),
                    member.name(),
                    member.role(),
                    standing,
                    member.createdAt());
            return Replies.shown(200, Applications.NOUN, now, call);
        }
    }

    record OfCredential(Credential member) implements Target {
        @Override
        public Id id() {
            return member.id();
        }

        @Override
        public Standing standing() {
            return member.standing();
        }

        @Override
        public Got<Target> matched(Call call) {
            return call.matched(Credentials.NOUN, member).map(_ -> this);
        }

        @Override
        public boolean carries(Call call) {
            return member.id().equals(call.caller().credential().id());
        }

        @Override
        public boolean covered(Call call) {
            Optional<Role> role = call.desk()
                    .store()
                    .members()
                    .application(member.application())
                    .flatMap(application -> Minting.role(call, application));
            return switch (member.reach()) {
                case Reach.WholeRole() ->
                    call.grants().covers(role.map(Role::rights).orElse(Rights.NONE));
                case Reach.Only(Rights rights) -> call.grants().covers(rights);
            };
        }

        @Override
        public Reply shown(Standing standing, Call call) {
            var now = new Credential(
                    member.id(),
                    member.application(),
                    member.organization(),
                    member.kind(),
                    member.name(),
                    member.hint(),
                    member.digest(),
                    member.reach(),
                    member.restrictions(),
                    standing,
                    member.createdAt());
            return Replies.shown(200, Credentials.NOUN, now, call);
        }
    }

    /// A customer carries nobody and has no rights.
    record OfCustomer(Customer member) implements Target {
        @Override
        public Id id() {
            return member.id();
        }

        @Override
        public Standing standing() {
            return member.standing();
        }

        @Override
        public Got<Target> matched(Call call) {
            return call.matched(Customers.NOUN, member).map(_ -> this);
        }

        @Override
        public boolean carries(Call call) {
            return false;
        }

        @Override
        public boolean covered(Call call) {
            return true;
        }

        @Override
        public Reply shown(Standing standing, Call call) {
            var now = new Customer(member.id(), member.organization(), member.name(), standing, member.createdAt());
            return Replies.shown(200, Customers.NOUN, now, call);
        }
    }
}
