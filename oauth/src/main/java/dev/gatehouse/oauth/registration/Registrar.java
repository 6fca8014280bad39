package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Evidence;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.RegistrationStore.Change;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.oauth.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Makes applications of what clients say of themselves, and writes them anew. Their credentials are good at
/// the Api that they registered at, and nowhere else. Blocks.
final class Registrar {
    /// What credentials are called that registration made; those of others it leaves alone.
    private static final String NAME = "registration";

    private static final int LISTED = Slice.MAX_LIMIT;

    /// An application as registration wrote it.
    ///
    /// @param secret that was drawn, to be shown once
    record Written(Stored<Application> stored, Optional<Secret> secret) {}

    private final Store store;
    private final Pepper pepper;
    private final CheckKeys checkKeys;
    private final RandomGenerator random;

    Registrar(Store store, Pepper pepper, CheckKeys checkKeys, RandomGenerator random) {
        this.store = store;
        this.pepper = pepper;
        this.checkKeys = checkKeys;
        this.random = random;
    }

    /// Registers a client.
    ///
    /// @param clientId absent: its id
    /// @param token that manages it from now on
    /// @param initial digests of the token that lets it register; none when empty
    Written register(
            Api api,
            Home home,
            ClientMetadata metadata,
            Optional<String> clientId,
            Optional<Digest> token,
            List<Digest> initial,
            Act act) {
        Id id = Id.random(Kind.APPLICATION, random);
        Drawn drawn = drawn(metadata, id, home.organization(), api, act);
        long most = api.clients().registration().orElseThrow().most();
        Registered registered = new Registered(id, api.id(), token, text(metadata.told()), act.at());
        Stored<Application> stored = new Stored.Conflict<>("");
        for (String name : names(metadata.name(), id)) {
            if (stored instanceof Stored.Conflict<Application>) {
                Application application = new Application(
                        id,
                        home.organization(),
                        clientId.orElseGet(id::text),
                        name,
                        Optional.of(home.role().id()),
                        metadata.terms(),
                        Optional.empty(),
                        Standing.FRESH,
                        act.at());
                stored = store.registrations()
                        .register(application, drawn.credentials(), registered, initial, most, act);
            }
        }
        return new Written(stored, drawn.secret());
    }

    /// A name may be in use in the organization: then it is told apart.
    private static List<String> names(String name, Id id) {
        String text = id.text();
        return Stream.of(name, name + " (" + text.substring(text.length() - 6) + ")")
                .filter(Text::name)
                .toList();
    }

    /// @param credentials of the new client
    private record Drawn(List<Credential> credentials, Optional<Secret> secret) {}

    private Drawn drawn(ClientMetadata metadata, Id application, Id organization, Api api, Act act) {
        List<Credential> credentials = new ArrayList<>();
        Optional<Secret> secret = Optional.empty();
        if (secret(metadata.terms().method())) {
            KeyString key = key();
            credentials.add(secret(key, application, organization, api, act));
            secret = Optional.of(key.text());
        }
        metadata.keys()
                .map(keys -> keys(keys, application, organization, api, act))
                .ifPresent(credentials::add);
        return new Drawn(credentials, secret);
    }

    static boolean secret(ClientMethod method) {
        return method == ClientMethod.SECRET_BASIC || method == ClientMethod.SECRET_POST;
    }

    private KeyString key() {
        return KeyString.draw(CredentialKind.SECRET, "live", Id.random(Kind.CREDENTIAL, random), checkKeys, random);
    }

    private Credential secret(KeyString key, Id application, Id organization, Api api, Act act) {
        return credential(
                key.credential(),
                application,
                organization,
                CredentialKind.SECRET,
                key.hint(),
                pepper.digest(key.text()),
                api,
                act);
    }

    private Credential keys(PublicKeys keys, Id application, Id organization, Api api, Act act) {
        Id id = Id.random(Kind.CREDENTIAL, random);
        return credential(id, application, organization, CredentialKind.PUBLIC_KEY, "registered", keys, api, act);
    }

    private static Credential credential(
            Id id,
            Id application,
            Id organization,
            CredentialKind kind,
            String hint,
            Evidence evidence,
            Api api,
            Act act) {
        return new Credential(
                id,
                application,
                organization,
                kind,
                NAME,
                hint,
                evidence,
                new Reach.WholeRole(),
                new Restrictions(Restriction.unrestricted(), Restriction.only(List.of(api.id()))),
                Standing.FRESH,
                act.at());
    }

    /// Writes a client anew. Its role and all that registration does not know stay.
    Written alter(Api api, Application before, Registered registered, ClientMetadata metadata, Act act) {
        List<Change> changes = new ArrayList<>();
        Optional<Secret> shown = Optional.empty();
        Optional<Credential> secret = live(before, CredentialKind.SECRET);
        boolean wanted = secret(metadata.terms().method());
        if (wanted && secret.isEmpty()) {
            KeyString key = key();
            changes.add(new Change(
                    Optional.empty(), Optional.of(secret(key, before.id(), before.organization(), api, act))));
            shown = Optional.of(key.text());
        }
        if (!wanted && secret.isPresent()) {
            changes.add(new Change(secret, Optional.empty()));
        }
        Optional<Credential> keys = live(before, CredentialKind.PUBLIC_KEY);
        if (!keys(keys).equals(metadata.keys())) {
            changes.add(new Change(
                    keys, metadata.keys().map(some -> keys(some, before.id(), before.organization(), api, act))));
        }
        Registered anew =
                new Registered(before.id(), registered.api(), registered.token(), text(metadata.told()), act.at());
        Stored<Application> stored = new Stored.Conflict<>("");
        for (String name : names(metadata.name(), before.id())) {
            if (stored instanceof Stored.Conflict<Application>) {
                Application after = new Application(
                        before.id(),
                        before.organization(),
                        before.clientId(),
                        name,
                        before.role(),
                        metadata.terms(),
                        before.tokenLife(),
                        before.standing(),
                        before.createdAt());
                stored = store.registrations().alter(before, after, changes, anew, act);
            }
        }
        return new Written(stored, shown);
    }

    /// The keys that a client registered.
    Optional<PublicKeys> keys(Application client) {
        return keys(live(client, CredentialKind.PUBLIC_KEY));
    }

    private static Optional<PublicKeys> keys(Optional<Credential> credential) {
        return credential.flatMap(
                one -> one.evidence() instanceof PublicKeys keys ? Optional.of(keys) : Optional.empty());
    }

    /// Whether this is the secret that it was given.
    boolean proves(Application client, Secret shown) {
        return live(client, CredentialKind.SECRET)
                .flatMap(Credential::digest)
                .filter(digest -> pepper.matches(digest, shown))
                .isPresent();
    }

    private Optional<Credential> live(Application client, CredentialKind kind) {
        return store.members().credentials(client.id(), Slice.first(LISTED)).items().stream()
                .filter(one -> one.kind() == kind && one.name().equals(NAME))
                .filter(one -> !one.standing().revoked())
                .findFirst();
    }

    private static String text(Map<String, Object> told) {
        StringBuilder text = new StringBuilder();
        JsonText.object(text, told);
        return text.toString();
    }
}
