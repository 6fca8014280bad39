package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Standing;
import java.util.List;

/// Customers of organizations: the table of their members and the operations on them.
final class Customers {
    static final Attribute<Customer, String> NAME = Attribute.of("name", Types.NAME, Customer::name);

    static final Noun<Customer> NOUN = new Noun<>(
            "customer",
            StandingAttributes.with(
                    List.of(
                            Attribute.of("id", Types.id(Kind.CUSTOMER), Customer::id),
                            Attribute.of("organization", Types.id(Kind.ORGANIZATION), Customer::organization),
                            NAME,
                            Attribute.of("created_at", Types.TIME, Customer::createdAt)),
                    Customer::standing));

    static final Form CREATE = Form.of(
            Form.required(NAME),
            Form.optional(StandingAttributes.NOT_BEFORE),
            Form.optional(StandingAttributes.EXPIRES_AT));

    static final Form PATCH = Form.of(Form.optional(NAME)).and(StandingAttributes.SCHEDULE);

    private Customers() {}

    static Got<Reply> get(Call call) {
        return call.customer().map(customer -> Replies.shown(200, NOUN, customer, call));
    }

    static Got<Reply> list(Call call) {
        return call.organization()
                .then(organization -> call.query()
                        .slice(Kind.CUSTOMER)
                        .map(slice -> call.desk().store().customers().customers(organization.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Customer::id, call)));
    }

    static Got<Reply> create(Call call) {
        return call.organization()
                .then(call::unmatched)
                .then(organization -> StandingAttributes.window(call.given(), call.now())
                        .map(window -> new Customer(
                                Id.random(Kind.CUSTOMER, call.desk().random()),
                                organization.id(),
                                call.given().need(NAME),
                                Standing.within(window),
                                call.now())))
                .then(customer -> call.write(
                        call.act(),
                        act -> call.desk().store().customers().add(customer, act),
                        added -> Replies.created("/v1/customers/" + added.id(), NOUN, added, call)));
    }

    /// Name and window. A customer has no rights, so a wider window hands out none.
    static Got<Reply> patch(Call call) {
        return call.customer()
                .then(it -> call.matched(NOUN, it))
                .then(before -> StandingAttributes.window(
                                call.given(), before.standing().window())
                        .map(window -> new Customer(
                                before.id(),
                                before.organization(),
                                call.given().get(NAME).orElse(before.name()),
                                StandingAttributes.with(before.standing(), window),
                                before.createdAt()))
                        .then(after -> call.write(
                                call.act(),
                                act -> call.desk().store().customers().replace(before, after, act),
                                done -> Replies.shown(200, NOUN, done, call))));
    }
}
