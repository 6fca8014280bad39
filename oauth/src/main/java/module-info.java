import org.jspecify.annotations.NullMarked;

/// OAuth 2.1 and OpenID Connect: grants, authorize steps, client authentication, metadata, JOSE.
@SuppressWarnings("requires-automatic") // some libraries have no module-info of their own
@NullMarked
module dev.gatehouse.oauth {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires com.amazon.corretto.crypto.provider;
    requires com.github.benmanes.caffeine;
    requires com.google.crypto.tink;
    requires com.nimbusds.jose.jwt;
    requires com.webauthn4j.core;
    requires org.bouncycastle.provider;

    exports dev.gatehouse.oauth.assertion;
    exports dev.gatehouse.oauth.authorize;
    exports dev.gatehouse.oauth.client;
    exports dev.gatehouse.oauth.custody;
    exports dev.gatehouse.oauth.dpop;
    exports dev.gatehouse.oauth.endpoint;
    exports dev.gatehouse.oauth.factor;
    exports dev.gatehouse.oauth.federation;
    exports dev.gatehouse.oauth.jose;
    exports dev.gatehouse.oauth.json;
    exports dev.gatehouse.oauth.keys;
    exports dev.gatehouse.oauth.mtls;
    exports dev.gatehouse.oauth.passkey;
    exports dev.gatehouse.oauth.password;
    exports dev.gatehouse.oauth.registration;
    exports dev.gatehouse.oauth.token;
}
