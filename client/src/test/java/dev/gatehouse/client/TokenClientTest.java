package dev.gatehouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenClientTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may wrap
    private FakeServer server;
    private TokenClient client;

    @BeforeEach
    void open() throws IOException {
        server = new FakeServer();
        client = new TokenClient(
                server.base(), "acme-shop", Secret.of("gh+s/1"), List.of("orders:read", "orders:write"), nanos::get);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aTokenIsAskedForAsRfc6749Says() {
        server.answers(200, token("t1", 900));
        Token token = client.token();
        assertThat(token.authorization()).isEqualTo("Bearer t1");
        assertThat(token.scopes()).containsExactly("orders:read", "orders:write");
        assertThat(token.toString()).doesNotContain("t1");
        assertThat(server.asked.getFirst().body())
                .isEqualTo("grant_type=client_credentials&scope=orders%3Aread+orders%3Awrite");
        assertThat(server.asked.getFirst().authorization())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("acme-shop:gh%2Bs%2F1".getBytes(UTF_8)));
    }

    @Test
    void aTokenIsKeptUntilShortlyBeforeItExpires() {
        server.answers(200, token("t1", 900)).answers(200, token("t2", 900));
        assertThat(client.token()).isEqualTo(client.token());
        nanos.addAndGet(Duration.ofSeconds(869).toNanos());
        assertThat(client.token().value().reveal()).isEqualTo("t1");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(client.token().value().reveal()).isEqualTo("t2");
    }

    @Test
    void aShortTokenIsKeptForNineTenthsOfItsLife() {
        server.answers(200, token("t1", 10)).answers(200, token("t2", 10));
        client.token();
        nanos.addAndGet(Duration.ofSeconds(9).toNanos() - 1);
        assertThat(client.token().value().reveal()).isEqualTo("t1");
        nanos.addAndGet(1);
        assertThat(client.token().value().reveal()).isEqualTo("t2");
    }

    @Test
    void aForgottenTokenIsFetchedAgain() {
        server.answers(200, token("t1", 900)).answers(200, token("t2", 900));
        client.token();
        client.forget();
        assertThat(client.token().value().reveal()).isEqualTo("t2");
    }

    @Test
    void aTokenForACustomerIsAskedForAsRfc8693SaysAndNotKept() {
        server.answers(200, token("t1", 900)).answers(200, token("t2", 900));
        assertThat(client.actingFor("cust_0c5wmv3k2n8qa").value().reveal()).isEqualTo("t1");
        assertThat(client.actingFor("cust_0c5wmv3k2n8qa").value().reveal()).isEqualTo("t2");
        assertThat(server.asked.getFirst().body())
                .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                        + "&subject_token=cust_0c5wmv3k2n8qa"
                        + "&subject_token_type=urn%3Agatehouse%3Atoken-type%3Acustomer"
                        + "&scope=orders%3Aread+orders%3Awrite");
    }

    @Test
    void aTokenIsExchangedForANarrowerOne() {
        server.answers(200, token("t/1", 900)).answers(200, token("t2", 900));
        Token narrow = client.exchange(client.token(), List.of("orders:read"));
        assertThat(narrow.value().reveal()).isEqualTo("t2");
        assertThat(server.asked.getLast().body())
                .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=t%2F1"
                        + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"
                        + "&scope=orders%3Aread");
        assertThat(client.token().value().reveal()).as("the one that is kept").isEqualTo("t/1");
    }

    @Test
    void anOauthErrorBecomesATypedRefusal() {
        server.answers(401, "{\"error\":\"invalid_client\"}");
        assertThatThrownBy(client::token)
                .isInstanceOfSatisfying(
                        GatehouseException.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("invalid_client"));
    }

    @Test
    void anAnswerWithoutATokenIsNotAToken() {
        server.answers(200, "{\"token_type\":\"Bearer\",\"expires_in\":900}");
        assertThatThrownBy(client::token).isInstanceOf(GatehouseException.Unreachable.class);
    }

    private static String token(String value, int seconds) {
        return "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds
                + ",\"scope\":\"orders:read orders:write\"}";
    }
}
