package dev.gatehouse.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests an [Estate] on three nodes: the same for all of a run, started when first asked for. The third
/// node is [Driven]. Whatever a test breaks it mends.
final class Clustered implements ParameterResolver {
    private static final int NODES = 3;

    /// Ends with the run.
    private record Running(Estate estate, Path folder) implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("gatehouse-nodes");
                return new Running(Estate.of(Cluster.start(folder, NODES)), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            estate.cluster.close();
            List<Path> all;
            try (Stream<Path> walked = Files.walk(folder)) {
                all = walked.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path one : all) {
                Files.deleteIfExists(one);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Estate.class;
    }

    @Override
    public Estate resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Estate estate = test.getRoot()
                .getStore(ExtensionContext.Namespace.create(Clustered.class))
                .computeIfAbsent(Running.class, _ -> Running.start(), Running.class)
                .estate();
        estate.cluster.awaitAllReady();
        return estate;
    }
}
