package dev.gatehouse.server.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.SecretCopyStore;
import dev.gatehouse.core.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a sweep asks of its store: so much at a time, all of it in the end, and from the beginning again.
class CopySweepTest {
    /// So many pages of copies, and where it was asked to look.
    private static final class Pages implements SecretCopyStore {
        private final int pages;
        private final List<Long> asked = new ArrayList<>();
        private int outages;

        Pages(int pages) {
            this.pages = pages;
        }

        @Override
        public Optional<Id> sweep(Optional<Id> after) {
            if (outages > 0) {
                outages--;
                throw new FactsUnavailable("the database is away");
            }
            long page = after.map(Id::value).orElse(0L) + 1;
            asked.add(page);
            return page < pages ? Optional.of(new Id(Kind.CREDENTIAL, page)) : Optional.empty();
        }

        @Override
        public Stored<List<SecretCopy>> reveal(List<Id> credentials, Act act) {
            throw new AssertionError("a sweep tells nobody");
        }

        @Override
        public List<SecretCopy> copies(Optional<Id> after, int limit) {
            throw new AssertionError("a sweep reads no secret");
        }

        @Override
        public boolean rewrap(SecretCopy before, Encrypted sealed) {
            throw new AssertionError("a sweep writes no secret");
        }
    }

    @Test
    void aGoIsBoundedAndTheNextGoesOnWhereItStopped() {
        Pages pages = new Pages(CopySweep.PAGES + 20);
        CopySweep sweep = new CopySweep(pages, () -> false);
        sweep.go();
        assertThat(pages.asked).hasSize(CopySweep.PAGES).endsWith((long) CopySweep.PAGES);
        sweep.go();
        assertThat(pages.asked).hasSize(CopySweep.PAGES + 20).doesNotHaveDuplicates();
    }

    @Test
    void behindTheEndItBeginsAgain() {
        Pages pages = new Pages(3);
        CopySweep sweep = new CopySweep(pages, () -> false);
        sweep.go();
        sweep.go();
        assertThat(pages.asked).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
    }

    @Test
    void anOutageLosesNoPlace() {
        Pages pages = new Pages(CopySweep.PAGES + 1);
        CopySweep sweep = new CopySweep(pages, () -> false);
        sweep.go();
        pages.outages = 1;
        sweep.go();
        sweep.go();
        assertThat(pages.asked).hasSize(CopySweep.PAGES + 1).doesNotHaveDuplicates();
    }

    @Test
    void whoStopsWaitsForOnePageAtMost() {
        Pages pages = new Pages(10);
        new CopySweep(pages, () -> true).go();
        assertThat(pages.asked).hasSize(1);
    }
}
