package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.oauth.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that go on with what they have, without a proof of themselves: that is a use, too.
class GoingClientsTest {
    @TempDir
    Path folder;

    private final List<Application> uses = new ArrayList<>();
    private boolean stands = true;

    private final Strangers strangers = new Strangers() {
        @Override
        public boolean due(String clientId, Api api) {
            return false;
        }

        @Override
        public void meet(String clientId, Api api, HttpFacts http) {}

        @Override
        public boolean here(Application client, Api api) {
            return true;
        }

        @Override
        public boolean counts(Application client, Api api) {
            return true;
        }

        @Override
        public boolean used(Application client, Api api) {
            uses.add(client);
            return stands;
        }
    };

    @Test
    void whoeverGoesOnIsUsedAndGoesOnOnlyIfItHasNotEnded() {
        World world = new World(folder);
        Prover prover = new Prover(
                world.facts,
                world.custody.checkKeys(),
                world.custody.pepper(),
                world.formats,
                new Misses(() -> 0, world.random));
        Clients clients = new Clients(new Verifier(prover, world.facts, world.clock), world.facts, strangers);
        Application application = (Application) world.members.holder();
        assertThat(clients.going(application.id(), world.sealed)).contains(application);
        assertThat(uses).containsExactly(application);
        stands = false;
        assertThat(clients.going(application.id(), world.sealed)).isEmpty();
    }
}
