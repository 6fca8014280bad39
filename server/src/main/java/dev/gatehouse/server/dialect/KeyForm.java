package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Decision;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a request says of an API key, read and held against what the caller may hand out: rights that it holds
/// and the keys' application gives, addresses within its own, and no end after its own credential's and
/// membership's (GAUNTLET H04). What is left out is as it was.
final class KeyForm {
    /// A key as it is to be.
    record Terms(String name, Reach reach, Restrictions restrictions, Window window, KeyNote note) {}

    /// What came of reading.
    sealed interface Read {
        record Fits(Terms key) implements Read {}

        record Wrong(Fault fault) implements Read {}
    }

    private static final int MOST_ADDRESSES = 64;

    private final Asked asked;
    private final Verdict.Allowed caller;
    private final List<Fault.Field> wrong = new ArrayList<>();

    KeyForm(Asked asked, Verdict.Allowed caller) {
        this.asked = asked;
        this.caller = caller;
    }

    /// @param before what stays where nothing is said
    /// @param role what all these keys may do at most
    /// @param fresh whether there was no key before
    /// @param back whether it opens again what it did not open for a while, which only who may give it all
    ///     gives back
    Read read(Terms before, Optional<Role> role, Instant now, boolean fresh, boolean back) {
        KeyNote note = KeyWords.note(asked, before.note(), fresh, wrong);
        Terms after = new Terms(
                value(Input.NAME, before.name(), KeyForm::name, "must be a name"),
                KeyWords.instead(asked)
                        ? permitted(before, note, role, fresh)
                        : value(
                                Input.SCOPES,
                                before.reach(),
                                text -> reach(text, role),
                                "must be scopes that may be given"),
                value(
                        Input.ADDRESSES,
                        before.restrictions(),
                        text -> addresses(text, before.restrictions()),
                        "must be at most " + MOST_ADDRESSES + " addresses or ranges"),
                new Window(
                        value(Input.NOT_BEFORE, before.window().notBefore(), KeyForm::time, "must be a time"),
                        value(Input.NOT_AFTER, before.window().expiresAt(), KeyForm::time, "must be a time")),
                note);
        if (note.text().length() > Credential.MAX_NOTE) {
            wrong.add(new Fault.Field(asked.name(Input.MARKS), "is too long"));
        }
        Window window = after.window();
        boolean upsideDown = window.expiresAt()
                .filter(end -> !end.isAfter(window.notBefore().orElse(Instant.MIN)))
                .isPresent();
        boolean over = window.over(now) && !window.equals(before.window());
        if (upsideDown || over) {
            wrong.add(new Fault.Field(asked.name(Input.NOT_AFTER), "must be after the beginning, and to come"));
        }
        if (!wrong.isEmpty()) {
            return new Read.Wrong(Fault.of(RefusalClass.INVALID, wrong));
        }
        boolean gives = fresh
                || back
                || !after.reach().equals(before.reach())
                || !after.restrictions().equals(before.restrictions())
                || !window.equals(before.window());
        return gives && !givable(after) ? new Read.Wrong(Fault.of(RefusalClass.FORBIDDEN)) : new Read.Fits(after);
    }

    /// What the provider's permissions stand for, when they are said or there are none yet.
    private Reach permitted(Terms before, KeyNote note, Optional<Role> role, boolean fresh) {
        if (!fresh && !asked.shown().has(Input.PERMISSIONS)) {
            return before.reach();
        }
        Rights most = role.map(Role::rights).orElse(Rights.NONE);
        Rights held = Decision.rights(caller, this::catalogue);
        return new Reach.Only(KeyWords.rights(
                asked,
                KeyWords.told(asked, note),
                one -> one.within(most, this::catalogue) && one.within(held, this::catalogue)));
    }

