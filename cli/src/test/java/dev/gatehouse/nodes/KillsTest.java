package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.Moments.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// GAUNTLET O01: a node that is killed at a chosen moment of a write. What was acknowledged is there; what was
/// not is there whole or not at all, and sending it again with the same key makes it whole, once.
@ExtendWith(Clustered.class)
class KillsTest {
    /// Kills: one at each moment in every build, 100 with `-Plong`.
    private static final int KILLS = Integer.getInteger("gatehouse.kills", Moment.values().length);

    private static final List<Moment> MOMENTS = List.of(Moment.values());
    private static final List<Verb> VERBS = List.of(Verb.values());
    private static final long SEED = Long.getLong("gatehouse.seed", 20_261_121);

    /// A write that can be sent again, and whether it has had its effect.
    private record Write(String method, String path, String body, int status, Effect effect) {}

    @FunctionalInterface
    private interface Effect {
        boolean there();
    }

    private enum Verb {
        CREATE_KEY,
        REVOKE_KEY,
        ROTATE_KEY,
        SUSPEND,
        CHANGE_ROLE,
        /// GAUNTLET N02: in the middle of it.
        ROTATE_SIGNING_KEY
    }

    @Test
    void o01WhatWasAcknowledgedIsThereAndTheRestIsWholeOrAbsent(Estate estate) {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        List<Write> acknowledged = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            Moment moment = MOMENTS.get(i % MOMENTS.size());
            Verb verb = VERBS.get(random.nextInt(VERBS.size()));
            Write before = write(estate, VERBS.get(random.nextInt(VERBS.size())));
            send(estate, estate.cluster.node(2), before, UUID.randomUUID().toString());
            acknowledged.add(before);
            killed(estate, moment, verb);
            acknowledged.forEach(write ->
                    assertThat(write.effect().there()).as(write.toString()).isTrue());
        }
    }

    private static void killed(Estate estate, Moment moment, Verb verb) {
        Node third = estate.cluster.node(2);
        Write write = write(estate, verb);
        String key = UUID.randomUUID().toString();
        boolean prepared = !estate.keys("prepared").isEmpty();
        third.tell("kill " + moment);
        assertThat(Cluster.answered(
                                () -> estate.cluster.adminOnce(third, write.method(), write.path(), write.body(), key))
                        .status())
                .as("%s at %s is never answered", verb, moment)
                .isZero();
        third.ended();
        boolean there = switch (moment) {
            case BEFORE_COMMIT -> false;
            // Without a prepared key, rotating is two writes: one prepares a key, which has no effect yet.
            case AFTER_COMMIT, BEFORE_REPLY -> !verb.equals(Verb.ROTATE_SIGNING_KEY) || prepared;
        };
        assertThat(write.effect().there()).as("%s killed %s", verb, moment).isEqualTo(there);
        send(estate, estate.cluster.node(0), write, key);
        assertThat(write.effect().there()).isTrue();
        third.start();
        send(estate, third, write, key);
        assertThat(write.effect().there()).isTrue();
    }

    private static void send(Estate estate, Node to, Write write, String key) {
        Got _ = Cluster.answered(() -> estate.cluster.adminOnce(to, write.method(), write.path(), write.body(), key))
                .expecting(write.status());
    }

    private static Write write(Estate estate, Verb verb) {
        Estate.Member member = estate.member();
        Node first = estate.cluster.node(0);
        String application = "/v1/applications/" + member.application();
        String credentials = application + "/credentials";
        return switch (verb) {
            case CREATE_KEY ->
                new Write(
                        "POST",
                        credentials,
                        "{\"kind\":\"api_key\",\"name\":\"made\",\"scopes\":\"role\"}",
                        201,
                        () -> named(estate, credentials, "made") == 1);
            case REVOKE_KEY ->
                new Write(
                        "POST",
                        "/v1/credentials/" + member.keyId() + "/revoke",
                        "",
                        200,
                        () -> estate.decided(first, "orders", member.bearer()) == 401);
            case ROTATE_KEY ->
                new Write(
                        "POST",
                        "/v1/credentials/" + member.keyId() + "/rotate",
                        "{}",
                        201,
                        () -> estate.decided(first, "orders", member.bearer()) == 401
                                && items(estate, credentials).size() == 3);
            case SUSPEND ->
                new Write(
                        "POST",
                        application + "/suspend",
                        "",
                        200,
                        () -> estate.decided(first, "orders", member.bearer()) == 401);
            case CHANGE_ROLE ->
                new Write(
                        "PATCH",
                        application,
                        "{\"role\":null}",
                        200,
                        () -> estate.decided(first, "orders", member.bearer()) == 403);
            case ROTATE_SIGNING_KEY -> {
                String active = estate.activeKey();
                yield new Write(
                        "POST",
                        Estate.KEYS + "/rotate",
                        "",
                        200,
                        () -> !estate.activeKey().equals(active));
            }
        };
    }

    private static long named(Estate estate, String path, String name) {
        return items(estate, path).stream()
                .filter(item -> item.get("name").asString().equals(name))
                .count();
    }

    private static List<JsonNode> items(Estate estate, String path) {
        JsonNode items =
                estate.cluster.shown(estate.cluster.node(0), path).json().get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }
}
