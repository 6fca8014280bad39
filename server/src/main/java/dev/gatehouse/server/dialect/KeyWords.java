package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.MarkRule;
import dev.gatehouse.dialect.model.Names;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.write.PublicUuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a provider calls the uses of an API key, and what it keeps beside one.
final class KeyWords {
    private static final int MOST_MARKS = 32;

    private KeyWords() {}

    /// Its words where this endpoint is: those that the endpoint takes which makes keys there, the usual one first.
    static List<String> permissions(Asked asked) {
        return making(asked)
                .map(Endpoint::rules)
                .map(rules -> rules.words().getOrDefault(Input.PERMISSIONS, List.of()))
                .orElse(List.of());
    }

    private static Optional<Endpoint> making(Asked asked) {
        String here = asked.endpoint().path().text();
        return asked.dialect().endpoints().stream()
                .filter(endpoint -> endpoint.operation() == Operation.CREATE_KEY)
                .filter(endpoint -> here.startsWith(endpoint.path().text()))
                .findFirst();
    }

    /// What is told of a key: its words that are known here. Where they only describe a key that has none, that is
    /// the usual one; where they say what it may do, none is none.
    static List<String> told(Asked asked, KeyNote note) {
        List<String> words = permissions(asked);
        List<String> known = note.permissions().stream().filter(words::contains).toList();
        return known.isEmpty() && !instead(asked) ? words.stream().limit(1).toList() : known;
    }

    /// Whether permissions stand in the place of scopes here.
    static boolean instead(Asked asked) {
        return making(asked)
                .filter(endpoint -> takes(endpoint, Input.PERMISSIONS) && !takes(endpoint, Input.SCOPES))
                .isPresent();
    }

    private static boolean takes(Endpoint endpoint, Input input) {
        return endpoint.takes().stream().anyMatch(take -> take.input() == input);
    }

    /// The rights that stand for permissions, as far as they may be given.
    static Rights rights(Asked asked, List<String> permissions, Predicate<Rights> givable) {
        Api api = asked.api();
        List<String> all = List.copyOf(api.catalogue().entries().keySet());
        Map<String, List<String>> meant = asked.dialect().names().permissions();
        Stream<String> scopes = permissions.stream()
                .flatMap(permission -> meant.getOrDefault(permission, List.of()).stream())
                .flatMap(scope -> scope.equals(Names.ALL) ? all.stream() : Stream.of(scope))
                .filter(all::contains)
                .distinct();
        return Rights.at(
                api.id(),
                Scopes.of(scopes.filter(scope -> givable.test(Rights.at(api.id(), Scopes.of(scope))))
                        .toList()));
    }

    /// What is to be kept beside a key; tells what is wrong with it.
    static KeyNote note(Asked asked, KeyNote was, boolean fresh, List<Fault.Field> wrong) {
        // What is left out of a new key is the usual one; what is said to be empty is empty.
        KeyNote before = fresh && instead(asked)
                ? new KeyNote(permissions(asked).stream().limit(1).toList(), was.marks())
                : was;
        List<String> permissions = asked.shown()
                .get(Input.PERMISSIONS)
                .map(Secret::reveal)
                .map(text -> text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1)))
                .map(texts -> texts.stream().distinct().toList())
                .orElse(before.permissions());
        Optional<MarkRule> rule = asked.dialect().marks();
        if (rule.isEmpty() || !asked.shown().has(Input.MARKS)) {
            // Of what excludes each other the newer one counts.
            boolean replaced = asked.shown().has(Input.PERMISSIONS) && !permissions.isEmpty();
            return new KeyNote(permissions, replaced ? List.of() : before.marks());
        }
        List<Map<String, String>> marks = new ArrayList<>();
        for (Map<String, String> mark : asked.shown().objects(Input.MARKS)) {
            check(asked.name(Input.MARKS) + "[" + marks.size() + "]", mark, rule.get(), wrong);
            marks.add(told(asked, mark, rule.get(), before));
        }
        if (marks.size() > MOST_MARKS) {
            wrong.add(new Fault.Field(asked.name(Input.MARKS), "must be at most " + MOST_MARKS));
        }
        boolean replaced = !marks.isEmpty() && !asked.shown().has(Input.PERMISSIONS);
        return new KeyNote(replaced ? List.of() : permissions, marks);
    }

    private static void check(String at, Map<String, String> mark, MarkRule rule, List<Fault.Field> wrong) {
        rule.required().stream()
                .filter(name -> !mark.containsKey(name))
                .forEach(name -> wrong.add(new Fault.Field(at + "." + name, "is missing")));
        mark.forEach((name, value) -> {
            List<String> words = rule.words().getOrDefault(name, List.of());
            boolean known = rule.required().contains(name)
                    || rule.may().contains(name)
                    || rule.words().containsKey(name)
                    || rule.id().equals(Optional.of(name));
            if (!known) {
                wrong.add(new Fault.Field(at + "." + name, "is not known"));
            } else if (!words.isEmpty() && !words.contains(value)) {
                wrong.add(new Fault.Field(at + "." + name, "must be " + String.join(" or ", words)));
            }
        });
    }

    /// The same under the name that it had, or a new one.
    private static Map<String, String> told(Asked asked, Map<String, String> mark, MarkRule rule, KeyNote before) {
        if (rule.id().isEmpty()) {
            return mark;
        }
        String id = rule.id().get();
        boolean had = mark.containsKey(id)
                && before.marks().stream().anyMatch(old -> mark.get(id).equals(old.get(id)));
        Map<String, String> told = new HashMap<>(mark);
        told.put(id, had ? mark.get(id) : drawn(asked));
        return told;
    }

    private static String drawn(Asked asked) {
        return PublicUuid.hex(Id.random(Kind.CREDENTIAL, asked.desk().random()));
    }
}
