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
            names.stream()
                    .filter(Text::name)
                    .limit(MOST)
                    .filter(name ->
                            Named.customer(desk.store(), organization, name).isEmpty())
                    .forEach(name -> add(call, allowed, organization, name));
        } catch (FactsUnavailable e) {
            LOG.warn("request {}: customers were not learnt: {}", call.id(), e.getMessage());
        }
    }

    private void add(HttpFacts call, Verdict.Allowed allowed, Id organization, String name) {
        Customer customer = new Customer(
                Id.random(Kind.CUSTOMER, desk.random()),
                organization,
                name,
                Standing.FRESH,
                desk.store().clock().instant());
        switch (desk.store().customers().add(customer, Acts.of(desk, call, allowed.members()))) {
            // Another request may have learnt it, too.
            case Stored.Done<Customer> _, Stored.Conflict<Customer> _ -> {}
            case Stored.Missing<Customer> _, Stored.Moved<Customer> _, Stored.Full<Customer> _ ->
                LOG.warn("request {}: a customer was not learnt", call.id());
        }
    }
}
