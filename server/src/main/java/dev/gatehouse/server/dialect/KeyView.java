package dev.gatehouse.server.dialect;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyOrder;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.write.Result;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// API keys as a dialect shows them, and pages of them.
final class KeyView {
    private static final int MOST_ITEMS = 100;

    private KeyView() {}

    /// The page that is asked for.
    ///
    /// @param secrets those of the keys on it that are told
    static Result page(Asked asked, List<Credential> all, Function<List<Credential>, Map<Id, Secret>> secrets) {
        Optional<Boolean> enabled = enabled(asked);
        List<Digest> secret = asked.shown()
                .get(Input.TARGET_SECRET)
                .map(asked.desk().pepper()::digests)
                .orElse(List.of());
        KeyOrder order = order(asked).orElse(KeyOrder.CREATED);
        boolean down = asked.shown()
                .get(Input.DIRECTION)
                .filter(said -> said.reveal().equals("DESC"))
                .isPresent();
        Comparator<Credential> by = by(order).thenComparingLong(key -> key.id().value());
        List<Credential> keys = all.stream()
                .filter(key -> enabled.isEmpty() || enabled.get() == counts(key))
                .filter(key -> !asked.shown().has(Input.TARGET_SECRET)
                        || key.digest().filter(secret::contains).isPresent())
                .sorted(down ? by.reversed() : by)
                .toList();
        int size = Math.max(1, (int) number(asked, Input.PAGE_SIZE, MOST_ITEMS, MOST_ITEMS));
        long page = number(asked, Input.PAGE, 0, Integer.MAX_VALUE);
        List<Credential> there = keys.stream().skip(page * size).limit(size).toList();
        Map<Id, Secret> told = secrets.apply(there);
        Result result = Result.NONE
                .withItems(there.stream().map(key -> shown(asked, key, told)).toList())
                .with(Output.PAGE, page)
                .with(Output.PAGE_SIZE, size)
                .with(Output.TOTAL, keys.size())
                .with(Output.PAGES, Math.ceilDiv(keys.size(), size))
                .with(Output.DIRECTION, down ? "DESC" : "ASC");
        return asked.dialect()
                .names()
                .ofOrder(order)
                .map(name -> result.with(Output.ORDER, name))
                .orElse(result);
    }

    /// The order that the request asks for; empty when it asks for none, or for one that there is not.
    static Optional<KeyOrder> order(Asked asked) {
        return asked.shown()
                .get(Input.ORDER)
                .map(Secret::reveal)
                .flatMap(asked.dialect().names()::order);
    }

    private static Comparator<Credential> by(KeyOrder order) {
        return switch (order) {
            case CREATED -> Comparator.comparing(Credential::createdAt);
            case NAME -> Comparator.comparing(Credential::name);
            case NOT_BEFORE ->
                Comparator.comparing(key -> key.standing().window().notBefore().orElse(Instant.MIN));
            case NOT_AFTER ->
                Comparator.comparing(key -> key.standing().window().expiresAt().orElse(Instant.MAX));
        };
    }

    /// What is no number says nothing.
    private static long number(Asked asked, Input input, long otherwise, long most) {
        return asked.shown()
                .get(input)
                .map(Secret::reveal)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Math.min(most, Long.parseLong(text)))
                .orElse(otherwise);
    }

    /// Whether the request speaks of keys that count, or that do not.
    static Optional<Boolean> enabled(Asked asked) {
        return asked.shown()
                .get(Input.ENABLED)
                .map(Secret::reveal)
                .filter(text -> text.equals("true") || text.equals("false"))
                .map(Boolean::parseBoolean);
    }

    private static boolean counts(Credential key) {
        return key.standing().holds().isEmpty();
    }

    /// One address is told without its length.
    private static String spelt(AddressBlock block) {
        String text = block.toString();
        int slash = text.indexOf('/');
        return slash > 0 && block.prefix() == (block.isIpv6() ? 128 : 32) ? text.substring(0, slash) : text;
    }

    /// @param told secrets that are told rather than a mask
    static Result shown(Asked asked, Credential key, Map<Id, Secret> told) {
        Result result = Result.NONE
                .with(Output.KEY, key.id().text())
                .with(Output.NAME, key.name())
                .with(
                        Output.SECRET,
                        Optional.ofNullable(told.get(key.id()))
                                .map(Secret::reveal)
                                .orElse(key.hint()))
                .with(Output.ORGANIZATION, TokenReply.spelt(asked, key.organization()))
                .with(Output.ENABLED, counts(key))
                .with(
                        Output.ADDRESSES,
                        key.restrictions().addresses().listed().stream()
                                .map(KeyView::spelt)
                                .toList())
                .with(
                        Output.SCOPES,
                        key.reach() instanceof Reach.Only(Rights rights)
                                ? rights.at(asked.api().id()).list()
                                : List.<String>of());
        KeyNote note = KeyNote.read(key.note());
        Result noted = note.marks().isEmpty()
                ? result.with(Output.PERMISSIONS, KeyWords.told(asked, note))
                : result.withObjects(Output.MARKS, note.marks());
        Window window = key.standing().window();
        Result begun = window.notBefore()
                .map(from -> noted.with(Output.NOT_BEFORE, from))
                .orElse(noted);
        return window.expiresAt().map(end -> begun.with(Output.NOT_AFTER, end)).orElse(begun);
    }
}
