package dev.gatehouse.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The version of this build and of the Java that it runs on.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {"gatehouse " + version + ", Java " + Runtime.version()};
    }
}
