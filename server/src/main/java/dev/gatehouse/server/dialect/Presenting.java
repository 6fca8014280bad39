package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.read.Shown;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.server.gateway.Carried;
import java.util.Optional;
import java.util.function.BiFunction;

/// From the inputs of a dialect to what the core proves.
final class Presenting {
    /// How keys of the test environment begin; the check at their end covers it.
    private static final String TEST_KEY = "ghk_test_";

    /// Stands for organizations by names that none can have; zero is never drawn as an id.
    private static final Id NOBODY = new Id(Kind.ORGANIZATION, 0);

    private final Desk desk;
    private final BiFunction<HttpFacts, Refusal, Reply> refused;

    Presenting(Desk desk, BiFunction<HttpFacts, Refusal, Reply> refused) {
        this.desk = desk;
        this.refused = refused;
    }

    /// A client, and beside it the secret of a user.
    static Optional<Presented> beside(Shown shown) {
        return shown.get(Input.CLIENT_SECRET)
                .flatMap(secret -> shown.get(Input.CLIENT_ID).map(id -> new Presented.Client(id.reveal(), secret)))
                .flatMap(client -> shown.get(Input.USER_KEY).map(user -> new Presented.Beside(client, user)))
                .map(presented -> selecting(presented, shown));
    }

    /// What one declared set of inputs presents.
    static Optional<Presented> presented(Shown shown, HttpFacts http) {
        Optional<Presented> token = shown.get(Input.ACCESS_TOKEN).map(Presented.Token::new);
        Optional<Presented> key = shown.get(Input.API_KEY).map(Presented.Key::new);
        Optional<Presented> client = shown.get(Input.CLIENT_SECRET)
                .flatMap(secret -> shown.get(Input.CLIENT_ID).map(id -> new Presented.Client(id.reveal(), secret)));
        Optional<Presented> page = shown.get(Input.DOMAIN_KEY).map(Presented.DomainKey::new);
        Optional<Presented> session = shown.get(Input.SESSION).map(Presented.Session::new);
        return token.or(() -> key)
                .or(() -> client)
                .or(() -> page)
                .or(() -> session)
                .or(() -> login(shown, http))
                .map(presented -> selecting(presented, shown));
    }

    /// A user acts where it is at home.
    private static Optional<Presented> login(Shown shown, HttpFacts http) {
        return shown.get(Input.USERNAME)
                .map(Secret::reveal)
                .flatMap(name -> shown.get(Input.PASSWORD)
                        .map(password -> new Presented.Login(name, password, Optional.empty(), http.from())));
    }

    /// The same with whom the request names besides its credential.
    static Presented selecting(Presented presented, Shown shown) {
        Optional<String> clientId = shown.get(Input.CLIENT_ID).map(Secret::reveal);
        Optional<Id> organization = organization(shown);
        return clientId.isEmpty() && organization.isEmpty()
                ? presented
                : new Presented.Selecting(presented, clientId, organization);
    }

    /// The same with the organization alone.
    static Presented forOrganization(Presented presented, Shown shown) {
        return organization(shown)
                .<Presented>map(one -> new Presented.Selecting(presented, Optional.empty(), Optional.of(one)))
                .orElse(presented);
    }

    private static Optional<Id> organization(Shown shown) {
        return shown.get(Input.ORGANIZATION)
                .map(Secret::reveal)
                .map(name -> PublicUuid.organization(name).orElse(NOBODY));
    }

    /// What an ordinary call carries.
    Carried call(HttpFacts call, Api api, Shown shown) {
        if (shown.has(Input.TEST_KEY)) {
            return test(call, api, shown);
        }
        return presented(shown, call)
                .<Carried>map(Carried.One::new)
                .orElseGet(() -> unreadable(call, new Refusal.BadCredential("nobody has a credential of this kind")));
    }

    private Carried unreadable(HttpFacts call, Refusal refusal) {
        return new Carried.Unreadable(refusal, refused.apply(call, refusal));
    }

    /// A key for tests opens nothing live: whatever it opens goes to the upstream for tests. A live key is none.
    private Carried test(HttpFacts call, Api api, Shown shown) {
        Secret text = shown.get(Input.TEST_KEY).orElseThrow();
        if (!text.reveal().startsWith(TEST_KEY)) {
            return unreadable(call, new Refusal.BadCredential("not a key for tests"));
        }
        Presented.Key key = new Presented.Key(text);
        return shown.get(Input.CUSTOMER)
                .<Carried>map(name -> new Carried.Later(() -> acting(call, api, key, name.reveal())))
                .orElseGet(() -> new Carried.One(key, true));
    }

    private Carried acting(HttpFacts call, Api api, Presented.Key key, String name) {
        Ask who = new Ask.Call(Issuing.DELEGATES, call.from(), call.origin());
        Checked.Known checked =
                desk.verifier().verify(key, api, who, call.arrivedNanos()) instanceof Checked.Known known
                        ? known
                        : desk.verifier().verifyLoading(key, api, who, call.arrivedNanos());
        return switch (checked) {
            case Checked.Refused(Refusal refusal) -> unreadable(call, refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                desk.store()
                        .customers()
                        .customer(allowed.members().organization().id(), name)
                        .map(Customer::id)
                        .<Carried>map(customer -> new Carried.One(new Presented.Acting(key, customer), true))
                        .orElseGet(() -> unreadable(call, new Refusal.BadSubject(new Refusal.NotFound())));
        };
    }
}
