package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Looks;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/// API keys that users manage through their dialect, for their own organization or one below it. They are
/// credentials of one application of the organization, which is made with the first of them and has the role of
/// who made that.
final class Keys {
    /// Of a key without an end, where the file does not say.
    private static final Duration LIFE = Duration.ofDays(365);

    private final Desk desk;
    private final KeyHomes homes;

    Keys(Desk desk) {
        this.desk = desk;
        this.homes = new KeyHomes(desk);
    }

    private MemberStore members() {
        return desk.store().members();
    }

    /// Does something for the organization that is meant; others are not there (GAUNTLET H01).
    private Outcome at(Asked asked, BiFunction<Verdict.Allowed, Organization, Reply> answer) {
        return asked.managing(allowed -> place(asked, allowed)
                .map(place -> asked.managing(allowed, place.id(), there -> answer.apply(there, place)))
                .orElseGet(() -> asked.refused(new Refusal.NotFound())));
    }

    /// The caller's own organization, or one below it that is named.
    private Optional<Organization> place(Asked asked, Verdict.Allowed allowed) {
        Organization own = allowed.members().organization();
        Optional<String> named = asked.shown().get(Input.TARGET_ORGANIZATION).map(Secret::reveal);
        if (named.isEmpty() || named.equals(asked.dialect().names().own())) {
            return Optional.of(own);
        }
        List<Organization> chain =
                PublicUuid.organization(named.get()).map(members()::chain).orElse(List.of());
        return chain.stream().anyMatch(one -> one.id().equals(own.id()))
                ? Optional.of(chain.getFirst())
                : Optional.empty();
    }

    Outcome create(Asked asked) {
        return at(asked, (allowed, place) -> created(asked, allowed, place));
    }

    private Reply created(Asked asked, Verdict.Allowed allowed, Organization place) {
        Instant now = desk.store().clock().instant();
        Duration life =
                TokenReply.rule(asked, Input.API_KEY).flatMap(TokenRule::life).orElse(LIFE);
        KeyForm.Terms fresh = new KeyForm.Terms(
                "",
                new Reach.Only(Rights.NONE),
                restrictions(asked, allowed),
                new Window(Optional.of(now), Optional.of(now.plus(life))),
                KeyNote.NONE);
        return switch (new KeyForm(asked, allowed).read(fresh, homes.role(allowed, place), now, true, false)) {
            case KeyForm.Read.Wrong(Fault fault) -> asked.refused(fault);
            case KeyForm.Read.Fits(KeyForm.Terms key) ->
                asked.charging(
                        allowed,
                        charge -> homes.home(asked, allowed, place)
                                .map(home -> stored(asked, allowed, home, key, charge))
                                .orElseGet(
                                        () -> asked.uncharged(asked.unavailable("no application for keys"), charge)));
        };
    }

    private static Restrictions restrictions(Asked asked, Verdict.Allowed allowed) {
        return new Restrictions(
                allowed.members().credential().restrictions().addresses(),
                Restriction.ofListed(List.of(asked.api().id())));
    }

    private Reply stored(
            Asked asked, Verdict.Allowed allowed, Application home, KeyForm.Terms key, Charge.Made charge) {
        Id id = Id.random(Kind.CREDENTIAL, desk.random());
        KeyString drawn = drawn(asked, id);
        Credential credential = new Credential(
                        id,
                        home.id(),
                        home.organization(),
                        CredentialKind.API_KEY,
                        key.name(),
                        drawn.hint(),
                        desk.pepper().digest(drawn.text()),
                        key.reach(),
                        key.restrictions(),
                        Standing.within(key.window()),
                        desk.store().clock().instant())
                .noting(key.note().text());
        NewCredential fresh = desk.copies().with(credential, drawn.text(), Rights.NONE, List.of(asked.api()));
        return switch (members().add(fresh, Acts.of(desk, asked.http(), allowed.members()))) {
            case Stored.Done<Credential>(Credential added, var _) ->
                asked.answered(KeyView.shown(asked, added, Map.of(id, drawn.text())), charge);
            case Stored.Full<Credential> _ ->
                asked.uncharged(asked.refused(Fault.of(RefusalClass.LIMIT_REACHED)), charge);
            case Stored.Missing<Credential> _,
                    Stored.Conflict<Credential> _,
                    Stored.Moved<Credential> _,
                    Stored.Forbidden<Credential> _ ->
                asked.uncharged(asked.unavailable("the keys of the organization are being ended"), charge);
        };
    }

