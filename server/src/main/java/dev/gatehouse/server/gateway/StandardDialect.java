package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.core.quota.QuotaHeaders;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.endpoint.ProtectedResource;
import dev.gatehouse.server.connect.ConnectionFault;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The built-in dialect: bearer tokens and API keys (RFC 6750), tokens bound to keys (RFC 9449), problem bodies
/// (RFC 9457), and the OAuth endpoints.
///
/// @param own these and others, by path
/// @param holders tells who has the key that a token is bound to
public record StandardDialect(Map<String, OwnEndpoint> own, Holders holders) implements CallDialect {
    /// Keeps a copy.
    public StandardDialect {
        own = Map.copyOf(own);
    }

    @Override
    public Optional<Outcome> own(HttpFacts head, Api api) {
        return ProtectedResource.at(head.path(), api)
                ? OwnEndpoint.at(head, ProtectedResource.PATH, api, own)
                : OwnEndpoint.at(head, api, own);
    }

    /// The token endpoint takes what a page has; it has no credential to put into a header there. UserInfo takes
    /// the token that it got.
    @Override
    public Optional<Set<String>> pageHeaders(HttpFacts question) {
        if (!own.containsKey(question.path())) {
            return Optional.of(Set.of());
        }
        return switch (question.path()) {
            case Metadata.TOKEN_PATH, Metadata.PAR_PATH, Metadata.REVOCATION_PATH ->
                Optional.of(Set.of("content-type", "dpop"));
            case Metadata.USERINFO_PATH -> Optional.of(Set.of("authorization", "dpop"));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean wantsBody(HttpFacts head) {
        return false;
    }

    @Override
    public Carried read(HttpFacts call, Api api) {
        return Carriers.read(call, api, holders);
    }

    @Override
    public Set<String> secretHeaders(Api api) {
        String proof = Header.fold(Holders.HEADER);
        return api.keyHeader()
                .map(Header::fold)
                .filter(name -> !name.equals(proof))
                .map(name -> Set.of(name, proof))
                .orElse(Set.of(proof));
    }

    @Override
    public String target(HttpFacts call) {
        return call.query().map(query -> call.path() + "?" + query).orElse(call.path());
    }

    @Override
    public Optional<Outcome.Hearing> hearing(HttpFacts call, Api api, Verdict.Allowed allowed) {
        return Optional.empty();
    }

    @Override
    public Optional<Signing> signing() {
        return Optional.empty();
    }

    @Override
    public Reply refused(HttpFacts call, Api api, Refusal refusal) {
        return Refusals.reply(refusal, call, api);
    }

    @Override
    public Reply disconnected(HttpFacts call, ConnectionFault fault) {
        return Reply.problem(fault.status(), fault.word(), fault.told());
    }

    @Override
    public Reply passed(HttpFacts call, Reply reply) {
        return reply;
    }

    @Override
    public List<Header> left(Quota quota) {
        return QuotaHeaders.of(quota);
    }

    @Override
    public Reply wrongMethod(HttpFacts call, Set<String> allowed) {
        return Reply.problem(405, "method_not_allowed", "This path does not take this method.")
                .with("Allow", allow(allowed));
    }

    @Override
    public Reply ended(HttpFacts call) {
        return Reply.problem(410, "version_ended", "This version of the API is served no more.");
    }

    /// RFC 9110 section 10.2.1: HEAD is served wherever GET is.
    public static String allow(Set<String> routed) {
        Set<String> methods = new TreeSet<>(routed);
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    @Override
    public Reply unreadable(HttpFacts call, int status, String detail) {
        return Optional.ofNullable(own.get(call.path()))
                .filter(_ -> status == 503)
                .map(endpoint -> endpoint.unavailable(detail))
                .orElseGet(() -> Unreadable.reply(status, detail));
    }
}
