package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import org.junit.jupiter.api.Test;

/// An organization that wants a second factor, at an Api whose dialect takes name and password by itself: no second
/// step can follow there, so they open nothing (GAUNTLET L04).
class RequiredFactorDialectTest extends InfobipUsersFixture {
    private Got token() {
        return server.send(
                "orders",
                "POST",
                "/auth/1/oauth2/token",
                "grant_type=client_credentials&client_id=manager&client_secret=correct+horse+of+manager",
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    @Test
    void nameAndPasswordOpenNothingNorDoesWhatTheyOpenedBefore() {
        String session = session(manager);
        String token = "Bearer " + token().json().get("access_token").asString();
        for (String shown : new String[] {basic(manager), session, token}) {
            assertThat(balance(shown).status()).isEqualTo(200);
        }
        Setup.secondFactor(server, "\"required\"");
        for (String shown : new String[] {basic(manager), session, token}) {
            unauthorized(balance(shown));
        }
        unauthorized(open(manager, ""));
        assertThat(token().status()).isEqualTo(401);
        Setup.secondFactor(server, "null");
        assertThat(balance(basic(manager)).status()).isEqualTo(200);
        assertThat(balance(session).status()).isEqualTo(200);
    }
}
