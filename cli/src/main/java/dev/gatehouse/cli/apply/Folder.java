package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.member.Usernames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Reads a folder of YAML files into one description. Which file says what does not matter, saying it twice does.
final class Folder {
    private static final int MOST_FILES = 1000;

    private static final List<String> OF_A_MEMBER = List.of("api_key", "user_secret");

    private static final Shape FILE = Shape.of().leaving("apis", ProviderShape.FILE_KEY, "organizations");

    private final Mistakes mistakes;
    private final Map<Key, Wanted> wanted = new LinkedHashMap<>();

    private Folder(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /// All that the files below a folder say, or the file, when it is one. Names that begin with a dot are passed
    /// over.
    static Map<Key, Wanted> read(Path folder, Mistakes mistakes) {
        Folder reader = new Folder(mistakes);
        List<Path> files = files(folder, mistakes);
        if (files.isEmpty() && mistakes.none()) {
            mistakes.add(folder.toString(), "has no file that ends with .yaml or .yml");
        }
        files.forEach(file -> YamlFile.read(file, mistakes).ifPresent(reader::file));
        return reader.wanted;
    }

    /// The YAML files below a folder, in the order of their paths.
    static List<Path> files(Path folder, Mistakes mistakes) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .filter(file -> !hidden(folder.relativize(file)))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (files.size() > MOST_FILES) {
                mistakes.add(folder.toString(), "has more than " + MOST_FILES + " YAML files");
                return List.of();
            }
            return files;
        } catch (IOException e) {
            mistakes.add(folder.toString(), "cannot be read (" + e.getClass().getSimpleName() + ")");
            return List.of();
        }
    }

    private static boolean hidden(Path relative) {
        return Stream.iterate(0, i -> i + 1)
                .limit(relative.getNameCount())
                .anyMatch(i -> relative.getName(i).toString().startsWith("."));
    }

    private void file(Node.Mapping file) {
        FILE.object(file, mistakes);
        named(file, "apis", (name, entry) -> {
            Values.SLUG.read(new Node.Text(entry.at(), name), mistakes.under(Place.quoted(name)));
            ApiShape.read(entry.value(), mistakes)
                    .ifPresent(spec -> put(new Wanted(new Key.Api(name), spec, entry.at())));
        });
        named(file, ProviderShape.FILE_KEY, (name, entry) -> {
            ProviderShape.NAME.read(new Node.Text(entry.at(), name), mistakes.under(Place.quoted(name)));
            Optional<Wanted.GivenSecret> secret = Nouns.secret(entry.value(), mistakes);
            ProviderShape.read(name, entry.value(), secret.isPresent(), mistakes)
                    .ifPresent(spec ->
                            put(new Wanted(new Key.Provider(name), spec, entry.at(), Optional.empty(), secret)));
        });
        named(file, "organizations", (path, entry) -> {
            Optional<OrganizationPath> read = OrganizationPath.parse(path);
            if (read.isEmpty()) {
                mistakes.add(
                        entry.at(),
                        Place.quoted(path) + " is no path of names such as acme/emea, or / for your own organization"
                                + " (in a name, / is written ~1 and ~ is written ~0)");
            }
            read.ifPresent(organization -> organization(organization, entry));
        });
    }

    private void organization(OrganizationPath path, Node.Entry entry) {
        Shape shape = (path.top() ? Shape.of() : Nouns.ORGANIZATION)
                .leaving("roles", "applications", "customers", "users", "members");
        shape.object(entry.value(), mistakes)
                .filter(_ -> !path.top())
                .map(spec -> AccessShape.said(spec, entry.value()))
                .ifPresent(spec -> put(new Wanted(new Key.Organization(path), spec, entry.at())));
        named(entry.value(), "roles", (name, role) -> {
            Values.SLUG.read(new Node.Text(role.at(), name), mistakes.under(Place.quoted(name)));
            Nouns.ROLE
                    .object(role.value(), mistakes)
                    .ifPresent(spec -> put(new Wanted(new Key.Role(path, name), spec, role.at())));
        });
        named(
                entry.value(),
                "applications",
                (name, application) -> application(new Key.Application(path, name), application));
        named(entry.value(), "customers", (name, customer) -> {
            checkName(name, customer);
            Values.STANDING
                    .object(customer.value(), mistakes)
                    .ifPresent(spec -> put(new Wanted(new Key.Customer(path, name), spec, customer.at())));
        });
        people(path, entry.value());
    }

    private void people(OrganizationPath path, Node organization) {
        named(organization, "users", (name, user) -> {
            checkUsername(name, user);
            Optional<Wanted.GivenSecret> password = Nouns.password(user.value(), mistakes);
            Nouns.USER
                    .object(user.value(), mistakes)
                    .map(spec -> password.isPresent() ? spec.with("password", Wanted.GIVEN) : spec)
                    .ifPresent(spec ->
                            put(new Wanted(new Key.User(path, name), spec, user.at(), Optional.empty(), password)));
        });
        named(organization, "members", (name, member) -> {
            checkUsername(name, member);
            Optional<Wanted.RoleName> role =
                    Nouns.child(member.value(), "role").flatMap(node -> Nouns.role(node, mistakes.under("role")));
            OrganizationPath home = Nouns.child(member.value(), "home")
                    .flatMap(node -> Values.PATH.read(node, mistakes.under("home")))
                    .flatMap(read -> OrganizationPath.parse(Difference.shown(read)))
                    .orElse(path);
            Key.Membership key = new Key.Membership(path, new Key.User(home, name));
            Nouns.MEMBER
                    .object(member.value(), mistakes)
                    .ifPresent(spec -> put(new Wanted(key, spec, member.at(), role, Optional.empty())));
            named(
                    member.value(),
                    "credentials",
                    (own, credential) -> credential(new Key.Credential(key, own), credential));
        });
    }

    private void checkUsername(String name, Node.Entry entry) {
        if (Usernames.canonical(name).filter(name::equals).isEmpty()) {
            mistakes.wrong(entry.at(), Place.quoted(name) + " must be a username: " + Usernames.ALLOWED);
        }
    }

    private void application(Key.Application key, Node.Entry entry) {
        checkName(key.name(), entry);
        Optional<Wanted.RoleName> role =
                Nouns.child(entry.value(), "role").flatMap(node -> Nouns.role(node, mistakes.under("role")));
        Nouns.APPLICATION.object(entry.value(), mistakes).ifPresent(spec -> {
            ClientShape.check(spec, entry.value(), mistakes);
            put(new Wanted(key, spec, entry.at(), role, Optional.empty()));
        });
        named(
                entry.value(),
                "credentials",
                (name, credential) -> credential(new Key.Credential(key, name), credential));
    }

    private void credential(Key.Credential key, Node.Entry entry) {
        checkName(key.name(), entry);
        Optional<Wanted.GivenSecret> secret = Nouns.secret(entry.value(), mistakes);
        Optional<Json> file = JwksValue.inFile(entry.value(), mistakes);
        Nouns.CREDENTIAL.object(entry.value(), mistakes).map(Nouns::settled).ifPresent(read -> {
            if (file.isPresent() && read.get("jwks").isPresent()) {
                mistakes.add(entry.at(), "jwks and " + JwksValue.FILE + " exclude each other");
            }
            Json.Obj spec = file.map(keys -> read.with("jwks", keys)).orElse(read);
            boolean ofKeys = spec.text("kind").equals(Optional.of("public_key"));
            long given = CertificateNames.in(spec)
                    + Stream.of("jwks", JwksValue.URI)
                            .filter(name -> spec.get(name).isPresent())
                            .count();
            if (given != (ofKeys ? 1 : 0) || (ofKeys && spec.get("environment").isPresent())) {
                mistakes.add(
                        entry.at(),
                        "a credential of kind public_key has its jwks, jwks_uri or one name of a certificate, and no"
                                + " environment; no other has any of these");
            }
            if (TrustValue.misplaced(spec)) {
                mistakes.add(
                        entry.at(),
                        "assertion_issuer belongs to jwks or jwks_uri, and assertion_subject to assertion_issuer");
            }
            String kind = spec.text("kind").orElse("");
            if (!OF_A_MEMBER.contains(kind) && key.holder() instanceof Key.Membership) {
                mistakes.add(entry.at(), "a member has credentials of kind " + String.join(" or ", OF_A_MEMBER));
            }
            if (kind.equals("user_secret") && key.holder() instanceof Key.Application) {
                mistakes.add(entry.at(), "a user_secret is a member's");
            }
            boolean taken = kind.equals("secret")
                    || (kind.equals("signing_key")
                            && secret.filter(Wanted.GivenSecret.Hashed.class::isInstance)
                                    .isEmpty());
            if (secret.isPresent() && !taken) {
                mistakes.add(
                        secret.get().place(),
                        "only a credential of kind secret or signing_key may have a given secret, and only secret its"
                                + " hash");
            }
            if (secret.isPresent() && spec.get("environment").isPresent()) {
                mistakes.add(secret.get().place(), "a given secret has no environment");
            }
            put(new Wanted(key, spec, entry.at(), Optional.empty(), secret));
        });
    }

    private void checkName(String name, Node.Entry entry) {
        Values.NAME.read(new Node.Text(entry.at(), name), mistakes.under(Place.quoted(name)));
    }

    /// Reads what is named below a key, which may be missing.
    private void named(Node node, String key, BiConsumer<String, Node.Entry> one) {
        Nouns.child(node, key).ifPresent(below -> {
            switch (below) {
                case Node.Mapping(var _, var entries) -> entries.forEach(one);
                case Node.Nothing _ -> {}
                case Node.Sequence _, Node.Text _, Node.Numeral _, Node.Flag _ ->
                    mistakes.add(below.place(), key + " must be a mapping from names");
            }
        });
    }

    private void put(Wanted one) {
        Wanted earlier = wanted.putIfAbsent(one.key(), one);
        if (earlier == null) {
            return;
        }
        boolean says = !one.spec().equals(Json.Obj.EMPTY);
        if (one.key() instanceof Key.Organization && !(says && !earlier.spec().equals(Json.Obj.EMPTY))) {
            wanted.put(one.key(), says ? one : earlier);
        } else {
            mistakes.add(one.place(), one.key() + " is here twice (first at " + earlier.place() + ")");
        }
    }
}
