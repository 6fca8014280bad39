package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The heap of another JVM, asked with `jcmd`.
final class Heap {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private Heap() {}

    /// Bytes of all objects that a full collection leaves.
    static long liveBytes(long pid) {
        try {
            Process jcmd = new ProcessBuilder(Jvm.program("jcmd"), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return total(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new BenchException("no class histogram: " + histogram);
        }
        return Long.parseLong(total.group(1));
    }
}
