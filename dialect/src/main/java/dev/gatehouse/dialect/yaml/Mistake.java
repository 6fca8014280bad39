package dev.gatehouse.dialect.yaml;

/// Something in a dialect file that keeps it from being used.
///
/// @param what what is wrong and what is allowed there
public record Mistake(Spot spot, String what) {
    @Override
    public String toString() {
        return spot + ": " + what;
    }
}
