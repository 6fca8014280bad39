package dev.gatehouse.dialect.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A provider's wire format, read and checked.
///
/// @param https whether plain HTTP is refused
/// @param absent header fields that count as not sent, with exactly these values
/// @param tokens rules by the word of the input that carries the token
/// @param rates how often operations may be done, beside what the Api says
/// @param names what it calls what others call otherwise
/// @param marks what is kept beside API keys
/// @param headers on every reply of an endpoint, those whose values are known
/// @param signing how requests of routes that want it are signed
/// @param errors in the order of the file; the last one is for every path
public record Dialect(
        String name,
        boolean https,
        Map<String, String> absent,
        Map<Input, TokenRule> tokens,
        Map<Operation, OperationRate> rates,
        Map<Input, KeyShape> keys,
        Names names,
        Optional<MarkRule> marks,
        List<Carrier> carriers,
        List<CallSet> calls,
        List<Endpoint> endpoints,
        List<Learning> learnings,
        Map<String, Template> headers,
        List<ErrorFamily> errors,
        Optional<Cors> cors,
        Optional<Signing> signing,
        List<Waiver> waivers) {
    /// The version of the vocabulary that this Gatehouse reads.
    public static final int VOCABULARY = 1;

    /// Keeps copies.
    public Dialect {
        carriers = List.copyOf(carriers);
        calls = List.copyOf(calls);
        endpoints = List.copyOf(endpoints);
        learnings = List.copyOf(learnings);
        errors = List.copyOf(errors);
        waivers = List.copyOf(waivers);
    }
}
