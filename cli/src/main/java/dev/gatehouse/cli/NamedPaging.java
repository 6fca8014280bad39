package dev.gatehouse.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which part of a list of named things is printed.
final class NamedPaging extends Paging {
    @Option(names = "--name", paramLabel = "NAME", description = "only what has exactly this name")
    Optional<String> name = Optional.empty();

    @Override
    Optional<String> name() {
        return name;
    }
}
