package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;

/// Who is told what became of requests for tokens that can be read. Called by the request itself, so it must not
/// wait for anything.
public interface TokenWitness {
    /// A token was issued to this credential.
    void issued(HttpFacts http, Api api, Id credential);

    /// A secret, which belongs on servers, came out of a web page.
    void secretFromPage(HttpFacts http, Api api, Id credential);

    /// None was issued.
    void refused(HttpFacts http, Api api, Refusal refusal);
}
