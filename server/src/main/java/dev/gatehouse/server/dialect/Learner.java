package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps up with customers that are made through the provider's own API: whoever a reply names is there from then
/// on. The reply goes on whatever comes of it, because what the provider did is done; what was missed is learnt
/// from the next reply that names it.
final class Learner {
    private static final Logger LOG = LoggerFactory.getLogger(Learner.class);

    /// The most that are learnt from one reply.
    private static final int MOST = 1_000;

    private final Desk desk;

    Learner(Desk desk) {
        this.desk = desk;
    }

    void learn(HttpFacts call, Verdict.Allowed allowed, Set<String> names) {
        Id organization = allowed.members().organization().id();
        try {
            Set<String> known = desk.store().customers().known(organization, names);
            List<Customer> unknown = names.stream()
                    .filter(Text::name)
                    .filter(name -> !known.contains(name))
                    .limit(MOST)
                    .map(name -> customer(organization, name))
                    .toList();
            if (!unknown.isEmpty()) {
                add(call, allowed, unknown);
            }
        } catch (FactsUnavailable e) {
            LOG.warn("request {}: customers were not learnt: {}", call.id(), e.getMessage());
        }
    }

    private Customer customer(Id organization, String name) {
        return new Customer(
                Id.random(Kind.CUSTOMER, desk.random()),
                organization,
                name,
                Standing.FRESH,
                desk.store().clock().instant());
    }

    private void add(HttpFacts call, Verdict.Allowed allowed, List<Customer> customers) {
        Id organization = allowed.members().organization().id();
        switch (desk.store().customers().addNew(organization, customers, Acts.of(desk, call, allowed.members()))) {
            case Stored.Done<List<Customer>> _ -> {}
            case Stored.Missing<List<Customer>> _,
                    Stored.Conflict<List<Customer>> _,
                    Stored.Moved<List<Customer>> _,
                    Stored.Full<List<Customer>> _,
                    Stored.Forbidden<List<Customer>> _ -> LOG.warn("request {}: customers were not learnt", call.id());
        }
    }
}