    private KeyString drawn(Asked asked, Id id) {
        return asked.dialect().keys().get(Input.API_KEY) == KeyShape.HEX32_UUID
                ? KeyString.drawHex(id, desk.checkKeys(), desk.random())
                : KeyString.draw(CredentialKind.API_KEY, "live", id, desk.checkKeys(), desk.random());
    }

    Outcome get(Asked asked) {
        return asked.managing(allowed -> found(asked, allowed)
                .map(key -> asked.managing(
                        allowed,
                        key.organization(),
                        there -> asked.charging(there, charge -> shown(asked, there, key, charge))))
                .orElseGet(() -> asked.refused(new Refusal.NotFound())));
    }

    private static Reply shown(Asked asked, Verdict.Allowed allowed, Credential key, Charge.Made charge) {
        return asked.answered(KeyView.shown(asked, key, Revealed.of(asked, allowed, key)), charge);
    }

    Outcome list(Asked asked) {
        boolean ordered =
                !asked.shown().has(Input.ORDER) || KeyView.order(asked).isPresent();
        return at(
                asked,
                (allowed, place) -> asked.charging(
                        allowed,
                        charge -> ordered
                                ? asked.answered(page(asked, allowed, place), charge)
                                : asked.noOrder(Input.ORDER)));
    }

    private Result page(Asked asked, Verdict.Allowed allowed, Organization place) {
        Optional<String> name = asked.shown().get(Input.NAME).map(Secret::reveal);
        return KeyView.page(
                asked,
                homes.application(place).stream()
                        .flatMap(home -> homes.keys(home, name).stream())
                        .toList(),
                keys -> Revealed.of(asked, allowed, keys));
    }

    Outcome update(Asked asked) {
        return asked.managing(allowed -> found(asked, allowed)
                .map(key -> asked.managing(allowed, key.organization(), there -> updated(asked, there, key)))
                .orElseGet(() -> asked.refused(new Refusal.NotFound())));
    }

    /// Nobody changes the key that it shows (GAUNTLET H05).
    private Reply updated(Asked asked, Verdict.Allowed allowed, Credential before) {
        if (before.id().equals(allowed.members().credential().id())) {
            return asked.refused(new Refusal.Forbidden(new Need.Authenticated()));
        }
        return switch (read(asked, allowed, before)) {
            case KeyForm.Read.Wrong(Fault fault) -> asked.refused(fault);
            case KeyForm.Read.Fits(KeyForm.Terms key) ->
                closes(asked, KeyForm.terms(before), key)
                        ? asked.ending(allowed, charge -> replaced(asked, allowed, before, key, charge))
                        : asked.charging(allowed, charge -> replaced(asked, allowed, before, key, charge));
        };
    }

    /// What the key is to be, where the request leaves out what stays.
    private KeyForm.Read read(Asked asked, Verdict.Allowed allowed, Credential before) {
        Organization place = members().organization(before.organization()).orElseThrow();
        boolean back = KeyView.enabled(asked).orElse(false)
                && before.standing().holds().contains(Hold.OWNER);
        return new KeyForm(asked, allowed)
                .read(
                        KeyForm.terms(before),
                        homes.role(allowed, place),
                        desk.store().clock().instant(),
                        false,
                        back);
    }

