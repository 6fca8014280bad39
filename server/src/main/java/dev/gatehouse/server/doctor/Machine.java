package dev.gatehouse.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatehouse.server.config.NodeConfig;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Java, memory and open files.
final class Machine {
    private static final long LEAST_HEAP = 128L << 20;
    /// Log, database, jars, and a connection's upstream side.
    private static final int OTHER_FILES = 512;

    private Machine() {}

    static List<Finding> examine(NodeConfig config) {
        List<Finding> findings = new ArrayList<>();
        long heap = Runtime.getRuntime().maxMemory();
        String java = "Java " + Runtime.version().feature() + ", a heap of up to " + (heap >> 20) + " MiB";
        findings.add(
                heap >= LEAST_HEAP
                        ? Finding.ok("java", java)
                        : Finding.warning("java", java, "give it at least 128 MiB: GATEHOUSE_JAVA_OPTS=-Xmx512m"));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            findings.add(openFiles(
                    unix.getMaxFileDescriptorCount(),
                    config.listeners().size() * config.limits().connections()));
        }
        return findings;
    }

    /// A connection may take two: its own and one to the upstream.
    static Finding openFiles(long most, int connections) {
        long needed = 2L * connections + OTHER_FILES;
        String what = "this process may open " + most + " files; " + connections
                + " connections over all listeners need up to " + needed;
        return most >= needed
                ? Finding.ok("open files", what)
                : Finding.warning(
                        "open files",
                        what,
                        "raise the limit (`ulimit -n " + needed
                                + "`, LimitNOFILE= of the unit) or lower limits.connections");
    }
}
