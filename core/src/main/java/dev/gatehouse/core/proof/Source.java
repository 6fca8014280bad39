package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.core.token.TokenReader;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where facts and keys are looked up: in memory, or in the database when it must be.
///
/// @param gather told of credentials of which each will be looked up
record Source(
        Function<Id, Look<Members>> members,
        BiFunction<Id, Id, Look<Members>> acting,
        Function<String, Look<Login>> logins,
        Function<Passwords.Attempt, Passwords.Answer> passwords,
        Function<Digest, Look<Session>> sessions,
        Function<Id, Look<Subject>> subjects,
        Function<Id, Look<Actor>> actors,
        Function<String, Look<List<Id>>> credentialsOf,
        Consumer<List<Id>> gather,
        BiFunction<Secret, Api, TokenReader.Read> tokens,
        Function<Id, Look<List<Organization>>> organizations) {
    /// What a node has in memory.
    static Source memory(FactSource facts, TokenReader tokens, Passwords passwords) {
        return new Source(
                facts::members,
                facts::members,
                facts::login,
                passwords::recall,
                facts::session,
                facts::subject,
                facts::actor,
                facts::credentialsOf,
                _ -> {},
                tokens::read,
                facts::organization);
    }

    /// What the database has, where memory does not.
    static Source loading(FactSource facts, TokenReader tokens, Passwords passwords) {
        return new Source(
                facts::load,
                facts::load,
                facts::loadLogin,
                passwords::check,
                facts::loadSession,
                facts::loadSubject,
                facts::loadActor,
                facts::loadCredentialsOf,
                facts::gather,
                tokens::readLoading,
                facts::loadOrganization);
    }

    /// The same, but names that anybody can make up are looked for in memory only.
    Source without(Source memory) {
        return named(memory.logins, memory.sessions, memory.credentialsOf);
    }

    /// The same, which tells of each such name that was asked for in vain.
    Source telling(Source memory, Runnable missed) {
        return named(
                told(memory.logins, logins, missed),
                told(memory.sessions, sessions, missed),
                told(memory.credentialsOf, credentialsOf, missed));
    }

    private static <K, T> Function<K, Look<T>> told(
            Function<K, Look<T>> memory, Function<K, Look<T>> loading, Runnable missed) {
        return name -> {
            Look<T> known = memory.apply(name);
            Look<T> look = known instanceof Look.Cold<T> ? loading.apply(name) : known;
            if (known instanceof Look.Cold<T> && look instanceof Look.Absent<T>) {
                missed.run();
            }
            return look;
        };
    }

    private Source named(
            Function<String, Look<Login>> logins,
            Function<Digest, Look<Session>> sessions,
            Function<String, Look<List<Id>>> credentialsOf) {
        return new Source(
                members,
                acting,
                logins,
                passwords,
                sessions,
                subjects,
                actors,
                credentialsOf,
                gather,
                tokens,
                organizations);
    }
}
