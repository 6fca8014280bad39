package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Examination;
import dev.gatehouse.core.audit.Finding;
import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.core.audit.Sealing.Step;
import dev.gatehouse.core.audit.Seals;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditFilter;
import dev.gatehouse.core.store.AuditMark;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.testkit.SealSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The audit trail: searched, sealed, examined.
public abstract class AuditContract extends StoreContract {
    private final SealSigner signer = SealSigner.fresh("key_1");

    private AuditStore audit() {
        return store().audit();
    }

    private Sealing sealing() {
        return new Sealing(audit(), () -> Nouns.NOW);
    }

    private Organization added(Act by) {
        return done(store().members().add(nouns.organization(root(), "o" + nouns.id(Kind.ORGANIZATION)), by));
    }

    private void add(int rows) {
        for (int i = 0; i < rows; i++) {
            added(act);
        }
    }

    private long sealAll() {
        Sealing sealing = sealing();
        long seals = 0;
        while (sealing.step(signer::sign) instanceof Step.Sealed) {
            seals++;
        }
        return seals;
    }

    private List<Finding> examined() {
        Examination examination = new Examination(signer.keys(), Optional.empty());
        audit().seals(0, 1000).forEach(seal -> examination.next(seal, audit().sealed(seal.number(), 1000)));
        examination.strays(audit().strays(1000));
        examination.unsealed(audit().unsealed(1000));
        return examination.findings();
    }

    private Act by(Act.Actor actor, Instant at) {
        return new Act(actor, "request", at);
    }

    @Test
    void everyRowIsInExactlyOneSealAndTheChainHolds() {
        add(3);
        assertThat(sealAll()).isEqualTo(1);
        add(Seals.MAX_ROWS + 2);
        assertThat(sealAll()).isEqualTo(2);
        assertThat(sealAll()).isZero();
        List<AuditSeal> seals = audit().seals(0, 10);
        assertThat(seals).extracting(AuditSeal::number).containsExactly(1L, 2L, 3L);
        assertThat(seals).extracting(AuditSeal::count).containsExactly(4L, 200L, 2L);
        assertThat(audit().lastSeal()).contains(seals.getLast());
        assertThat(audit().seals(1, 1)).containsExactly(seals.get(1));
        assertThat(audit().unsealed(10)).isEmpty();
        assertThat(audit().sealed(1, 10))
                .hasSize(4)
                .isSortedAccordingTo((a, b) -> Long.compare(a.position(), b.position()));
        assertThat(examined()).isEmpty();
    }

    @Test
    void aSealOfATakenNumberLeavesNothing() {
        sealAll();
        AuditSeal first = audit().lastSeal().orElseThrow();
        add(1);
        List<AuditRow> rows = audit().unsealed(10);
        AuditSeal rival = Seals.next(Optional.empty(), rows, Nouns.NOW, signer::sign);
        assertThat(audit().seal(rival, List.of(rows.getFirst().position()))).isFalse();
        assertThat(audit().seals(0, 10)).containsExactly(first);
        assertThat(audit().unsealed(10)).isEqualTo(rows);
    }

    @Test
    void aSealOfARowThatIsSealedAlreadyLeavesNothing() {
        List<AuditRow> rows = audit().unsealed(10);
        sealAll();
        Optional<AuditSeal> first = audit().lastSeal();
        add(1);
        List<AuditRow> both = new ArrayList<>(rows);
        both.addAll(audit().unsealed(10));
        AuditSeal late = Seals.next(first, both, Nouns.NOW, signer::sign);
        assertThat(audit().seal(late, both.stream().map(AuditRow::position).toList()))
                .isFalse();
        assertThat(audit().lastSeal()).isEqualTo(first);
        assertThat(audit().unsealed(10)).hasSize(1);
        assertThat(sealAll()).isEqualTo(1);
        assertThat(examined()).isEmpty();
    }

