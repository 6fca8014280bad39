import org.jspecify.annotations.NullMarked;

/// OAuth 2.1 and OpenID Connect: grants, authorize steps, client authentication, metadata, JOSE.
@SuppressWarnings("requires-automatic") // some libraries have no module-info of their own
@NullMarked
module dev.gatehouse.oauth {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires com.google.crypto.tink;
    requires com.nimbusds.jose.jwt;
}