    private <T> T value(Input input, T before, Function<String, Optional<T>> read, String problem) {
        Optional<String> text = asked.shown().get(input).map(Secret::reveal);
        if (text.isEmpty()) {
            return before;
        }
        Optional<T> value = read.apply(text.get());
        if (value.isEmpty()) {
            wrong.add(new Fault.Field(asked.name(input), problem));
        }
        return value.orElse(before);
    }

    private static Optional<String> name(String text) {
        return Optional.of(text).filter(Text::name);
    }

    /// None when the text is empty, never all.
    private Optional<Reach> reach(String text, Optional<Role> role) {
        Optional<Scopes> scopes = text.isEmpty() ? Optional.of(Scopes.NONE) : Scopes.parse(text);
        Id api = asked.api().id();
        Rights most = role.map(Role::rights).orElse(Rights.NONE);
        return scopes.filter(known -> known.list().stream().allMatch(asked.api().catalogue()::knows))
                .map(known -> Rights.at(api, known))
                .filter(rights -> rights.within(most, this::catalogue))
                .<Reach>map(Reach.Only::new);
    }

    private static Optional<Restrictions> addresses(String text, Restrictions before) {
        List<AddressBlock> blocks = new ArrayList<>();
        for (String block : text.isEmpty() ? List.<String>of() : Arrays.asList(text.split(" ", -1))) {
            Optional<AddressBlock> parsed = AddressBlock.parse(block);
            if (parsed.isEmpty() || blocks.size() >= MOST_ADDRESSES) {
                return Optional.empty();
            }
            blocks.add(parsed.get());
        }
        return Optional.of(new Restrictions(
                Restriction.ofListed(blocks.stream().distinct().toList()),
                before.apis(),
                before.origins(),
                before.rate()));
    }

    /// UTC where no zone is named; of years with four digits (RFC 3339), as the admin API takes them.
    private static Optional<Optional<Instant>> time(String text) {
        try {
            Instant time = instant(text);
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            return year >= 0 && year <= 9999 ? Optional.of(Optional.of(time)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        if (text.endsWith("Z")) {
            return Instant.parse(text);
        }
        return sign <= text.indexOf('T')
                ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                : LocalDateTime.parse(text.substring(0, sign)).toInstant(ZoneOffset.of(text.substring(sign)));
    }

    /// A key as it is.
    static Terms terms(Credential key) {
        return new Terms(
                key.name(), key.reach(), key.restrictions(), key.standing().window(), KeyNote.read(key.note()));
    }

    /// Whether the caller could have made a key that is there: none that opens all of a role.
    boolean givable(Credential key) {
        return key.reach() instanceof Reach.Only && givable(terms(key));
    }

    private boolean givable(Terms key) {
        Rights rights = key.reach() instanceof Reach.Only(Rights only) ? only : Rights.NONE;
        Restrictions own = caller.members().credential().restrictions();
        boolean addresses = switch (own.addresses()) {
            case Restriction.Unrestricted<AddressBlock>() -> true;
            case Restriction.Only<AddressBlock>(List<AddressBlock> allowed) ->
                key.restrictions().addresses() instanceof Restriction.Only<AddressBlock>(List<AddressBlock> blocks)
                        && blocks.stream().allMatch(block -> allowed.stream().anyMatch(one -> one.covers(block)));
        };
        Optional<Instant> end = Stream.concat(
                        Stream.of(caller.members().credential().standing()),
                        caller.members().holder().standings().stream())
                .map(Standing::window)
                .flatMap(window -> window.expiresAt().stream())
                .min(Instant::compareTo);
        boolean inTime = end.isEmpty()
                || key.window().expiresAt().filter(it -> !it.isAfter(end.get())).isPresent();
        return addresses
                && inTime
                && own.rate().isEmpty()
                && rights.within(Decision.rights(caller, this::catalogue), this::catalogue);
    }

    private Catalogue catalogue(Id api) {
        return asked.desk().store().facts().apis().stream()
                .filter(one -> one.id().equals(api))
                .findFirst()
                .map(Api::catalogue)
                .orElse(Catalogue.EMPTY);
    }
}
