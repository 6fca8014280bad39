package dev.gatehouse.server.config;

import java.util.Locale;
import java.util.Optional;

/// A colour of sRGB, each part from 0 to 255.
public record Colour(int red, int green, int blue) {
    static final Colour WHITE = new Colour(255, 255, 255);

    /// The background of dark pages.
    static final Colour NIGHT = new Colour(0x16, 0x18, 0x1d);

    /// The least contrast at which text can be read (WCAG 2.2, success criterion 1.4.3).
    static final double READABLE = 4.5;

    /// Reads `#rrggbb`.
    static Optional<Colour> parse(String text) {
        if (!text.matches("#[0-9a-fA-F]{6}")) {
            return Optional.empty();
        }
        int value = Integer.parseInt(text, 1, 7, 16);
        return Optional.of(new Colour(value >> 16, value >> 8 & 0xff, value & 0xff));
    }

    /// The contrast between two colours, from 1 to 21, as WCAG 2.2 defines it.
    double contrast(Colour other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    /// As `#rrggbb`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}
