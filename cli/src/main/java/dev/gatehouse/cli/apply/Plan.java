package dev.gatehouse.cli.apply;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.server.config.Mistake;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What has to be done so that a server has what files say.
public final class Plan {
    /// A plan, or what is wrong with the files.
    public sealed interface Made {
        /// It can be carried out.
        record Good(Plan plan) implements Made {}

        /// Nothing is done.
        record Wrong(List<Mistake> mistakes) implements Made {}
    }

    private final Server server;
    private final List<Step> steps;
    private final List<String> notes;

    private Plan(Server server, List<Step> steps, List<String> notes) {
        this.server = server;
        this.steps = List.copyOf(steps);
        this.notes = List.copyOf(notes);
    }

    /// Compares a folder of files with a server.
    ///
    /// @param environment where given secrets may be
    /// @param prune whether what is not in the files goes
    public static Made of(AdminClient client, Path folder, Map<String, String> environment, boolean prune) {
        Mistakes mistakes = new Mistakes();
        Map<Key, Wanted> wanted = Folder.read(folder, mistakes);
        if (!mistakes.none()) {
            return new Made.Wrong(mistakes.all());
        }
        List<String> notes = Kept.out(wanted);
        Extent extent = prune ? new Extent.All(wanted.keySet(), false) : Extent.Of.keys(wanted.keySet(), named(wanted));
        Server server = Survey.of(client, extent, mistakes);
        List<Step> steps = new Planner(server, wanted, environment, prune, mistakes).steps();
        return mistakes.none() ? new Made.Good(new Plan(server, steps, notes)) : new Made.Wrong(mistakes.all());
    }

    private static Set<OrganizationPath> named(Map<Key, Wanted> wanted) {
        return wanted.values().stream()
                .filter(one -> one.key() instanceof Key.Provider)
                .flatMap(one -> ProviderShape.organizations(one.spec()).stream())
                .collect(Collectors.toSet());
    }

    /// What the files say that no files have to.
    public List<String> notes() {
        return notes;
    }

    /// Whether the server has all of it already.
    public boolean nothingToDo() {
        return steps.isEmpty();
    }

    /// How many things are made, changed and removed.
    public int size() {
        return steps.size();
    }

    /// Whether secrets are drawn, which somebody must be told.
    public boolean draws() {
        return steps.stream().anyMatch(step -> step instanceof Step.Create create && create.draws());
    }

    /// What is done, for people: `+` made, `~` changed, `-` removed.
    public List<String> lines() {
        return steps.stream().flatMap(step -> step.lines().stream()).toList();
    }

    /// What is done, for programs.
    public Json.Obj json() {
        return Json.Obj.EMPTY.with(
                "changes", new Json.Arr(steps.stream().map(Step::json).toList()));
    }

    /// Carries it out.
    public Result run(AdminClient client, InstantSource clock, DrawnSecrets secrets) {
        return new Run(client, server, clock, secrets).run(steps);
    }
}