    /// Whether nothing is asked but that the key opens nothing any more. That is never put off by how often
    /// keys are changed.
    private static boolean closes(Asked asked, KeyForm.Terms before, KeyForm.Terms after) {
        return KeyView.enabled(asked).filter(enabled -> !enabled).isPresent()
                && after.name().equals(before.name())
                && after.reach().equals(before.reach())
                && after.restrictions().equals(before.restrictions())
                && after.note().equals(before.note());
    }

    /// Looks again when somebody else's change came first: what the request leaves out stays as that one said.
    private Reply replaced(
            Asked asked, Verdict.Allowed allowed, Credential before, KeyForm.Terms key, Charge.Made charge) {
        AtomicReference<Optional<Stored<Credential>>> first =
                new AtomicReference<>(Optional.of(written(asked, allowed, before, key)));
        Stored<Credential> stored = Looks.settled(
                () -> first.getAndSet(Optional.empty()).orElseGet(() -> again(asked, allowed, before.id())),
                Stored.Moved.class::isInstance);
        return told(asked, allowed, stored, charge);
    }

    private Stored<Credential> again(Asked asked, Verdict.Allowed allowed, Id key) {
        return members()
                .credential(key)
                .map(now -> switch (read(asked, allowed, now)) {
                    case KeyForm.Read.Fits(KeyForm.Terms terms) -> written(asked, allowed, now, terms);
                    case KeyForm.Read.Wrong _ -> new Stored.Moved<Credential>();
                })
                .orElseGet(Stored.Missing::new);
    }

    /// One write, whatever of it is asked for.
    private Stored<Credential> written(Asked asked, Verdict.Allowed allowed, Credential before, KeyForm.Terms key) {
        Act act = Acts.of(desk, asked.http(), allowed.members());
        Standing held = before.standing();
        Standing window = new Standing(held.holds(), held.revoked(), held.generation(), key.window(), held.version());
        Credential after = before.with(key.name(), key.reach(), key.restrictions(), window)
                .noting(key.note().text());
        return KeyView.enabled(asked)
                .map(enabled -> members().replace(before, after, !enabled, act))
                .orElseGet(() -> members().replace(before, after, act));
    }

    /// A key that was ended meanwhile is not there any more.
    private static Reply told(Asked asked, Verdict.Allowed allowed, Stored<Credential> stored, Charge.Made charge) {
        return switch (stored) {
            case Stored.Done<Credential>(Credential now, var _) ->
                asked.answered(KeyView.shown(asked, now, Revealed.afterwards(asked, allowed, now)), charge);
            case Stored.Forbidden<Credential> _ ->
                asked.uncharged(asked.refused(Fault.of(RefusalClass.FORBIDDEN)), charge);
            case Stored.Missing<Credential> _, Stored.Conflict<Credential> _ ->
                asked.uncharged(asked.refused(new Refusal.NotFound()), charge);
            case Stored.Moved<Credential> _, Stored.Full<Credential> _ ->
                asked.uncharged(asked.unavailable("the key is being changed"), charge);
        };
    }

    /// One of these keys, of the organization that is named or of any that the caller reaches; all others are not
    /// there (GAUNTLET H01).
    private Optional<Credential> found(Asked asked, Verdict.Allowed allowed) {
        Id own = allowed.members().organization().id();
        Optional<Organization> place = place(asked, allowed);
        boolean anywhere = !asked.shown().has(Input.TARGET_ORGANIZATION);
        return Id.parse(Kind.CREDENTIAL, asked.need(Input.TARGET_KEY).reveal())
                .flatMap(members()::credential)
                .filter(KeyHomes::managed)
                .filter(key -> anywhere
                        || place.filter(one -> one.id().equals(key.organization()))
                                .isPresent())
                .filter(key -> members().chain(key.organization()).stream()
                        .anyMatch(above -> above.id().equals(own)))
                .filter(key -> members()
                        .organization(key.organization())
                        .flatMap(homes::application)
                        .filter(home -> home.id().equals(key.holder()))
                        .isPresent());
    }
}
