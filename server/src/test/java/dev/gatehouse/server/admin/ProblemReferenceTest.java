package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.UndecidedTable;
import dev.gatehouse.testkit.EveryRefusal;
import dev.gatehouse.testkit.ReferencePage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The problems of the admin API are in the reference, every one of them.
class ProblemReferenceTest {
    /// What happened, and what to do.
    private record Told(String meaning, String next) {}

    @Test
    void everyProblemOfTheAdminApiIsOnThePage() {
        List<Problem> all = new ArrayList<>(List.of(
                new Problem.UnknownField("x"),
                new Problem.MissingField("x"),
                new Problem.InvalidField("x", "y"),
                new Problem.InvalidParameter("x", "y"),
                new Problem.InvalidHeader("x", "y"),
                new Problem.PreconditionFailed(),
                new Problem.KeyReused(),
                new Problem.Moved(),
                new Problem.UnsupportedType(),
                new Problem.OtherMethods(Set.of("GET")),
                new Problem.FromBrowser(),
                new Problem.Beyond("x"),
                new Problem.Conflict("x"),
                new Problem.LastOwner(),
                new Problem.Full("x")));
        EveryRefusal.all().forEach(refusal -> all.add(new Problem.Refused(refusal)));
        EveryRefusal.complete(Problem.class, all);
        Map<String, Set<String>> lines = new LinkedHashMap<>();
        for (Problem problem : all) {
            Reply reply = Problems.reply(problem);
            Told told = told(problem);
            String code = "`" + ((Body.Json) reply.body()).members().get("code") + "`";
            lines.computeIfAbsent(reply.status() + " " + code, _ -> new TreeSet<>())
                    .add("| " + reply.status() + " | " + code + " | " + told.meaning() + " | " + told.next() + " |\n");
        }
        ReferencePage.section(
                "errors.md",
                "admin API",
                "| status | `code` | what happened | what to do |\n|---|---|---|---|\n"
                        + lines.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .flatMap(entry -> entry.getValue().stream())
                                .collect(Collectors.joining()));
    }

    @Test
    void whatTheAdminApiAnswersBeforeItDecidesIsOnThePage() {
        UndecidedTable.check(status -> Problems.unreadable(status, ""));
    }

    private static Told told(Problem problem) {
        return switch (problem) {
            case Problem.Refused(Refusal refusal) -> told(refusal);
            case Problem.UnknownField _ ->
                new Told("The body has a member that the operation does not take.", "Leave out what `detail` names.");
            case Problem.MissingField _ -> new Told("The body lacks a member.", "Add what `detail` names.");
            case Problem.InvalidField _ ->
                new Told("A member has a value that it may not have.", "Send what `detail` says it must be.");
            case Problem.InvalidParameter _ ->
                new Told(
                        "A query parameter is unknown, there twice, or has a value that it may not have.",
                        "Send what `detail` says it takes.");
            case Problem.InvalidHeader _ ->
                new Told("A header has a value that it may not have.", "Send what `detail` says it takes.");
            case Problem.PreconditionFailed _ ->
                new Told(
                        "What is written is not in the state that `If-Match` or `If-None-Match` names.",
                        "Read it again, apply the change to what it is now, send its new `ETag`.");
            case Problem.LastOwner _ ->
                new Told(
                        "Nobody would be left who may do everything.",
                        "Make another owner first: give an application or a member of the provider's organization the role"
                                + " `owner` and a key or a password.");
            case Problem.KeyReused _ ->
                new Told(
                        "The caller used this `Idempotency-Key` for another request within a day.",
                        "Draw a new key for every request that is meant anew.");
            case Problem.Moved _ ->
                new Told("Others kept changing it while it was written.", "Read it again and repeat the change.");
            case Problem.UnsupportedType _ ->
                new Told(
                        "The body is not plain JSON in UTF-8.",
                        "Send `Content-Type: application/json`, without `Content-Encoding`.");
            case Problem.OtherMethods _ ->
                new Told("The path is known, the method is not.", "Use one that `Allow` names.");
            case Problem.FromBrowser _ ->
                new Told("The request comes out of a web page.", "Call from a program that keeps its key to itself.");
            case Problem.Beyond _ ->
                new Told(
                        "The caller would hand out or change more than it holds.",
                        "Hand out less, or ask somebody who holds it.");
            case Problem.Conflict _ ->
                new Told("What is stored stands in the way; `detail` says what.", "Change that first, or leave it.");
            case Problem.Full _ ->
                new Told(
                        "A bound on what is stored is reached.",
                        "Revoke or delete what is not needed, or wait, as `detail` says.");
        };
    }

    private static Told told(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Malformed _, Refusal.SeveralCredentials _ ->
                new Told(
                        "The request cannot be read, or carries more than one credential.",
                        "Correct what `detail` names.");
            case Refusal.NoCredential _ -> new Told("No credential was sent.", "Send `Authorization: Bearer ...`.");
            case Refusal.BadCredential _,
                    Refusal.Held _,
                    Refusal.Revoked _,
                    Refusal.NotYet _,
                    Refusal.Expired _,
                    Refusal.Superseded _,
                    Refusal.WrongAddress _,
                    Refusal.WrongOrigin _,
                    Refusal.WrongApi _,
                    Refusal.NotHolder _,
                    Refusal.WrongUse _,
                    Refusal.NoSecondFactor _,
                    Refusal.BadSubject _,
                    Refusal.BadUser _,
                    Refusal.BadSignature _ ->
                new Told(
                        "The credential is not valid here; why is for the log, not for the caller.",
                        "Use another one; the provider finds the reason in the log, by the reply's `X-Request-Id`.");
            case Refusal.Forbidden _ ->
                new Told(
                        "The credential lacks the scope of the operation.",
                        "Use one that has a scope which the challenge names.");
            case Refusal.BadDetails _ ->
                new Told("An authorization detail was asked for that cannot be granted.", "Ask for others.");
            case Refusal.BadScope _ -> new Told("A scope was asked for that cannot be granted.", "Ask for others.");
            case Refusal.NotFound _ ->
                new Told(
                        "Nothing is there, or nothing that the caller may see.",
                        "Check the id; the caller sees its own organization and what is below it.");
            case Refusal.TooMany _ -> new Told("Too many requests.", "Wait as long as `Retry-After` says.");
            case Refusal.Unavailable _ ->
                new Told(
                        "Something that is needed is not there; a write may have been done.",
                        "Try again after `Retry-After`; under the same `Idempotency-Key` it is done once.");
        };
    }
}
