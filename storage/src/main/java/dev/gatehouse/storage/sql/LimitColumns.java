package dev.gatehouse.storage.sql;

import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.limit.Rate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rates, and the limits of an Api as lines of a word and a rate.
final class LimitColumns {
    private static final String CREDENTIAL = "credential";
    private static final String ADDRESS = "address";
    private static final String GUESSES = "guesses";
    private static final String DOMAIN_KEY = "domain_key";

    private LimitColumns() {}

    static String text(Limits limits) {
        Fields out = new Fields();
        limits.credential().ifPresent(rate -> out.line(CREDENTIAL, rate.text()));
        limits.address().ifPresent(rate -> out.line(ADDRESS, rate.text()));
        limits.guesses().ifPresent(rate -> out.line(GUESSES, rate.text()));
        limits.domainKey().ifPresent(rate -> out.line(DOMAIN_KEY, rate.text()));
        return out.text();
    }

    static Limits read(String column) {
        if (column.isEmpty()) {
            return Limits.NONE;
        }
        Map<String, Rate> rates = new HashMap<>();
        for (List<String> line : Fields.read(column, 2)) {
            rates.put(line.getFirst(), rate(line.getLast()));
        }
        return new Limits(
                Optional.ofNullable(rates.get(CREDENTIAL)),
                Optional.ofNullable(rates.get(ADDRESS)),
                Optional.ofNullable(rates.get(GUESSES)),
                Optional.ofNullable(rates.get(DOMAIN_KEY)));
    }

    /// Empty where there is none.
    static String text(Optional<Rate> rate) {
        return rate.map(Rate::text).orElse("");
    }

    static Optional<Rate> maybe(String column) {
        return column.isEmpty() ? Optional.empty() : Optional.of(rate(column));
    }

    private static Rate rate(String text) {
        return Rate.parse(text).orElseThrow(() -> new IllegalStateException("a stored rate is not one"));
    }
}
