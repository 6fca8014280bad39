package dev.gatehouse.yaml;

/// Where something stands in a file; lines and columns count from 1.
public record Spot(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
