package dev.gatehouse.server.config;

/// Something in the configuration that stops the start.
///
/// @param origin where it stands: `gatehouse.yaml:12`, `environment GATEHOUSE_DATA`, `--set data`
/// @param what what is wrong and what would be right; never the value of a secret
public record Mistake(String origin, String what) {
    @Override
    public String toString() {
        return origin + ": " + what;
    }
}
