package dev.gatehouse.storage.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.feed.Change;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Facts over a database that this process has for itself, and what is in it.
abstract class LocalFactsFixture {
    static final FactBounds BOUNDS = new FactBounds(1_000, 200, 100, 50, 64, 10);

    final Table table = new Table();
    final Organization root = table.organization(1, Optional.empty());
    final Organization customer = table.organization(2, Optional.of(root.id()));
    final Role role = table.role(1, root);
    final Application application = table.application(1, customer, Optional.of(role.id()));
    final Credential credential = table.credential(1, application);
    final Clock clock = new Clock();
    final MemoryFacts memory = new MemoryFacts(table, BOUNDS, () -> 0, clock);
    final FactSource facts = new LiveSource(memory, new AlwaysFresh());

    static final class Clock implements InstantSource {
        Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }
    }

    static final class AlwaysFresh implements Freshness {
        @Override
        public boolean fresh(long arrivedNanos) {
            return true;
        }

        @Override
        public void catchUp() {}
    }

    void apply(Id... changed) {
        memory.apply(List.of(changed).stream().map(Change::of).toList());
    }

    static Members known(Look<Members> look) {
        assertThat(look).isInstanceOf(Look.Known.class);
        return ((Look.Known<Members>) look).value();
    }
}
