package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;

/// Client authentication at endpoints that take what a client asks for in somebody's name: the same as at the
/// token endpoint, whichever way is the client's. Blocks.
public final class ClientCheck {
    private final Clients clients;
    private final AssertedClients signers;

    /// @param signers finds clients that sign what proves them
    public ClientCheck(Clients clients, AssertedClients signers) {
        this.clients = clients;
        this.signers = signers;
    }

    /// Whose request this is.
    public Clients.Found client(HttpFacts http, Form form, Api api) {
        return clients.find(signers.proven(ClientAuthentication.read(http, form), http, api), http, api);
    }

    /// Whether a client only says who it is.
    public static boolean named(HttpFacts http, Form form) {
        return ClientAuthentication.read(http, form) instanceof ClientAuthentication.Read.Named;
    }

    /// The parameters without those that prove the client, which are nobody's to keep.
    public static Form asked(Form form) {
        return form.without(ClientAuthentication.PARAMETERS);
    }
}
