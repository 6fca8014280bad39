package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.feed.FactLoader.Proving;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What names lead to that anybody may show: client ids, usernames, the strings of sessions. The owner's lock
/// guards writes.
final class Names {
    private final PublicNames<String, Proving> clients;
    private final PublicNames<String, Login> logins;
    private final PublicNames<Digest, Session> sessions;
    private final Marks marks;

    Names(FactBounds bounds, LongSupplier nanos, Marks marks) {
        this.clients = new PublicNames<>(Kind.APPLICATION, false, bounds.clients(), bounds.absent(), nanos);
        this.logins = new PublicNames<>(Kind.USER, true, bounds.clients(), bounds.absent(), nanos);
        this.sessions = new PublicNames<>(Kind.SESSION, false, bounds.clients(), bounds.absent(), nanos);
        this.marks = marks;
    }

    Look<Proving> client(String clientId) {
        return clients.look(clientId);
    }

    Look<Login> login(String username) {
        return logins.look(username);
    }

    Look<Session> session(Digest digest) {
        return sessions.look(digest);
    }

    Map<String, Optional<Proving>> keepClients(long mark, Collection<String> asked, Map<String, Proving> read) {
        return clients.keep(mark, marks, asked, read, Proving::application);
    }

    Map<String, Optional<Login>> keepLogins(long mark, Collection<String> asked, Map<String, Login> read) {
        return logins.keep(mark, marks, asked, read, Login::user);
    }

    Map<Digest, Optional<Session>> keepSessions(long mark, Collection<Digest> asked, Map<Digest, Session> read) {
        return sessions.keep(mark, marks, asked, read, Session::id);
    }

    void drop(Id member) {
        switch (member.kind()) {
            case APPLICATION -> clients.drop(member, marks);
            case USER -> logins.drop(member, marks);
            case SESSION -> sessions.drop(member, marks);
            case ORGANIZATION,
                    CREDENTIAL,
                    CUSTOMER,
                    MEMBERSHIP,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> {}
        }
    }

    void dropAll() {
        clients.dropAll();
        logins.dropAll();
        sessions.dropAll();
    }

    long size() {
        return clients.size() + logins.size() + sessions.size();
    }

    long absentSize() {
        return clients.absentSize() + logins.absentSize() + sessions.absentSize();
    }
}
