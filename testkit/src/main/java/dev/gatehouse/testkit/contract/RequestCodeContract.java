package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.RequestCodeStore;
import dev.gatehouse.core.store.RequestCodeStore.RequestCode;
import dev.gatehouse.core.store.Stored;
import org.junit.jupiter.api.Test;

/// The codes by which people let clients send them requests.
public abstract class RequestCodeContract extends GrantFixture {
    private RequestCodeStore codes() {
        return store().requestCodes();
    }

    private RequestCode code(Id user) {
        return new RequestCode(nouns.id(Kind.CREDENTIAL), user, digest(), "how", Nouns.NOW);
    }

    @Test
    void aPersonHasOneCodeAtMost() {
        Id alice = somebody("alice").user().id();
        Id bob = somebody("bob").user().id();
        assertThat(codes().code(alice)).isEmpty();
        assertThat(codes().remove(alice, act)).isInstanceOf(Stored.Missing.class);
        int rows = trail().size();
        RequestCode first = code(alice);
        done(codes().set(first, act));
        audited(rows, "request_code.set", alice);
        assertThat(codes().code(alice)).contains(first);
        RequestCode second = code(alice);
        done(codes().set(second, act));
        assertThat(codes().code(alice)).contains(second);
        assertThat(codes().code(bob)).isEmpty();
        rows = trail().size();
        done(codes().remove(alice, act));
        audited(rows, "request_code.remove", alice);
        assertThat(codes().code(alice)).isEmpty();
    }

    @Test
    void nobodyHasNone() {
        assertThat(codes().set(code(nouns.id(Kind.USER)), act)).isInstanceOf(Stored.Missing.class);
    }
}
