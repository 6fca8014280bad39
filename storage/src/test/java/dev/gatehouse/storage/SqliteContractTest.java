package dev.gatehouse.storage;

import dev.gatehouse.core.store.Store;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.contract.AccessContract;
import dev.gatehouse.testkit.contract.ApiAddressContract;
import dev.gatehouse.testkit.contract.ApiContract;
import dev.gatehouse.testkit.contract.AssertionContract;
import dev.gatehouse.testkit.contract.AuditContract;
import dev.gatehouse.testkit.contract.ClientTermsContract;
import dev.gatehouse.testkit.contract.ConnectSessionContract;
import dev.gatehouse.testkit.contract.ConnectionContract;
import dev.gatehouse.testkit.contract.ConnectionEventContract;
import dev.gatehouse.testkit.contract.CustomerContract;
import dev.gatehouse.testkit.contract.DefaultRoleContract;
import dev.gatehouse.testkit.contract.DetailContract;
import dev.gatehouse.testkit.contract.DeviceContract;
import dev.gatehouse.testkit.contract.DomainKeyContract;
import dev.gatehouse.testkit.contract.FactorContract;
import dev.gatehouse.testkit.contract.FirstKeyContract;
import dev.gatehouse.testkit.contract.FirstStartContract;
import dev.gatehouse.testkit.contract.GrantContract;
import dev.gatehouse.testkit.contract.GrantEndContract;
import dev.gatehouse.testkit.contract.HeldAboveContract;
import dev.gatehouse.testkit.contract.IdentityContract;
import dev.gatehouse.testkit.contract.KeyContract;
import dev.gatehouse.testkit.contract.LastOwnerContract;
import dev.gatehouse.testkit.contract.LineContract;
import dev.gatehouse.testkit.contract.ListContract;
import dev.gatehouse.testkit.contract.LogoutBoundsContract;
import dev.gatehouse.testkit.contract.LogoutContract;
import dev.gatehouse.testkit.contract.MemberContract;
import dev.gatehouse.testkit.contract.MembershipContract;
import dev.gatehouse.testkit.contract.PasskeyContract;
import dev.gatehouse.testkit.contract.PasswordContract;
import dev.gatehouse.testkit.contract.PingContract;
import dev.gatehouse.testkit.contract.ProofContract;
import dev.gatehouse.testkit.contract.PushedRequestContract;
import dev.gatehouse.testkit.contract.RaceContract;
import dev.gatehouse.testkit.contract.RefreshContract;
import dev.gatehouse.testkit.contract.RegistrationContract;
import dev.gatehouse.testkit.contract.RenewalContract;
import dev.gatehouse.testkit.contract.ReplaceContract;
import dev.gatehouse.testkit.contract.ReplyContract;
import dev.gatehouse.testkit.contract.RequestCodeContract;
import dev.gatehouse.testkit.contract.ResetContract;
import dev.gatehouse.testkit.contract.RetiredUseContract;
import dev.gatehouse.testkit.contract.RotationContract;
import dev.gatehouse.testkit.contract.SecretCopyContract;
import dev.gatehouse.testkit.contract.SessionContract;
import dev.gatehouse.testkit.contract.TokenContract;
import dev.gatehouse.testkit.contract.UnusedClientContract;
import dev.gatehouse.testkit.contract.UserContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The store contract on SQLite.
class SqliteContractTest {
    @TempDir
    Path folder;

    @Nested
    class Members extends MemberContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Apis extends ApiContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class ApiAddresses extends ApiAddressContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Keys extends KeyContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Races extends RaceContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Replaces extends ReplaceContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Lists extends ListContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class ConnectSessions extends ConnectSessionContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Connections extends ConnectionContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class ConnectionEvents extends ConnectionEventContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Renewals extends RenewalContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Customers extends CustomerContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class DomainKeys extends DomainKeyContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Users extends UserContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Memberships extends MembershipContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class HeldAbove extends HeldAboveContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class LastOwners extends LastOwnerContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Passwords extends PasswordContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Sessions extends SessionContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Details extends DetailContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Grants extends GrantContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Pings extends PingContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class RequestCodes extends RequestCodeContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class UnusedClients extends UnusedClientContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Resets extends ResetContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class RetiredUses extends RetiredUseContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Assertions extends AssertionContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Logouts extends LogoutContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Registrations extends RegistrationContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Identities extends IdentityContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Devices extends DeviceContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Factors extends FactorContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Passkeys extends PasskeyContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class LogoutBounds extends LogoutBoundsContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Proofs extends ProofContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class PushedRequests extends PushedRequestContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class GrantEnds extends GrantEndContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Refreshes extends RefreshContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class ClientTerms extends ClientTermsContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Replies extends ReplyContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Tokens extends TokenContract {
        @Override
        protected Store open() {
            return TestKeys.storage(new TestClock(), ROOM).sqlite(folder);
        }
    }

    @Nested
    class Lines extends LineContract {
        @Override
        protected Store open() {
            return TestKeys.storage(new TestClock()).sqlite(folder);
        }
    }

    @Nested
    class Accesses extends AccessContract {
        @Override
        protected Store open() {
            return TestKeys.storage(new TestClock()).sqlite(folder);
        }
    }

    @Nested
    class DefaultRoles extends DefaultRoleContract {
        @Override
        protected Store open() {
            return TestKeys.storage(new TestClock()).sqlite(folder);
        }
    }

    @Nested
    class FirstKeys extends FirstKeyContract {
        @Override
        protected Store open() {
            return TestKeys.storage(new TestClock()).sqlite(folder);
        }
    }

    @Nested
    class SecretCopies extends SecretCopyContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class Rotations extends RotationContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class FirstStart extends FirstStartContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }

    @Nested
    class AuditTrail extends AuditContract {
        @Override
        protected Store open() {
            return TestKeys.storage().sqlite(folder);
        }
    }
}
