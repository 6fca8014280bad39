package dev.gatehouse.server.admin;

import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Map;

/// A credential's reach as it is written: the whole role by name, or scopes by Api name.
sealed interface AskedReach {
    /// The word that asks for the whole role.
    String ROLE = "role";

    /// All that the role gives.
    record WholeRole() implements AskedReach {}

    /// These.
    record Only(Map<String, Scopes> scopes) implements AskedReach {}

    Type<AskedReach> TYPE = new Type<>() {
        @Override
        public String allowed() {
            return "\"" + ROLE + "\", or " + Types.RIGHTS.allowed();
        }

        @Override
        public Map<String, Object> schema() {
            return Schema.of("anyOf", List.of(Schema.of("const", ROLE), Types.RIGHTS.schema()));
        }

        @Override
        public Got<AskedReach> read(String at, Object json) {
            if (json instanceof Map<?, ?>) {
                return Types.RIGHTS.read(at, json).map(Only::new);
            }
            return json.equals(ROLE) ? Got.of(new WholeRole()) : Got.no(new Problem.InvalidField(at, allowed()));
        }

        @Override
        public Object write(AskedReach value) {
            return switch (value) {
                case WholeRole() -> ROLE;
                case Only(Map<String, Scopes> scopes) -> Types.RIGHTS.write(scopes);
            };
        }
    };
}
