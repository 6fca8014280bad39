package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.store.TokenStore.Ended;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tokens that end before their time. The store under test has [#ROOM] for them.
public abstract class TokenContract extends StoreContract {
    /// How many dead tokens fit.
    protected static final TokenStore.Room ROOM = new TokenStore.Room(3, 2);

    private static final Instant END = Nouns.NOW.plus(Duration.ofMinutes(15));

    private Credential credential() {
        return credential(root());
    }

    private Credential credential(Id organization) {
        Application application = done(store().members()
                .add(nouns.application(organization, nouns.id(Kind.APPLICATION).text()), act));
        return done(store().members().add(nouns.credential(application, CredentialKind.SECRET), act));
    }

    private Id organization(Id parent) {
        String name = nouns.id(Kind.ORGANIZATION).text();
        return done(store().members().add(nouns.organization(parent, name), act))
                .id();
    }

    /// Takes the whole share of a customer.
    private void use(Credential credential) {
        IntStream.range(0, ROOM.share()).forEach(_ -> {
            Stored<Ended> ended = store().tokens().revoke(token(credential), act);
            assertThat(done(ended)).isEqualTo(Ended.ALONE);
        });
    }

    private Claims token(Credential below) {
        return token(below, below.standing().generation(), END);
    }

    private Claims token(Credential below, long generation, Instant end) {
        return new Claims(
                nouns.id(Kind.TOKEN),
                nouns.id(Kind.API),
                "client",
                "client",
                new Lineage(below.organization(), below.holder(), below.id(), new Generations(generation, 0, 0, 0)),
                Scopes.of("read"),
                end.minus(Duration.ofMinutes(15)),
                end);
    }

    @Test
    void supersedingEndsWhatWasIssuedAndLeavesNoAuditRow() {
        Credential below = credential();
        int before = trail().size();
        for (long generation = 1; generation <= 3; generation++) {
            assertThat(done(store().tokens().supersede(below.id(), act))).isEqualTo(generation);
            Credential after = store().members().credential(below.id()).orElseThrow();
            assertThat(after.standing().generation()).isEqualTo(generation);
            assertThat(after.standing().version()).isEqualTo(generation);
        }
        assertThat(trail()).hasSize(before);
        done(store().members().revoke(below.id(), act));
        assertThat(store().tokens().supersede(below.id(), act)).isInstanceOf(Stored.Missing.class);
        assertThat(store().tokens().supersede(nouns.id(Kind.CREDENTIAL), act)).isInstanceOf(Stored.Missing.class);
    }

    private boolean dead(Claims token) {
        return store().facts().dead(token.id());
    }

    private long generation(Credential of) {
        return store().members().credential(of.id()).orElseThrow().standing().generation();
    }

    private Act at(Instant now) {
        return new Act(act.actor(), act.requestId(), now);
    }

    @Test
    void oneTokenEndsAndItsCredentialStays() {
        Credential credential = credential();
        Claims token = token(credential);
        Claims other = token(credential);
        int before = trail().size();
        assertThat(dead(token)).isFalse();
        Stored<Ended> stored = store().tokens().revoke(token, act);
        assertThat(done(stored)).isEqualTo(Ended.ALONE);
        assertThat(((Stored.Done<Ended>) stored).receipt().orElseThrow().runOut())
                .isZero();
        assertThat(dead(token)).isTrue();
        assertThat(dead(other)).isFalse();
        assertThat(store().members().credential(credential.id())).contains(credential);
        audited(before, "token.revoke", token.id());
        assertThat(trail().getFirst().organization()).contains(credential.organization());
        assertThat(trail().getFirst().detail())
                .contains(credential.id().text(), credential.holder().text(), END.toString());
    }

    @Test
    void whatHasEndedIsLeftAsItIs() {
        Credential credential = credential();
        Claims token = token(credential);
        done(store().tokens().revoke(token, act));
        Claims superseded = token(credential);
        Credential other = credential();
        done(store().members().cut(credential.id(), act));
        done(store().members().revoke(other.id(), act));
        int before = trail().size();
        for (Claims one : List.of(token, superseded, token(other))) {
            assertThat(done(store().tokens().revoke(one, act))).isEqualTo(Ended.BEFORE);
        }
        Credential unknown = nouns.credential(
                store().members().application(credential.holder()).orElseThrow(), CredentialKind.SECRET);
        assertThat(done(store().tokens().revoke(token(unknown), act))).isEqualTo(Ended.BEFORE);
        assertThat(trail()).hasSize(before);
        assertThat(dead(superseded)).isFalse();
    }

    /// The credential of a database that was restored from a backup may be older than its tokens.
    @Test
    void aTokenThatIsNewerThanItsCredentialEndsToo() {
        Credential credential = credential();
        Claims ahead = token(credential, credential.standing().generation() + 5, END);
        assertThat(done(store().tokens().revoke(ahead, act))).isEqualTo(Ended.ALONE);
        assertThat(dead(ahead)).isTrue();
    }

    /// One that was renewed meanwhile does not come back when the first of its line would have expired.
    @Test
    void aTokenThatMayHaveBeenRenewedIsDeadUntilTheLastOfItsLineCouldHaveEnded() {
        Claims token = token(credential());
        Instant last = token.lineEnd(true);
        assertThat(last).isEqualTo(token.issuedAt().plus(TokenPolicy.MAX_RENEWAL));
        int before = trail().size();
        assertThat(done(store().tokens().revoke(token, act))).isEqualTo(Ended.ALONE);
        assertThat(trail().getFirst().detail()).contains(END.toString());
        assertThat(done(store().tokens().revoke(token, last, act))).isEqualTo(Ended.ALONE);
        assertThat(trail().getFirst().detail()).contains(last.toString());
        assertThat(done(store().tokens().revoke(token, last, act))).isEqualTo(Ended.BEFORE);
        assertThat(done(store().tokens().revoke(token, act))).isEqualTo(Ended.BEFORE);
        assertThat(trail()).hasSize(before + 2);
        Instant after = END.plus(Duration.ofHours(1));
        Claims other = token(credential(), 0, after.plus(Duration.ofMinutes(15)));
        assertThat(done(store().tokens().revoke(other, at(after)))).isEqualTo(Ended.ALONE);
        assertThat(dead(token)).isTrue();
        assertThat(done(store().tokens().revoke(token, last, at(after))))
                .as("its row is not swept before the end of its line")
                .isEqualTo(Ended.BEFORE);
    }

    @Test
    void ofManyThatEndTheSameTokenOneDoesIt() {
        Claims token = token(credential());
        Map<Ended, Long> ended = race(callers(_ -> () -> done(store().tokens().revoke(token, act)))).stream()
                .collect(Collectors.groupingBy(one -> one, Collectors.counting()));
        assertThat(ended).isEqualTo(Map.of(Ended.ALONE, 1L, Ended.BEFORE, CALLERS - 1L));
        assertThat(trail().stream().filter(row -> row.verb().equals("token.revoke")))
                .hasSize(1);
    }

    /// Past the bound more ends than was asked for, never less.
    @Test
    void whenTheDeadSetIsFullTheCredentialIsCut() {
        Credential full = credential();
        use(full);
        Credential credential = credential(organization(root()));
        done(store().tokens().revoke(token(credential), act));
        Claims token = token(credential);
        int before = trail().size();
        assertThat(done(store().tokens().revoke(token, act))).isEqualTo(Ended.WITH_ITS_CREDENTIAL);
        assertThat(generation(credential)).isEqualTo(credential.standing().generation() + 1);
        assertThat(facts(credential.id()).credential().standing().generation())
                .isEqualTo(credential.standing().generation() + 1);
        audited(before, "credential.cut", credential.id());
        assertThat(trail().getFirst().detail()).contains(token.id().text());
        assertThat(done(store().tokens().revoke(token, act))).isEqualTo(Ended.BEFORE);
        assertThat(generation(credential)).isEqualTo(credential.standing().generation() + 1);
        assertThat(generation(full)).isEqualTo(full.standing().generation());
        assertThat(trail()).hasSize(before + 1);
    }

    @Test
    void whatHasExpiredMakesRoom() {
        Credential credential = credential();
        use(credential);
        for (Instant later : List.of(END, END.plus(Duration.ofHours(1)))) {
            Claims token = token(credential, credential.standing().generation(), later.plus(Duration.ofMinutes(15)));
            assertThat(done(store().tokens().revoke(token, at(later)))).isEqualTo(Ended.ALONE);
            assertThat(dead(token)).isTrue();
        }
    }

    /// Writers that race for the last places may pass the bound by a few, or cut; no token is left alive.
    @Test
    void whoRacesForTheLastPlacesEndsItsToken() {
        List<Credential> credentials = IntStream.range(0, CALLERS)
                .mapToObj(_ -> credential(organization(root())))
                .toList();
        List<Claims> tokens = credentials.stream().map(this::token).toList();
        List<Stored<Ended>> ended = race(callers(i -> () -> store().tokens().revoke(tokens.get(i), act)));
        assertThat(ended).allMatch(Stored.Done.class::isInstance);
        List<Credential> cut = credentials.stream()
                .filter(one -> generation(one) > one.standing().generation())
                .toList();
        for (int i = 0; i < CALLERS; i++) {
            assertThat(dead(tokens.get(i))).isNotEqualTo(cut.contains(credentials.get(i)));
        }
        assertThat(trail().stream().filter(row -> row.verb().equals("credential.cut")))
                .hasSameSizeAs(cut);
    }

    /// A customer is an organization below the provider's with all that are below it, however many it makes.
    @Test
    void noCustomerTakesMoreThanItsShare() {
        Id customer = organization(root());
        Credential above = credential(customer);
        Credential below = credential(organization(organization(customer)));
        Claims dead = token(above);
        done(store().tokens().revoke(dead, act));
        done(store().tokens().revoke(token(below), act));
        for (Credential credential : List.of(above, below, credential(organization(customer)))) {
            Claims token = token(credential);
            assertThat(store().tokens().revoke(token, act)).isInstanceOf(Stored.Full.class);
            assertThat(dead(token)).isFalse();
            assertThat(generation(credential)).isEqualTo(credential.standing().generation());
        }
        assertThat(trail().stream().filter(row -> row.verb().equals("token.revoke")))
                .hasSize(2);
        assertThat(done(store().tokens().revoke(dead, act))).isEqualTo(Ended.BEFORE);
        assertThat(done(store().tokens().revoke(token(credential(organization(root()))), act)))
                .as("another customer's")
                .isEqualTo(Ended.ALONE);
    }

    @Test
    void aWholeCredentialEndsHoweverManyOfItsTokensDid() {
        Id customer = organization(root());
        Credential cut = credential(customer);
        Credential revoked = credential(customer);
        use(cut);
        done(store().members().cut(cut.id(), act));
        done(store().members().revoke(revoked.id(), act));
        for (Credential credential : List.of(cut, revoked)) {
            assertThat(done(store().tokens().revoke(token(credential), act)))
                    .as("its tokens do not count any more")
                    .isEqualTo(Ended.BEFORE);
        }
    }

    @Test
    void ofManyThatRaceForTheRestOfAShareNoneIsToldOfAnEndThatIsNone() {
        Credential credential = credential(organization(root()));
        List<Claims> tokens =
                IntStream.range(0, CALLERS).mapToObj(_ -> token(credential)).toList();
        List<Stored<Ended>> ended = race(callers(i -> () -> store().tokens().revoke(tokens.get(i), act)));
        for (int i = 0; i < CALLERS; i++) {
            assertThat(dead(tokens.get(i))).isEqualTo(ended.get(i) instanceof Stored.Done<Ended>);
        }
        assertThat(tokens.stream().filter(this::dead)).hasSizeGreaterThanOrEqualTo(ROOM.share());
        assertThat(generation(credential)).isEqualTo(credential.standing().generation());
    }
}
