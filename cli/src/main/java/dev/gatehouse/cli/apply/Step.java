package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing that is not as the files say, and what is to be done about it.
sealed interface Step {
    Key key();

    /// The values that differ.
    List<Difference> differences();

    /// It is not there yet.
    ///
    /// @param secret the given one; a credential without one gets a drawn one
    record Create(Wanted wanted, Json.Obj spec, Optional<Wanted.Given> secret) implements Step {
        @Override
        public Key key() {
            return wanted.key();
        }

        @Override
        public List<Difference> differences() {
            return Difference.of(Json.Obj.EMPTY, spec);
        }

        /// Whether the server chooses a secret that somebody must be told.
        boolean draws() {
            return key() instanceof Key.Credential
                    && secret.isEmpty()
                    && spec.get("jwks").isEmpty()
                    && spec.get(JwksValue.URI).isEmpty()
                    && CertificateNames.in(spec) == 0;
        }
    }

    /// It is there and differs.
    ///
    /// @param secret the password of a user that has none yet
    record Change(
            Wanted wanted, Json.Obj spec, Found found, List<Difference> differences, Optional<Wanted.Given> secret)
            implements Step {
        @Override
        public Key key() {
            return wanted.key();
        }

        boolean touches(String member) {
            return differences.stream().anyMatch(one -> one.member().equals(member));
        }
    }

    /// It is there and not in the files.
    record Remove(Found found) implements Step {
        @Override
        public Key key() {
            return found.key();
        }

        @Override
        public List<Difference> differences() {
            return List.of();
        }

        /// Roles and Apis are deleted, members are ended for good and stay in the audit trail.
        boolean deletes() {
            return key() instanceof Key.Api || key() instanceof Key.Role;
        }
    }

    /// The sign of what is done.
    private String sign() {
        return switch (this) {
            case Create _ -> "+";
            case Change _ -> "~";
            case Remove _ -> "-";
        };
    }

    /// As lines of a plan.
    default List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(sign() + " " + key()
                + switch (this) {
                    case Create create when create.draws() -> "   (a secret is drawn)";
                    case Create create
                    when create.secret().isPresent() ->
                        create.key() instanceof Key.User
                                ? "   (with the given password)"
                                : "   (with the given secret)";
                    case Remove remove -> remove.deletes() ? "   (deleted)" : "   (revoked, with all below it)";
                    case Create _, Change _ -> "";
                });
        differences()
                .forEach(one ->
                        lines.add("    " + (this instanceof Create ? one.line().substring(2) : one.line())
                                + (AccessShape.lost(one, differences()) ? "   (nothing bounds it any more)" : "")));
        return lines;
    }

    /// For programs.
    default Json json() {
        Json.Obj step = Json.Obj.EMPTY
                .with(
                        "action",
                        switch (this) {
                            case Create _ -> "create";
                            case Change _ -> "change";
                            case Remove remove -> remove.deletes() ? "delete" : "revoke";
                        })
                .with("kind", key().kind())
                .with("what", key().toString());
        List<Json> differences = differences().stream()
                .map(one -> {
                    Json.Obj json = Json.Obj.EMPTY.with("at", one.at());
                    Json.Obj from = one.before()
                            .map(value -> json.with("before", value))
                            .orElse(json);
                    return one.after().map(value -> from.with("after", value)).orElse(from);
                })
                .<Json>map(one -> one)
                .toList();
        return step.with("differences", new Json.Arr(differences));
    }
}
