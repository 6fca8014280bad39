package dev.gatehouse.oauth.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.PasskeyStore.Passkey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads what people's devices say and verifies it: registration (WebAuthn section 7.1) and authentication (section
/// 7.2). The user is always verified by the device (PIN, finger, face), so that a key is two factors. Which model a
/// device is is not asked: no attestation.
public final class Devices {
    /// The algorithms that are offered, by preference: ES256, EdDSA, RS256.
    private static final List<PublicKeyCredentialParameters> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256)
                    .stream()
                    .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                    .toList();

    /// Whether a device has counted on is the store's to find out, in the write that says so.
    private static final long ANY_COUNT = 0;

    private static final int MAX_LENGTH = 16_384;

    private static final System.Logger LOG = System.getLogger(Devices.class.getName());

    /// A new key.
    public record Registered(Bytes id, Bytes key, long counter, boolean synced) {}

    /// What a device said when it proved a key.
    ///
    /// @param id the key's
    /// @param user whom the key is of, as it was told when it was made
    /// @param text as it was said
    public record Said(Bytes id, String user, String text) {}

    private final ObjectConverter converter = new ObjectConverter();
    private final AttestedCredentialDataConverter keys = new AttestedCredentialDataConverter(converter);
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /// Knows nothing of who asks; one is enough for a node.
    public Devices() {}

    /// The key that a device made for this challenge; empty when anything about it is wrong.
    ///
    /// @param text the answer as the browser gives it (section 5.1, `RegistrationResponseJSON`)
    public Optional<Registered> registered(String text, String challenge, Site site) {
        return read(text, () -> {
            RegistrationData data = manager.verify(
                    manager.parseRegistrationResponseJSON(text),
                    new RegistrationParameters(property(challenge, site), ALGORITHMS, true, true));
            return Optional.ofNullable(data.getAttestationObject())
                    .map(AttestationObject::getAuthenticatorData)
                    .flatMap(said -> Optional.ofNullable(said.getAttestedCredentialData())
                            .map(key -> new Registered(
                                    Bytes.of(key.getCredentialId()),
                                    Bytes.of(keys.convert(key)),
                                    said.getSignCount(),
                                    said.isFlagBE())));
        });
    }

    /// What a device says, unproven; empty when it cannot be read.
    ///
    /// @param text the answer as the browser gives it (section 5.1, `AuthenticationResponseJSON`)
    public Optional<Said> said(String text) {
        return read(text, () -> {
            AuthenticationData data = manager.parseAuthenticationResponseJSON(text);
            return Optional.ofNullable(data.getCredentialId())
                    .flatMap(id -> Optional.ofNullable(data.getUserHandle())
                            .map(user -> new Said(Bytes.of(id), new String(user, StandardCharsets.UTF_8), text)));
        });
    }

    /// The library lets its parsers and its own assumptions fail as they do (a member that is missing is a
    /// `NullPointerException`): whatever comes of a text that a stranger wrote says that it is no answer.
    private static <T> Optional<T> read(String text, Supplier<Optional<T>> read) {
        return text.length() > MAX_LENGTH ? Optional.empty() : read(read);
    }

    private static <T> Optional<T> read(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a device's answer is none", e);
            return Optional.empty();
        }
    }

    /// How often the device says that it has signed, if it has proven the key for this challenge.
    public Optional<Long> proven(Said said, Passkey passkey, String challenge, Site site) {
        return read(() -> {
            AuthenticationData data = manager.verify(
                    manager.parseAuthenticationResponseJSON(said.text()),
                    new AuthenticationParameters(
                            property(challenge, site),
                            record(passkey),
                            List.of(passkey.id().toArray()),
                            true,
                            true));
            return Optional.ofNullable(data.getAuthenticatorData()).map(AuthenticatorData::getSignCount);
        });
    }

    private CredentialRecord record(Passkey passkey) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                passkey.synced(),
                false,
                ANY_COUNT,
                keys.convert(passkey.key().toArray()),
                new AuthenticationExtensionsAuthenticatorOutputs<>(),
                null,
                null,
                Set.of());
    }

    private static ServerProperty property(String challenge, Site site) {
        return ServerProperty.builder()
                .origin(new Origin(site.origin()))
                .rpId(site.id())
                .challenge(new DefaultChallenge(challenge.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