    @Test
    void sealersThatRaceWithWritersAndEachOtherMakeOneChain() {
        List<List<Long>> made = Race.race(Race.callers(caller -> () -> {
            List<Long> mine = new ArrayList<>();
            Sealing sealing = sealing();
            for (int i = 0; i < 20; i++) {
                if (caller % 2 == 0) {
                    added(act);
                }
                if (sealing.step(signer::sign) instanceof Step.Sealed(AuditSeal seal, long forged)) {
                    assertThat(forged).isZero();
                    mine.add(seal.number());
                }
            }
            return mine;
        }));
        sealAll();
        List<Long> numbers = made.stream().flatMap(List::stream).toList();
        assertThat(numbers).doesNotHaveDuplicates();
        List<AuditSeal> seals = audit().seals(0, 1000);
        Set<Long> ids = new HashSet<>();
        long counted = 0;
        for (AuditSeal seal : seals) {
            counted += seal.count();
            audit().sealed(seal.number(), 1000).forEach(row -> ids.add(row.id()));
        }
        assertThat(counted).isEqualTo(81).isEqualTo(ids.size());
        assertThat(examined()).isEmpty();
    }

    @Test
    void whoSawTheEndOfTheChainKnowsThatItIsStillThere() {
        Sealing sealing = sealing();
        assertThat(sealing.continued()).isTrue();
        sealAll();
        assertThat(sealing.continued()).isTrue();
        add(1);
        sealAll();
        assertThat(sealing.continued()).isTrue();
        assertThat(sealing.continued()).isTrue();
    }

    @Test
    void aUserThatActedIsNamedAndFound() {
        Act.Actor.Member actor =
                new Act.Actor.Member(nouns.id(Kind.ORGANIZATION), nouns.id(Kind.USER), nouns.id(Kind.CREDENTIAL));
        Organization byUser = added(by(actor, Nouns.NOW));
        assertThat(trail().getFirst().act().actor()).isEqualTo(actor);
        assertThat(targets(filter(Optional.of(actor.member()), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly(byUser.id());
        assertThat(targets(filter(
                        Optional.of(new Id(Kind.APPLICATION, actor.member().value())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .isEmpty();
    }

    @Test
    void aSearchFindsWhoDidWhatToWhatAndWhen() {
        Instant later = Nouns.NOW.plus(Duration.ofHours(1));
        Act.Actor.Member actor = new Act.Actor.Member(
                nouns.id(Kind.ORGANIZATION), nouns.id(Kind.APPLICATION), nouns.id(Kind.CREDENTIAL));
        Organization byMember = added(by(actor, later));
        Organization byItself = added(by(new Act.Actor.Itself("part"), Nouns.NOW.minusSeconds(5)));
        for (Id id : List.of(actor.organization(), actor.member(), actor.credential())) {
            assertThat(targets(filter(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty())))
                    .containsExactly(byMember.id());
        }
        assertThat(targets(filter(Optional.empty(), Optional.of(byItself.id()), Optional.empty(), Optional.empty())))
                .containsExactly(byItself.id());
        assertThat(targets(
                        filter(Optional.empty(), Optional.empty(), Optional.of("organization.add"), Optional.empty())))
                .containsExactly(byMember.id(), byItself.id());
        assertThat(targets(filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(byMember.id()))))
                .containsExactly(byMember.id());
        assertThat(targets(filter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Id(Kind.APPLICATION, byMember.id().value())))))
                .isEmpty();
        assertThat(targets(during(Optional.of(later), Optional.empty()))).containsExactly(byMember.id());
        assertThat(targets(during(Optional.empty(), Optional.of(Nouns.NOW)))).containsExactly(byItself.id());
        assertThat(targets(during(Optional.of(Nouns.NOW), Optional.of(later)))).containsExactly(root());
    }

    private List<Id> targets(AuditFilter filter) {
        return audit().search(filter, Optional.empty(), 100).items().stream()
                .map(row -> row.target().orElseThrow())
                .toList();
    }

    private static AuditFilter filter(
            Optional<Id> actor, Optional<Id> organization, Optional<String> verb, Optional<Id> target) {
        return new AuditFilter(actor, organization, verb, target, Optional.empty(), Optional.empty());
    }

    private static AuditFilter during(Optional<Instant> from, Optional<Instant> to) {
        return new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), from, to);
    }

    @Test
    void thePagesOfASearchHoldEveryRowOnceAlsoWhereTimesAreTheSame() {
        add(7);
        List<Long> seen = new ArrayList<>();
        Optional<AuditMark> after = Optional.empty();
        boolean more = true;
        while (more) {
            Page<AuditRow> page = audit().search(AuditFilter.ALL, after, 3);
            assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
            page.items().forEach(row -> seen.add(row.position()));
            AuditMark last = AuditMark.of(page.items().getLast());
            after = AuditMark.parse(last.text());
            assertThat(after).contains(last);
            more = page.more();
        }
        assertThat(seen).hasSize(8).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }
}
