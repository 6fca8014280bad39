package dev.gatehouse.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What clients of the FAPI plans show in place of a good assertion.
final class FapiAssertions {
    private FapiAssertions() {}

    /// None at all, one that is over, one for somebody else, one of nobody, one by an algorithm that is too weak.
    ///
    /// @param elsewhere an audience that is not the server
    static List<Map<String, String>> wrong(FapiClient client, Instant at, String elsewhere) {
        long now = at.getEpochSecond();
        Map<String, Object> over = client.claims();
        over.putAll(Map.of("iat", now - 360, "nbf", now - 360, "exp", now - 300));
        Map<String, Object> others = client.claims();
        others.put("aud", elsewhere);
        Map<String, Object> nobody = client.claims();
        nobody.remove("sub");
        return List.of(
                Map.of("client_id", client.id()),
                FapiClient.asserting(client.signed(over)),
                FapiClient.asserting(client.signed(others)),
                FapiClient.asserting(client.signed(nobody)),
                FapiClient.asserting(RsaSigner.ONE.sign("RS256", "rsa", client.claims())));
    }
}
