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
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Evidence;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Formats;
import dev.gatehouse.core.store.RegistrationStore.Change;
import dev.gatehouse.core.store.RegistrationStore.Registered;
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
        Act known = act.known(Formats.of(Optional.empty(), metadata.terms()));
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
                        .register(application, drawn.credentials(), registered, initial, most, known);
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
                at(api),
                Standing.FRESH,
                act.at());
    }

    /// Writes a client anew. Its role and all that registration does not know stay, and what others narrowed of a
    /// credential holds for the one that takes its place: who is told to use keys from some networks only gets no
    /// others by asking (GAUNTLET H03).
    Written alter(Api api, Application before, Registered registered, ClientMetadata metadata, Act act) {
        List<Credential> live = store.registrations().live(before.id(), NAME);
        Optional<Credential> secret = first(live, CredentialKind.SECRET);
        Optional<Credential> keys = first(live, CredentialKind.PUBLIC_KEY);
        boolean wanted = secret(metadata.terms().method());
        boolean otherKeys = !keys(keys).equals(metadata.keys());
        List<Change> changes = new ArrayList<>();
        Optional<Secret> shown = Optional.empty();
        if (wanted && secret.isEmpty()) {
            KeyString key = key();
            Credential drawn = secret(key, before.id(), before.organization(), api, act);
            changes.add(new Change(Optional.empty(), Optional.of(instead(drawn, keys))));
            shown = Optional.of(key.text());
        }
        Optional<Credential> successor = metadata.keys()
                .filter(_ -> otherKeys)
                .map(some -> keys(some, before.id(), before.organization(), api, act))
                .map(added -> instead(added, keys.or(() -> secret)));
        if (otherKeys) {
            changes.add(new Change(keys, successor));
        }
        if (!wanted && secret.isPresent()) {
            changes.add(new Change(secret, Optional.empty()));
        }
        boolean proven = wanted || metadata.keys().isPresent();
        boolean held = live.stream().anyMatch(one -> !one.standing().holds().isEmpty());
        boolean widened = !proven && live.stream().anyMatch(one -> narrowed(one, api));
        if (widened || (held && !changes.isEmpty())) {
            return new Written(new Stored.Forbidden<>(Stored.Rule.HELD_ABOVE), Optional.empty());
        }
        Registered anew =
                new Registered(before.id(), registered.api(), registered.token(), text(metadata.told()), act.at());
        Act known = act.known(Formats.of(Optional.of(before.terms()), metadata.terms()));
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
                stored = store.registrations().alter(before, after, changes, anew, known);
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
        return first(store.registrations().live(client.id(), NAME), kind);
    }

    private static Optional<Credential> first(List<Credential> live, CredentialKind kind) {
        return live.stream().filter(one -> one.kind() == kind && !ofIssuer(one)).findFirst();
    }

    /// What the provider added is nothing that the client registered.
    private static boolean ofIssuer(Credential credential) {
        return credential.evidence() instanceof PublicKeys keys
                && keys.trusted().isPresent();
    }

    private static Restrictions at(Api api) {
        return new Restrictions(Restriction.unrestricted(), Restriction.only(List.of(api.id())));
    }

    private static boolean narrowed(Credential credential, Api api) {
        return !credential.restrictions().equals(at(api))
                || !credential.standing().window().equals(Window.ALWAYS)
                || !credential.reach().equals(new Reach.WholeRole());
    }

    /// @param old whose place it takes
    private static Credential instead(Credential added, Optional<Credential> old) {
        return old.map(one -> added.with(
                                added.name(),
                                one.reach(),
                                one.restrictions(),
                                Standing.within(one.standing().window()))
                        .noting(one.note()))
                .orElse(added);
    }

    private static String text(Map<String, Object> told) {
        StringBuilder text = new StringBuilder();
        JsonText.object(text, told);
        return text.toString();
    }
}
