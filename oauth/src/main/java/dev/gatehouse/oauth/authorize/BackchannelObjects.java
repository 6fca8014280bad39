package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.oauth.client.BackchannelObject;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.SignedRequests;
import java.time.InstantSource;

/// Requests to people that clients sign (OpenID Connect CIBA Core section 7.1.1): proven as authorization requests
/// are, and used up, each by one conditional write. Blocks.
///
/// @param uses remembers those that were used
public record BackchannelObjects(RequestObjects objects, AssertionStore uses, InstantSource clock)
        implements SignedRequests {
    @Override
    public Read read(String text, Application client, Api api, HttpFacts http) {
        return switch (BackchannelObject.read(text, client, api, clock.instant())) {
            case BackchannelObject.Read.Wrong(String why) -> new Read.Wrong(why);
            case BackchannelObject.Read.Good(BackchannelObject signed) ->
                switch (objects.proven(signed.object(), client, api, http)) {
                    case RequestObjects.Read.Good(Form form) ->
                        uses.use(client.id(), signed.jti(), signed.until(), clock.instant())
                                ? new Read.Good(form)
                                : new Read.Wrong("the request was used before");
                    case RequestObjects.Read.Wrong(String why) -> new Read.Wrong(why);
                    case RequestObjects.Read.Nowhere(String why) -> new Read.Wrong(why);
                    case RequestObjects.Read.Later(Refusal.TooMany refusal) -> new Read.Later(refusal);
                };
        };
    }
}
