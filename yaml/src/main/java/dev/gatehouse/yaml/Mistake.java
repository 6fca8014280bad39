package dev.gatehouse.yaml;

/// Something in a file that keeps it from being used.
///
/// @param what what is wrong and what is allowed there
public record Mistake(Spot spot, String what) {
    @Override
    public String toString() {
        return spot + ": " + what;
    }
}
