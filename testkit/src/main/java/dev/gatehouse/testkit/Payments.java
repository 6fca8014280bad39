package dev.gatehouse.testkit;

import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.DetailMember;
import dev.gatehouse.core.right.DetailMember.Kind;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.right.DetailValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Payments as authorization details, as the examples of RFC 9396 have them.
public final class Payments {
    /// Their type.
    public static final String TYPE = "payment_initiation";

    private Payments() {}

    /// The type, for whoever holds a scope.
    public static DetailType type(Optional<String> scope) {
        return new DetailType(
                "Pay {amount.value} {amount.currency} to {creditor}",
                Map.of("de", "{amount.value} {amount.currency} an {creditor} zahlen"),
                scope,
                new TreeMap<>(Map.of(
                        "actions", new DetailMember(Kind.TEXTS, true, List.of("initiate", "status", "cancel")),
                        "locations", new DetailMember(Kind.TEXTS, false, List.of("https://pay.example.com")),
                        "creditor", new DetailMember(Kind.TEXT, true, List.of()),
                        "amount", new DetailMember(Kind.OBJECT, true, List.of()),
                        "urgent", new DetailMember(Kind.BOOLEAN, false, List.of()))));
    }

    /// The same, of which a yes counts for the next request too.
    public static DetailType remembered(Optional<String> scope) {
        DetailType type = type(scope);
        return new DetailType(type.description(), type.translations(), scope, type.members(), true);
    }

    /// One payment as JSON.
    public static String json(String value, String creditor, String... actions) {
        return "[{\"type\":\"" + TYPE + "\",\"creditor\":\"" + creditor + "\",\"amount\":{\"value\":\"" + value
                + "\",\"currency\":\"EUR\"},\"actions\":[\"" + String.join("\",\"", actions) + "\"]}]";
    }

    /// The same, read.
    public static AuthorizationDetails of(String value, String creditor, String... actions) {
        List<DetailValue> texts = new ArrayList<>();
        Arrays.stream(actions).map(DetailValue.Text::new).forEach(texts::add);
        DetailValue amount = new DetailValue.Members(
                new TreeMap<>(Map.of("value", new DetailValue.Text(value), "currency", new DetailValue.Text("EUR"))));
        return AuthorizationDetails.of(new DetailValue.Items(List.of(new DetailValue.Members(new TreeMap<>(Map.of(
                        "type", new DetailValue.Text(TYPE),
                        "creditor", new DetailValue.Text(creditor),
                        "amount", amount,
                        "actions", new DetailValue.Items(texts)))))))
                .orElseThrow();
    }
}
