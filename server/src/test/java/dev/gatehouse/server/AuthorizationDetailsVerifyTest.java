package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Authorization details (RFC 9396) as proxies are told of them.
class AuthorizationDetailsVerifyTest extends VerifyFixture {
    private static final String HEADER = "X-Gatehouse-Authorization-Details";

    /// Empty where there is nothing of the kind, so that what a caller sent is overwritten.
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatATokenHasIsTold(Dialect dialect) {
        Payments.at(server, "orders");
        String token = ExchangeWorld.token(server.token(
                "orders", customer, "grant_type=client_credentials&scope=things%3Aread" + Payments.asked("Shop")));
        Answer answer = ask(dialect, "POST", "/payments", "Authorization: Bearer " + token, HEADER + ": forged");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(RunningServer.JSON.readTree(answer.header(HEADER))).isEqualTo(Payments.tree("Shop"));
        denied(ask(dialect, "POST", "/payments", key()), 403, "insufficient_scope");
        assertThat(ask(dialect, "GET", "/things", key(), HEADER + ": forged").headers())
                .contains(HEADER + ": ");
    }
}
