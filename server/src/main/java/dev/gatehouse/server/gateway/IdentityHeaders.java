package dev.gatehouse.server.gateway;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Holder;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.token.Lineage;
import java.util.ArrayList;
import java.util.List;

/// Who is calling and what it may do, as headers. The gateway puts them on the call that it forwards,
/// forward-auth into its answer.
final class IdentityHeaders {
    private static final String ORGANIZATION = "X-Gatehouse-Organization";
    private static final String APPLICATION = "X-Gatehouse-Application";
    private static final String USER = "X-Gatehouse-User";
    private static final String CREDENTIAL = "X-Gatehouse-Credential";
    private static final String CLIENT_ID = "X-Gatehouse-Client-Id";
    private static final String CUSTOMER = "X-Gatehouse-Customer";
    private static final String SCOPE = "X-Gatehouse-Scope";
    private static final String DETAILS = "X-Gatehouse-Authorization-Details";
    private static final String ASSERTION = "X-Gatehouse-Assertion";

    /// Every header that [#of] may make, and no other.
    static final List<String> NAMES =
            List.of(ORGANIZATION, APPLICATION, USER, CREDENTIAL, CLIENT_ID, CUSTOMER, SCOPE, DETAILS, ASSERTION);

    private IdentityHeaders() {}

    /// @param assertion the signed form of the same statement
    static List<Header> of(Verdict.Allowed allowed, String assertion) {
        Lineage lineage = allowed.lineage();
        List<Header> headers = new ArrayList<>(List.of(
                new Header(ORGANIZATION, lineage.organization().text()),
                who(allowed.members().holder()),
                new Header(CREDENTIAL, lineage.credential().text()),
                new Header(
                        CLIENT_ID, allowed.actor().orElseGet(allowed.members().holder()::subject)),
                new Header(SCOPE, allowed.scopes().text()),
                new Header(ASSERTION, assertion)));
        if (lineage.client().kind() == Kind.APPLICATION && allowed.members().holder() instanceof Person) {
            headers.add(new Header(APPLICATION, lineage.client().text()));
        }
        if (!allowed.details().isEmpty()) {
            headers.add(new Header(DETAILS, allowed.details().text()));
        }
        lineage.customer().ifPresent(customer -> headers.add(new Header(CUSTOMER, customer.text())));
        return List.copyOf(headers);
    }

    private static Header who(Holder holder) {
        return switch (holder) {
            case Application application ->
                new Header(APPLICATION, application.id().text());
            case Person person -> new Header(USER, person.user().text());
        };
    }
}
