package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Decision;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Looks;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import dev.gatehouse.core.token.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// One allowed request, read: who asks, what is given, and what may be seen. A caller sees its own organization
/// and everything below it; all else is not there (GAUNTLET H01), with one and the same answer as for what never
/// was.
///
/// @param path the values of the variables of the path
/// @param need what the operation takes, in the organization that it is about too
record Call(
        HttpFacts http,
        Verdict.Allowed verdict,
        Need need,
        Map<String, String> path,
        Query query,
        Given given,
        Desk desk,
        View view,
        Optional<KeyedRequest> keyed) {
    Instant now() {
        return view.now();
    }

    Members caller() {
        return verdict.members();
    }

    /// Whether the caller belongs to the provider.
    boolean provider() {
        return view.provider();
    }

    Act act() {
        return act(verdict, http, now());
    }

    /// What a caller does in one request.
    static Act act(Verdict.Allowed verdict, HttpFacts http, Instant now) {
        Members caller = verdict.members();
        return new Act(
                new Act.Actor.Member(
                        caller.organization().id(),
                        caller.holder().who(),
                        caller.credential().id()),
                http.id(),
                now);
    }

    /// Has one verb done and shows what it came to, in the verb's own transaction for a request that may be sent
    /// again.
    <T> Got<Reply> write(Act act, Function<Act, Stored<T>> verb, Function<T, Reply> shown) {
        Act once = keyed.map(request -> act.on(act.terms().and(request.once(shown))))
                .orElse(act);
        Stored<T> stored = verb.apply(once);
        return Problems.stored(stored).map(value -> {
            keyed.ifPresent(KeyedRequest::kept);
            return receipted(stored, shown.apply(value));
        });
    }

    /// Looks again, a few times, when somebody else's write came between reading and writing; not when the caller
    /// said which state it means.
    Got<Reply> settled(Supplier<Got<Reply>> attempt) {
        Got<Reply> reply = Looks.settled(attempt, got -> moved(got) && !Etags.conditional(http));
        return moved(reply) && Etags.conditional(http) ? Got.no(new Problem.PreconditionFailed()) : reply;
    }

    private static boolean moved(Got<Reply> reply) {
        return reply instanceof Got.No<Reply>(Problem.Moved _);
    }

    /// The reply with the receipt of the write that it is to.
    Reply receipted(Stored<?> stored, Reply reply) {
        return stored instanceof Stored.Done<?>(var _, Optional<Receipt> receipt) && receipt.isPresent()
                ? Receipts.on(reply, receipt.get(), view.at(desk.clock().instant()))
                : reply;
    }

    /// The same act on the terms that the member is still as it was when its tag was compared.
    Act act(Standing matched) {
        return Etags.conditional(http) ? act().on(Terms.version(matched.version())) : act();
    }

    /// The same act on the terms that all nodes know what came with a format: one of a release before would go on
    /// as if nobody had said anything.
    Act whenAllKnow(long format) {
        return act().known(Optional.of(format));
    }

    /// A noun that is as the caller's preconditions say (RFC 9110 section 13.1).
    <N> Got<N> matched(Noun<N> noun, N value) {
        return Etags.admits(http, Etags.of(noun.show(value, view)))
                .then(admitted -> admitted ? Got.of(value) : Got.no(new Problem.PreconditionFailed()));
    }

    /// A noun whose version is the one that the body names, if it names one.
    <N> Got<N> asRead(Attribute<N, Long> version, N noun, long now) {
        return given.get(version).orElse(now) == now
                ? Got.of(noun)
                : Got.no(new Problem.Conflict("it has been changed since; its version is " + now));
    }

    /// For what makes something new: it has no state that `If-Match` could name.
    <N> Got<N> unmatched(N value) {
        return Etags.conditional(http) ? Got.no(new Problem.PreconditionFailed()) : Got.of(value);
    }

    Grants grants() {
        return new Grants(verdict, view);
    }

    /// What the caller may hand out in an organization: what that lets it do at most bounds it.
    Grants grants(Id organization) {
        return new Grants(verdict.naming(chain(organization)), view);
    }

    /// The organization that the path names.
    Got<Organization> organization() {
        return seenOrganization(id(Kind.ORGANIZATION, "organization"));
    }

    /// The organization that a query parameter names, or the caller's own.
    Got<Organization> organizationIn(String parameter) {
        return query.parameter(parameter)
                .map(text -> seenOrganization(Id.parse(Kind.ORGANIZATION, text)))
                .orElseGet(() ->
                        seenOrganization(Optional.of(caller().organization().id())));
    }

    /// The organization that a member of the body names, or the caller's own.
    Got<Organization> organizationIn(Attribute<?, Id> member) {
        return seenOrganization(
                Optional.of(given.get(member).orElse(caller().organization().id())));
    }

    private Got<Organization> seenOrganization(Optional<Id> id) {
        return seen(id, desk.store().members()::organization, Organization::id);
    }

    /// The application that the path names.
    Got<Application> application() {
        return seen(
                id(Kind.APPLICATION, "application"), desk.store().members()::application, Application::organization);
    }

    /// The credential that the path names.
    Got<Credential> credential() {
        return seen(id(Kind.CREDENTIAL, "credential"), desk.store().members()::credential, Credential::organization);
    }

    /// The customer that the path names.
    Got<Customer> customer() {
        return seen(id(Kind.CUSTOMER, "customer"), desk.store().customers()::customer, Customer::organization);
    }

    /// The user that the path names.
    Got<User> user() {
        return seen(id(Kind.USER, "user"), desk.store().users()::user, User::organization);
    }

    /// The membership that the path names.
    Got<Membership> membership() {
        return seen(id(Kind.MEMBERSHIP, "membership"), desk.store().users()::membership, Membership::organization);
    }

    /// The connection that the path names.
    Got<Connection> connection() {
        return seen(
                id(Kind.CONNECTION, "connection"), desk.store().connections()::connection, Connection::organization);
    }

    /// The connect session that the path names.
    Got<ConnectSession> connectSession() {
        return seen(
                id(Kind.CONNECT_SESSION, "connect_session"),
                desk.store().connectSessions()::session,
                ConnectSession::organization);
    }

    /// The session that the path names; whoever sees its user sees it.
    Got<Session> session() {
        return id(Kind.SESSION, "session")
                .flatMap(desk.store().sessions()::session)
                .filter(session ->
                        UserSessions.home(this, session).filter(this::sees).isPresent())
                .<Got<Session>>map(Got::of)
                .orElseGet(() -> Got.no(Problem.NOT_FOUND));
    }

    /// The role that the path names.
    Got<Role> role() {
        return seen(id(Kind.ROLE, "role"), desk.store().apis()::role, Role::organization);
    }

    /// Whether an organization is the caller's, or one below it where it may do what this operation takes.
    boolean sees(Id organization) {
        List<Organization> chain = chain(organization);
        return reaches(chain) && may(chain);
    }

    /// Whether the caller may do there what another operation takes.
    boolean may(Id organization, Need other) {
        List<Organization> chain = chain(organization);
        return reaches(chain) && Decision.managing(verdict, chain, other).isPresent();
    }

    private boolean reaches(List<Organization> chain) {
        return chain.stream()
                .anyMatch(one -> one.id().equals(caller().organization().id()));
    }

    private boolean may(List<Organization> chain) {
        return Decision.managing(verdict, chain, need).isPresent();
    }

    /// An organization and all above it, with the rights of the roles that bound others there; empty when there is
    /// none.
    private List<Organization> chain(Id organization) {
        return desk.store().facts().loadOrganization(organization)
                        instanceof FactSource.Look.Known<List<Organization>>(List<Organization> chain)
                ? chain
                : List.of();
    }

    private <N> Got<N> seen(Optional<Id> id, Function<Id, Optional<N>> find, Function<N, Id> organization) {
        Optional<N> noun = id.flatMap(find);
        List<Organization> chain = noun.map(organization).map(this::chain).orElse(List.of());
        if (noun.isEmpty() || !reaches(chain)) {
            return Got.no(Problem.NOT_FOUND);
        }
        return may(chain) ? Got.of(noun.get()) : Got.no(new Problem.Refused(new Refusal.Forbidden(need)));
    }

    private Optional<Id> id(Kind kind, String variable) {
        return Optional.ofNullable(path.get(variable)).flatMap(text -> Id.parse(kind, text));
    }
}
