package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.dialect.json.JsonText;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.dialect.read.DialectReader;
import dev.gatehouse.dialect.read.Learnt;
import dev.gatehouse.dialect.read.Reading;
import dev.gatehouse.dialect.read.Shown;
import dev.gatehouse.dialect.write.DialectWriter;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.connect.ConnectPaths;
import dev.gatehouse.server.connect.ConnectionFault;
import dev.gatehouse.server.gateway.CallDialect;
import dev.gatehouse.server.gateway.Carried;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.gateway.StandardDialect;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One dialect of a file, served.
final class ServedDialect implements CallDialect {
    private final Dialect dialect;
    private final DialectReader reader;
    private final DialectWriter writer;
    private final Map<String, OwnEndpoint> documents;
    private final Map<String, OwnEndpoint> pages;
    private final Desk desk;
    private final Operating operating;
    private final Presenting presenting;
    private final Learner learner;
    private final Set<String> secretHeaders;

    /// @param pages for users, where the dialect takes their codes and the Api has users
    ServedDialect(Dialect dialect, Desk desk, Map<String, OwnEndpoint> documents, Map<String, OwnEndpoint> pages) {
        this.dialect = dialect;
        this.reader = new DialectReader(dialect);
        this.writer = new DialectWriter(dialect);
        this.documents = Map.copyOf(documents);
        boolean codes = dialect.endpoints().stream().anyMatch(one -> one.operation() == Operation.REDEEM);
        this.pages = codes ? Map.copyOf(pages) : Map.of();
        this.desk = desk;
        this.operating = new Operating(desk);
        this.presenting = new Presenting(desk, (call, refusal) -> writer.refused(call.path(), Fault.of(refusal)));
        this.learner = new Learner(desk);
        this.secretHeaders = reader.proofHeaders().stream().map(Header::fold).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Outcome> own(HttpFacts head, Api api) {
        Optional<PathPattern> path = reader.serving(head);
        if (path.isPresent()) {
            head.trace().route(api.name(), path.get()::text);
            return Optional.of(new Outcome.ReadBody(
                    JsonText.MAX_BYTES, http -> desk.later().go(http, api, this::asked)));
        }
        return OwnEndpoint.at(head, api, documents)
                .or(() -> api.openId() ? OwnEndpoint.at(head, api, pages) : Optional.empty())
                .or(() -> back(head, api));
    }

    /// Browsers that come back from a platform, where the dialect sends some there.
    private Optional<Outcome> back(HttpFacts head, Api api) {
        return HandingOver.callback(head)
                .flatMap(platform -> dialect.endpoints().stream()
                        .filter(endpoint -> endpoint.operation() == Operation.CONNECT)
                        .findFirst()
                        .map(endpoint -> {
                            head.trace().route(api.name(), () -> ConnectPaths.callback("{platform}"));
                            return operating
                                    .handingOver()
                                    .back(
                                            new Asked(head, api, dialect, writer, desk, endpoint, Shown.none()),
                                            platform);
                        }));
    }

    private Outcome asked(HttpFacts http, Api api) {
        return switch (reader.read(http)) {
            case Reading.Refused(Fault fault) -> {
                desk.observations().refused(http, api.name(), Faults.refusal(fault));
                // Nothing of a secret is in it, because the request was not read.
                Reply reply = writer.refused(http.path(), fault);
                yield new Outcome.Answer(
                        dialect.cors().isPresent() ? desk.cors().varying(reply, http, api) : reply);
            }
            case Reading.Asked(Endpoint endpoint, Shown shown) ->
                operating.answer(new Asked(http, api, dialect, writer, desk, endpoint, shown));
            case Reading.Called _, Reading.Nothing _ ->
                throw new IllegalStateException("a request for an endpoint was read as a call");
        };
    }

    /// Endpoints are for pages where the dialect says what pages send; calls always are.
    @Override
    public Optional<Set<String>> pageHeaders(HttpFacts question) {
        Optional<Set<String>> told = dialect.cors()
                .map(cors -> cors.headers().stream()
                        .map(header -> header.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
        return told.isEmpty() && !reader.answersAt(question.path()) ? Optional.of(Set.of()) : told;
    }

    @Override
    public boolean wantsBody(HttpFacts head) {
        return reader.wantsBody(head);
    }

    @Override
    public Carried read(HttpFacts call, Api api) {
        return switch (reader.read(call)) {
            case Reading.Refused(Fault fault) ->
                new Carried.Unreadable(Faults.refusal(fault), writer.refused(call.path(), fault));
            case Reading.Nothing() -> new Carried.Nothing();
            case Reading.Called(Shown shown) -> presenting.call(call, api, shown);
            // Its endpoints are answered at its own listeners; where somebody else's proxy asks, there is nothing.
            case Reading.Asked _ -> {
                Refusal nothing = new Refusal.NotFound();
                yield new Carried.Unreadable(nothing, refused(call, api, nothing));
            }
        };
    }

    @Override
    public Set<String> secretHeaders(Api api) {
        return secretHeaders;
    }

    @Override
    public String target(HttpFacts call) {
        return Queries.without(call, reader.proofParameters());
    }

    /// Only who shows a token is learnt from: what a test key tries out makes no customers.
    @Override
    public Optional<Outcome.Hearing> hearing(HttpFacts call, Api api, Verdict.Allowed allowed) {
        return allowed.facts() instanceof Facts.Derived
                ? reader.learning(call)
                        .map(learning -> new Outcome.Hearing(
                                Learnt.MAX_BYTES,
                                reply -> learner.learn(call, allowed, Learnt.customers(learning, reply))))
                : Optional.empty();
    }

    @Override
    public Optional<Signing> signing() {
        return dialect.signing();
    }

    @Override
    public Reply refused(HttpFacts call, Api api, Refusal refusal) {
        return writer.refused(call.path(), Fault.of(refusal));
    }

    @Override
    public Reply disconnected(HttpFacts call, ConnectionFault fault) {
        return switch (fault) {
            case CONNECTION_NEEDS_REAUTH, CONNECTION_EXPIRED, CERTIFICATE_REFUSED ->
                told(call, RefusalClass.UPSTREAM_LOGIN);
            case CONNECTION_NOT_ACTIVE, NOT_FOUND -> told(call, RefusalClass.BAD_CONNECTION);
            case NO_PLATFORM_CALL, PLATFORM_UNREACHABLE, PLATFORM_SLOW, PLATFORM_ANSWER_TOO_LARGE ->
                writer.refused(call.path(), Faults.ofTransport(fault.status(), fault.told()), fault.status());
        };
    }

    private Reply told(HttpFacts call, RefusalClass refused) {
        return writer.refused(call.path(), Fault.of(refused));
    }

    /// Who calls through a connection reads one form of refusals, whichever platform refuses. Everything else is
    /// the platform's to say.
    @Override
    public Reply passed(HttpFacts call, Reply reply) {
        return switch (reply.status()) {
            case 401 -> told(call, RefusalClass.UPSTREAM_LOGIN);
            case 403 -> told(call, RefusalClass.UPSTREAM_FORBIDDEN);
            default -> reply;
        };
    }

    @Override
    public List<Header> left(Quota quota) {
        return writer.headers(Result.NONE.with(quota));
    }

    @Override
    public Reply wrongMethod(HttpFacts call, Set<String> allowed) {
        Reply reply = writer.refused(call.path(), Fault.of(RefusalClass.WRONG_METHOD));
        return reply.status() == 405 ? reply.with("Allow", StandardDialect.allow(allowed)) : reply;
    }

    @Override
    public Reply ended(HttpFacts call) {
        return told(call, RefusalClass.GONE);
    }

    @Override
    public Reply unreadable(HttpFacts call, int status, String detail) {
        return writer.refused(call.path(), Faults.ofTransport(status, detail), status);
    }
}
