package dev.gatehouse.dialect.read;

import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.model.BodyKind;
import dev.gatehouse.dialect.model.CallSet;
import dev.gatehouse.dialect.model.Carrier;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Learning;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads requests as one dialect says. Immutable, made once for a dialect, asked by every request; does no I/O.
public final class DialectReader {
    private final Dialect dialect;
    private final HeadReader head;
    private final EndpointTable endpoints;
    private final EndpointReader endpointReader = new EndpointReader();
    private final CallMatcher calls;
    private final Map<Endpoint, CallMatcher> auths = new HashMap<>();
    private final long inBody;

    /// A reader of this dialect.
    public DialectReader(Dialect dialect) {
        this.dialect = dialect;
        this.head = new HeadReader(dialect);
        this.endpoints = new EndpointTable(dialect.endpoints());
        this.calls = new CallMatcher(dialect.calls());
        dialect.endpoints().forEach(endpoint -> auths.put(endpoint, new CallMatcher(endpoint.auth())));
        this.inBody = Input.bits(dialect.carriers().stream()
                .filter(carrier -> carrier.sources().stream().anyMatch(Source.Member.class::isInstance))
                .map(Carrier::input)
                .toList());
    }

    /// The path of the endpoints by which Gatehouse answers this request itself.
    public Optional<PathPattern> serving(HttpFacts http) {
        List<Endpoint> here = endpoints.find(http.method(), http.path());
        return here.isEmpty() ? Optional.empty() : Optional.of(here.getFirst().path());
    }

    /// Whether Gatehouse answers some requests of this path itself.
    public boolean answersAt(String path) {
        return dialect.endpoints().stream().anyMatch(endpoint -> Paths.match(endpoint.path(), path));
    }

    /// Whether [#read] needs the body of an ordinary call, one that is for no endpoint. For the head alone,
    /// before any of the body is read: bodies stream on unread unless a declared set has a member in them.
    public boolean wantsBody(HttpFacts http) {
        if (inBody == 0) {
            return false;
        }
        try {
            long present = head.read(http, false).bits();
            return calls.find(present).isEmpty() && calls.wants(present, inBody);
        } catch (Unreadable e) {
            return false; // refused by its head
        }
    }

    /// What is learnt from the reply to a call.
    public Optional<Learning> learning(HttpFacts http) {
        for (Learning learning : dialect.learnings()) {
            if (learning.method().equals(http.method()) && Paths.match(learning.path(), http.path())) {
                return Optional.of(learning);
            }
        }
        return Optional.empty();
    }

    /// The header fields that carry proofs and so never go to an upstream, `Authorization` first.
    public List<String> proofHeaders() {
        return head.proofHeaders();
    }

    /// The parameters of the query that carry proofs and so never go to an upstream or into a log.
    public List<String> proofParameters() {
        return head.proofParameters();
    }

    /// Reads one request.
    public Reading read(HttpFacts http) {
        if (dialect.https() && !http.secure() && !http.from().isLoopbackAddress()) {
            return new Reading.Refused(Fault.of(RefusalClass.INSECURE));
        }
        try {
            List<Endpoint> here = endpoints.find(http.method(), http.path());
            return here.isEmpty() ? call(http) : endpoint(http, here);
        } catch (Unreadable e) {
            return new Reading.Refused(e.fault());
        }
    }

    private Reading call(HttpFacts http) throws Unreadable {
        Shown shown = head.read(http, false);
        if (inBody != 0 && calls.find(shown.bits()).isEmpty() && calls.wants(shown.bits(), inBody)) {
            carried(Members.read(http, List.of(BodyKind.JSON, BodyKind.FORM)), shown);
        }
        if ((shown.bits() & Input.proofs()) == 0) {
            return new Reading.Nothing();
        }
        Optional<CallSet> set = calls.find(shown.bits());
        return set.isPresent()
                ? new Reading.Called(
                        shown.bits() == set.get().bits()
                                ? shown
                                : shown.only(set.get().bits()))
                : new Reading.Refused(calls.misfit(shown.bits()));
    }

    private Reading endpoint(HttpFacts http, List<Endpoint> here) throws Unreadable {
        EndpointReader.Meant meant = endpointReader.meant(http, here);
        Endpoint endpoint = meant.endpoint();
        Shown shown = head.read(http, endpoint.bodies().contains(BodyKind.QUERY));
        Shown authenticated = new Shown();
        if (endpoint.auth().isEmpty()) {
            if ((shown.bits() & Input.proofs()) != 0) {
                return new Reading.Refused(Fault.of(RefusalClass.SEVERAL));
            }
        } else {
            carried(meant.members(), shown);
            CallMatcher matcher = auths.getOrDefault(endpoint, calls);
            Optional<CallSet> set = matcher.find(shown.bits());
            if (set.isEmpty()) {
                return new Reading.Refused(elsewhere(matcher.misfit(shown.bits()), shown));
            }
            authenticated = shown.only(set.get().bits());
        }
        endpointReader.take(http, meant, authenticated);
        return new Reading.Asked(endpoint, authenticated);
    }

    /// What opens calls and is not taken here is one credential, and no right to this.
    private Fault elsewhere(Fault misfit, Shown shown) {
        return misfit.refused() == RefusalClass.SEVERAL
                        && calls.find(shown.bits()).isPresent()
                ? Fault.of(RefusalClass.FORBIDDEN)
                : misfit;
    }

    /// Adds what the body carries.
    private void carried(Members members, Shown shown) throws Unreadable {
        for (Carrier carrier : dialect.carriers()) {
            for (Source source : carrier.sources()) {
                if (source instanceof Source.Member(List<String> path)) {
                    Optional<String> value = members.value(path);
                    if (value.isPresent()) {
                        HeadReader.put(shown, carrier.input(), value.get());
                    }
                }
            }
        }
    }
}
