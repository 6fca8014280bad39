package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Tokens of people that others exchange or ask about, where a second factor is wanted.
class RequiredFactorExchangeTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Landing client;
    private Customer broker;
    private Customer service;
    private JsonNode alone;
    private JsonNode both;

    private void start(String format) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.exchangingApi(server, "orders", format);
        client = Landing.open(server);
        String role = Setup.role(
                server, "broker", List.of("things:read", "tokens:exchange", "openid", "offline_access"), "orders");
        broker = Customer.of(server, Setup.root(server), "broker", role);
        service = Customer.of(
                server,
                Setup.root(server),
                "service",
                Setup.role(server, "service", List.of("tokens:introspect"), "gatehouse"));
        SureLogin logins = new SureLogin(server, client, page -> AuthenticatorApp.scanning(page, clock));
        alone = logins.byPassword(Person.create(server, "alice", Optional.of(role)));
        both = logins.byBoth(Person.create(server, "bob", Optional.of(role)));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private RunningServer.Got exchanged(JsonNode tokens) {
        return server.token(
                "orders", broker, ExchangeWorld.form(tokens.get("access_token").asString(), ""));
    }

    private JsonNode told(String token) {
        return server.form(
                        "orders",
                        "/oauth2/introspect",
                        "token=" + ExchangeWorld.encode(token),
                        "Authorization",
                        RunningServer.basic(service.clientId(), service.secret()))
                .json();
    }

    /// RFC 9470 section 6.2: whoever cannot read a token asks, and is told what a readable one says; so is who asks
    /// about what came of one by exchange.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void whoeverAsksAboutATokenIsToldIt(String format) throws IOException {
        start(format);
        assertThat(told(both.get("access_token").asString()).get("acr").asString())
                .isEqualTo("2");
        JsonNode passed = told(ExchangeWorld.token(exchanged(both)));
        assertThat(passed.get("acr").asString()).isEqualTo("2");
        JsonNode alone = told(this.alone.get("access_token").asString());
        assertThat(alone.get("active").asBoolean()).isTrue();
        assertThat(alone.has("acr")).isFalse();
        assertThat(told(ExchangeWorld.token(exchanged(this.alone))).has("acr")).isFalse();
    }

    /// RFC 8693 section 2.2.2: the token is not acceptable, and the client did nothing that it may not do.
    @Test
    void aTokenThatDoesNotCountAnyMoreIsNotTheClientsFault() throws IOException {
        start("sealed");
        assertThat(exchanged(alone).status()).isEqualTo(200);
        Setup.secondFactor(server, "\"required\"");
        ExchangeWorld.refused(exchanged(alone), "invalid_request");
        assertThat(exchanged(both).status()).isEqualTo(200);
    }
}
