package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a token request must look like before anybody asks who sent it (GAUNTLET C01, C02, C03).
class TokenFormTest extends TokenEndpointFixture {
    @Test
    void c01NoParameterComesTwice() {
        List<String> parameters = List.of(
                GRANT,
                "client_id=shop-backend",
                "client_secret=" + world.secret.reveal(),
                "scope=orders:read",
                "unknown=1",
                "empty=");
        for (String twice : parameters) {
            String name = twice.substring(0, twice.indexOf('='));
            for (String second : List.of(twice, name + "=other", name + "=", name, name.replace("e", "%65") + "=1")) {
                String body = String.join("&", parameters) + "&" + second;
                refused(post(body), 400, "invalid_request");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type[]=client_credentials",
                "grant_type%00=client_credentials",
                "grant_type%5B0%5D=client_credentials",
                "=client_credentials",
                "%=1",
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%ff",
                "a=%c0%af",
                "a=%ed%a0%80",
                "a=\u00e9",
                "a=b c",
                "a=1\n",
                "&",
                "a=1&&b=2"
            })
    void c01IllFormedParametersAreRefused(String odd) {
        refused(post(GRANT + right() + "&" + odd), 400, "invalid_request");
    }

    @Test
    void c01ManyParametersAreRefused() {
        StringBuilder body = new StringBuilder(GRANT + right());
        for (int i = 0; i < 100_000; i++) {
            body.append("&p").append(i).append("=1");
        }
        refused(post(body.toString()), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "client_id=shop-backend", "grant_type=client_credentials", "client_id=x&client_secret=CANARY"
            })
    void c02NothingIsReadFromTheQuery(String query) {
        HttpFacts http = World.http(
                "POST", Optional.of(query), List.of(FORM), (GRANT + right()).getBytes(StandardCharsets.UTF_8));
        Reply reply = send(http);
        refused(reply, 400, "invalid_request");
        assertThat(reply.toString()).doesNotContain("CANARY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/x-www-form-urlencoded;charset=utf-16",
                "application/x-www-form-urlencoded; charset=iso-8859-1",
                "application/x-www-form-urlencoded; charset=utf-8; charset=utf-16",
                "application/x-www-form-urlencoded; x=y",
                "application/x-www-form-urlencoded, text/plain",
                "application/x-www-form-urlencodedx",
                ""
            })
    void c03OtherContentTypesAre415(String type) {
        refused(send(World.post(List.of(new Header("Content-Type", type)), GRANT + right())), 415, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "Application/X-WWW-FORM-URLENCODED",
                "application/x-www-form-urlencoded;charset=UTF-8",
                "application/x-www-form-urlencoded ; charset=\"utf-8\""
            })
    void c03TheFormsContentTypeIsRead(String type) {
        assertThat(send(World.post(List.of(new Header("content-type", type)), GRANT + right()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void c03NoTypeTwoTypesCodingsAndEmptyBodies() {
        refused(send(World.post(List.of(), GRANT + right())), 415, "invalid_request");
        refused(send(World.post(List.of(FORM, FORM), GRANT + right())), 415, "invalid_request");
        refused(
                send(World.post(List.of(FORM, new Header("Content-Encoding", "gzip")), GRANT + right())),
                415,
                "invalid_request");
        refused(
                send(World.post(List.of(FORM, new Header("Content-Encoding", "identity")), GRANT + right())),
                415,
                "invalid_request");
        refused(send(World.post(List.of(), "")), 400, "invalid_request");
        refused(send(World.post(List.of(FORM), "")), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "post", "TRACE"})
    void c03OtherMethodsAre405(String method) {
        Reply reply = send(World.http(
                method, Optional.empty(), List.of(FORM), (GRANT + right()).getBytes(StandardCharsets.UTF_8)));
        refused(reply, 405, "invalid_request");
        assertThat(value(reply, "Allow")).contains("POST");
    }
}
