package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.TokenStore;
import org.junit.jupiter.api.Nested;

/// All that a store keeps to, whatever it keeps it in: who extends this runs every contract on its own stores.
public abstract class StoreContracts {
    /// A store with nothing in it.
    protected abstract Store fresh();

    /// The same with this room for tokens that have ended.
    protected abstract Store fresh(TokenStore.Room room);

    @Nested
    class Members extends MemberContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Standings extends StandingContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Apis extends ApiContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class ApiAddresses extends ApiAddressContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Keys extends KeyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Races extends RaceContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Replaces extends ReplaceContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Lists extends ListContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class ConnectSessions extends ConnectSessionContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Connections extends ConnectionContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class ConnectionEvents extends ConnectionEventContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Renewals extends RenewalContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Customers extends CustomerContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class DomainKeys extends DomainKeyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Users extends UserContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Memberships extends MembershipContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class HeldAbove extends HeldAboveContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class LastOwners extends LastOwnerContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Passwords extends PasswordContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class SessionRenewals extends SessionRenewalContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Sessions extends SessionContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Details extends DetailContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Grants extends GrantContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Consents extends ConsentContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Pings extends PingContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class RequestCodes extends RequestCodeContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class UnusedClients extends UnusedClientContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Mailboxes extends MailboxContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Resets extends ResetContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class RetiredUses extends RetiredUseContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Assertions extends AssertionContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Logouts extends LogoutContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Registrations extends RegistrationContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class IdentityProviders extends IdentityProviderContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class IdentityLinks extends IdentityLinkContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class IdentityEnds extends IdentityEndContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class IdentityJoins extends IdentityJoinContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class IdentityTrips extends IdentityTripContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Devices extends DeviceContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class AddressedRequests extends AddressedRequestContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Factors extends FactorContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Passkeys extends PasskeyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class LogoutBounds extends LogoutBoundsContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Proofs extends ProofContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class PushedRequests extends PushedRequestContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class GrantEnds extends GrantEndContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Tellings extends TellingContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class SweptCopies extends SweptCopyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class ImplicitClients extends ImplicitClientContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class KeptRefreshes extends KeptRefreshContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Refreshes extends RefreshContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class ClientTerms extends ClientTermsContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Replies extends ReplyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Tokens extends TokenContract {
        @Override
        protected Store open() {
            return fresh(ROOM);
        }
    }

    @Nested
    class Lines extends LineContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Accesses extends AccessContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class DefaultRoles extends DefaultRoleContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class FirstKeys extends FirstKeyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class SecretCopies extends SecretCopyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Rotations extends RotationContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class FirstStart extends FirstStartContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class AuditTrail extends AuditContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }
}
