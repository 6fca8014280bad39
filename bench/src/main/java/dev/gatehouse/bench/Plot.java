package dev.gatehouse.bench;

import java.util.List;
import java.util.Locale;

/// A bar for each server, as SVG that reads well on light and dark pages: the bar is the median, the whisker goes
/// from the least to the most of all rounds.
final class Plot {
    private static final int WIDTH = 760;
    private static final int LEFT = 300;
    private static final int RIGHT = 90;
    private static final int TOP = 56;
    private static final int STEP = 38;
    private static final int BAR = 22;

    private Plot() {}

    static String bars(String title, Part.Compared part) {
        List<Row> rows = part.rows();
        double most =
                rows.stream().mapToDouble(row -> row.cpuMicros().most()).max().orElse(1);
        double scale = (WIDTH - LEFT - RIGHT) / most;
        int height = TOP + rows.size() * STEP + 16;
        StringBuilder out =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="system-ui, sans-serif" role="img">
                <title>%3$s: CPU time a request</title>
                <rect width="%1$d" height="%2$d" rx="10" fill="#fbfaf7"/>
                <text x="24" y="32" font-size="17" font-weight="600" fill="#1f2933">%3$s</text>
                <text x="%4$d" y="32" font-size="12" fill="#6b7785" text-anchor="end">µs of CPU a request, less is better</text>
                """, WIDTH, height, escaped(title), WIDTH - 24));
        for (int i = 0; i < rows.size(); i++) {
            out.append(bar(rows.get(i), TOP + i * STEP, scale));
        }
        return out.append("</svg>\n").toString();
    }

    private static String bar(Row row, int y, double scale) {
        Sample cpu = row.cpuMicros();
        boolean ours = row.label().startsWith("Gatehouse");
        double middle = y + BAR / 2.0;
        return String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%.1f" font-size="13" fill="#1f2933" text-anchor="end">%s</text>
                <rect x="%d" y="%d" width="%.1f" height="%d" rx="4" fill="%s"/>
                <path d="M%.1f %.1fH%.1f" stroke="#1f2933" stroke-width="1.5" stroke-opacity="0.55"/>
                <text x="%.1f" y="%.1f" font-size="13" font-weight="600" fill="#1f2933">%s</text>
                """,
                LEFT - 12,
                middle + 4.5,
                escaped(row.label()),
                LEFT,
                y,
                Math.max(2, cpu.median() * scale),
                BAR,
                ours ? "#2f7d6b" : "#b9c2cc",
                LEFT + cpu.least() * scale,
                middle,
                LEFT + cpu.most() * scale,
                LEFT + cpu.most() * scale + 8,
                middle + 4.5,
                cpu.median() < 100
                        ? String.format(Locale.ROOT, "%.1f", cpu.median())
                        : String.format(Locale.ROOT, "%,.0f", cpu.median()));
    }

    private static String escaped(String text) {
        return text.replace("`", "").replace("&", "&amp;").replace("<", "&lt;");
    }
}
