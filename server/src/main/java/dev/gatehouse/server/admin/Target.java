package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.store.Act;

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
            return member.id().equals(call.caller().holder().id());
        }

        @Override
        public boolean covered(Call call) {
            return call.grants().covers(Owner.of(member).rights(call));
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
            return switch (member.reach()) {
                case Reach.WholeRole() -> Memberships.covered(call, member.holder());
                case Reach.Only(Rights rights) -> call.grants().covers(rights);
            };
        }

        @Override
        public Reply shown(Standing standing, Call call) {
            return Replies.shown(200, Credentials.NOUN, member.with(standing), call);
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

    /// A user carries who acts as one; it can do what its memberships can, wherever they are.
    record OfUser(User member) implements Target {
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
            return call.matched(Users.NOUN, member).map(_ -> this);
        }

        @Override
        public boolean carries(Call call) {
            return member.id().equals(call.caller().holder().who());
        }

        @Override
        public boolean covered(Call call) {
            return Memberships.covered(call, member.id());
        }

        @Override
        public Reply shown(Standing standing, Call call) {
            return Replies.shown(200, Users.NOUN, Users.with(member, standing), call);
        }
    }

    record OfMembership(Membership member) implements Target {
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
            return call.matched(Memberships.NOUN, member).map(_ -> this);
        }

        @Override
        public boolean carries(Call call) {
            return member.id().equals(call.caller().holder().id());
        }

        @Override
        public boolean covered(Call call) {
            return Memberships.covered(call, member.id());
        }

        @Override
        public Reply shown(Standing standing, Call call) {
            return Replies.shown(200, Memberships.NOUN, Memberships.with(member, member.role(), standing), call);
        }
    }
}
