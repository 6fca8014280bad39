package dev.gatehouse.server.dialect;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.write.Result;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// API keys as a dialect shows them, and pages of them.
final class KeyView {
    private static final int MOST_ITEMS = 100;

    private KeyView() {}

    /// The page that is asked for, oldest first.
    static Result page(Asked asked, List<Credential> all) {
        Optional<Boolean> enabled = enabled(asked);
        List<Credential> keys = all.stream()
                .filter(key -> enabled.isEmpty() || enabled.get() == counts(key))
                .sorted(Comparator.comparing(Credential::createdAt)
                        .thenComparingLong(key -> key.id().value()))
                .toList();
        int size = Math.max(1, (int) number(asked, Input.PAGE_SIZE, MOST_ITEMS, MOST_ITEMS));
        long page = number(asked, Input.PAGE, 0, Integer.MAX_VALUE);
        return Result.NONE
                .withItems(keys.stream()
                        .skip(page * size)
                        .limit(size)
                        .map(key -> shown(asked, key))
                        .toList())
                .with(Output.PAGE, page)
                .with(Output.PAGE_SIZE, size)
                .with(Output.TOTAL, keys.size())
                .with(Output.PAGES, Math.ceilDiv(keys.size(), size));
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

    static Result shown(Asked asked, Credential key) {
        Result result = Result.NONE
                .with(Output.KEY, key.id().text())
                .with(Output.NAME, key.name())
                .with(Output.SECRET, key.hint())
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
        Window window = key.standing().window();
        Result begun = window.notBefore()
                .map(from -> result.with(Output.NOT_BEFORE, from))
                .orElse(result);
        return window.expiresAt().map(end -> begun.with(Output.NOT_AFTER, end)).orElse(begun);
    }
}
