package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;

/// Who is told what became of requests for tokens that can be read. Called by the request itself, so it must not
/// wait for anything.
public interface TokenWitness {
    /// A token was issued to this credential.
    void issued(HttpFacts http, Api api, Id credential);

    /// The same, with what is to be noticed about where the credential came from.
    default void issued(HttpFacts http, Api api, Credential credential) {
        issued(http, api, credential.id());
        if (credential.kind() == CredentialKind.SECRET && http.fromPage()) {
            secretFromPage(http, api, credential.id());
        }
        if (credential.kind() == CredentialKind.DOMAIN_KEY
                && http.values("Sec-Fetch-Site").isEmpty()) {
            domainKeyFromProgram(http, api, credential.id());
        }
    }

    /// A domain key, which belongs into web pages, came from a program that does not look like a browser.
    void domainKeyFromProgram(HttpFacts http, Api api, Id credential);

    /// A secret, which belongs on servers, came out of a web page.
    void secretFromPage(HttpFacts http, Api api, Id credential);

    /// None was issued.
    void refused(HttpFacts http, Api api, Refusal refusal);
}
