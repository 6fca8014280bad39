package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.contract.AccessContract;
import dev.gatehouse.testkit.contract.ApiAddressContract;
import dev.gatehouse.testkit.contract.ApiContract;
import dev.gatehouse.testkit.contract.AssertionContract;
import dev.gatehouse.testkit.contract.AssertionNodesContract;
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
import dev.gatehouse.testkit.contract.GrantNodesContract;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The store contract on PostgreSQL.
class PostgresContractTest {
    /// Migrated once: migrating takes longer than most tests.
    private static final Postgres.Database MIGRATED = migrated();

    private static Postgres.Database migrated() {
        Postgres.Database database = Postgres.database();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("classpath:gatehouse-migrations/postgresql")
                .load()
                .migrate();
        return database;
    }

    private static Store fresh() {
        return open(Postgres.copy(MIGRATED), InstantSource.system());
    }

    private static Store open(Postgres.Database database, InstantSource clock) {
        return open(database, TestKeys.storage(clock));
    }

    private static Store open(Postgres.Database database, Storage storage) {
        return storage.postgresql(database.url(), database.user(), Secret.of(database.password()));
    }

    @Test
    void aWallClockThatIsMoreThanAMinuteOffRefusesTheStart() {
        Postgres.Database database = Postgres.database();
        for (Duration off : List.of(Duration.ofSeconds(-90), Duration.ofSeconds(90), Duration.ofDays(-400))) {
            InstantSource wrong = () -> Instant.now().plus(off);
            assertThatThrownBy(() -> open(database, wrong))
                    .as(off.toString())
                    .isInstanceOf(Unusable.class)
                    .hasMessageContaining("clock of this machine");
        }
        open(database, () -> Instant.now().plusSeconds(20)).close();
    }

    @Nested
    class Members extends MemberContract {
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
    class Identities extends IdentityContract {
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
    class GrantsAtTwoNodes extends GrantNodesContract {
        private final Postgres.Database database = Postgres.copy(MIGRATED);

        @Override
        protected Store open() {
            return PostgresContractTest.open(database, InstantSource.system());
        }

        @Override
        protected Store another() {
            return PostgresContractTest.open(database, TestKeys.storage(InstantSource.system(), 6));
        }
    }

    @Nested
    class AssertionsAtTwoNodes extends AssertionNodesContract {
        private final Postgres.Database database = Postgres.copy(MIGRATED);

        @Override
        protected Store open() {
            return PostgresContractTest.open(database, InstantSource.system());
        }

        @Override
        protected Store another() {
            return PostgresContractTest.open(database, TestKeys.storage(InstantSource.system(), 6));
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
            return PostgresContractTest.open(Postgres.copy(MIGRATED), TestKeys.storage(InstantSource.system(), ROOM));
        }
    }

    @Nested
    class Lines extends LineContract {
        @Override
        protected Store open() {
            return PostgresContractTest.open(Postgres.copy(MIGRATED), TestKeys.storage(InstantSource.system()));
        }
    }

    @Nested
    class Accesses extends AccessContract {
        @Override
        protected Store open() {
            return PostgresContractTest.open(Postgres.copy(MIGRATED), TestKeys.storage(InstantSource.system()));
        }
    }

    @Nested
    class DefaultRoles extends DefaultRoleContract {
        @Override
        protected Store open() {
            return PostgresContractTest.open(Postgres.copy(MIGRATED), TestKeys.storage(InstantSource.system()));
        }
    }

    @Nested
    class FirstKeys extends FirstKeyContract {
        @Override
        protected Store open() {
            return PostgresContractTest.open(Postgres.copy(MIGRATED), TestKeys.storage(InstantSource.system()));
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
