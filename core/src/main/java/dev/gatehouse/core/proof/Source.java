package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
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
import java.util.function.Function;

/// Where facts and keys are looked up: in memory, or in the database when it must be.
record Source(
        Function<Id, Look<Members>> members,
        BiFunction<Id, Id, Look<Members>> acting,
        Function<String, Look<Login>> logins,
        Function<Passwords.Attempt, Passwords.Answer> passwords,
        Function<Digest, Look<Session>> sessions,
        Function<Id, Look<Subject>> subjects,
        Function<String, Look<List<Id>>> secretsOf,
        BiFunction<Secret, Api, TokenReader.Read> tokens,
        Function<Id, Look<List<Organization>>> organizations) {}
