package dev.gatehouse.bench;

import java.util.List;

/// One figure, measured several times.
record Sample(List<Double> values) {
    /// Keeps a sorted copy.
    Sample {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        values = values.stream().sorted().toList();
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    double least() {
        return values.getFirst();
    }

    double most() {
        return values.getLast();
    }
}
