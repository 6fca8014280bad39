package dev.gatehouse.server.reveal;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reveal;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.custody.Place;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts copies of secrets under the ring of the key file, each bound to its organization, its credential, what
/// that is and the Api that keeps it.
public record SecretCopies(Custody custody) {
    private static final Logger LOG = LoggerFactory.getLogger(SecretCopies.class);

    /// A credential whose secret was drawn just now, with its copy where the one Api that it is good at keeps
    /// secrets of its kind.
    ///
    /// @param role what its holder's role gives
    /// @param apis those that there are
    public NewCredential with(Credential credential, Secret drawn, Rights role, Collection<Api> apis) {
        return new NewCredential(
                credential, keeper(credential, role, apis).map(api -> copy(credential, api, drawn.bytes())));
    }

    private SecretCopy copy(Credential credential, Id api, byte[] plain) {
        Place place = place(credential.organization(), credential.id(), credential.kind(), api);
        return new SecretCopy(
                credential.id(), credential.organization(), api, credential.kind(), custody.encrypt(plain, place));
    }

    /// The Api that keeps the secret of a credential: the only one that it is good at, if that says so.
    public static Optional<Id> keeper(Credential credential, Rights role, Collection<Api> apis) {
        return Reveal.api(credential, role)
                .filter(id -> apis.stream()
                        .anyMatch(api ->
                                api.id().equals(id) && api.speech().reveal().contains(credential.kind())));
    }

    /// The secret; empty when it cannot be read, which says nothing about whoever asks.
    public Optional<Secret> open(SecretCopy copy) {
        Optional<Secret> secret = plain(copy).map(bytes -> Secret.of(new String(bytes, StandardCharsets.UTF_8)));
        if (secret.isEmpty()) {
            LOG.error("the secret of {} cannot be decrypted with this key file", copy.credential());
        }
        return secret;
    }

    Optional<byte[]> plain(SecretCopy copy) {
        try {
            return custody.decrypt(copy.sealed(), place(copy));
        } catch (CustodyException e) {
            return Optional.empty();
        }
    }

    SecretCopy seal(SecretCopy copy, byte[] plain) {
        return copy.with(custody.encrypt(plain, place(copy)));
    }

    /// Whether it is under the primary key of the ring.
    boolean current(SecretCopy copy) {
        return custody.underPrimary(copy.sealed());
    }

    private static Place place(SecretCopy copy) {
        return place(copy.organization(), copy.credential(), copy.kind(), copy.api());
    }

    private static Place place(Id organization, Id credential, CredentialKind kind, Id api) {
        return new Place(organization.text(), "secret_copy", credential.text(), kind.wire() + " " + api, 0);
    }
}
