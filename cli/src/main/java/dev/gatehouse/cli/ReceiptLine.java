package dev.gatehouse.cli;

import dev.gatehouse.client.Json;

/// The receipt of a write that took something away, in one line.
final class ReceiptLine {
    static final String MEMBER = "receipt";

    private ReceiptLine() {}

    static String of(Json.Obj receipt) {
        StringBuilder line = new StringBuilder();
        line.append(value(receipt, "acknowledged"))
                .append(" of ")
                .append(value(receipt, "nodes"))
                .append(" nodes after ")
                .append(value(receipt, "milliseconds"))
                .append(" ms");
        String runOut = value(receipt, "run_out");
        if (!runOut.equals("0")) {
            line.append(", ").append(runOut).append(" stopped serving");
        }
        line.append("; ").append(value(receipt, "durability"));
        receipt.text("relaxed_until")
                .ifPresent(until -> line.append("; without the database until ").append(until));
        receipt.text("offline_until")
                .ifPresent(until -> line.append("; by the JWKS alone until ").append(until));
        return Text.line(line.toString());
    }

    private static String value(Json.Obj receipt, String member) {
        return receipt.get(member).map(Text::of).orElse("?");
    }
}
