package dev.gatehouse.cli;

import dev.gatehouse.cli.demo.DemoFile;
import java.nio.file.Path;

/// Finds the demo in a folder.
final class Demos {
    private Demos() {}

    static DemoFile read(Path folder) {
        return DemoFile.read(folder)
                .orElseThrow(() -> Complaint.usage(
                        "there is no demo in " + folder + "; start one: gatehouse demo --data " + folder));
    }
}
