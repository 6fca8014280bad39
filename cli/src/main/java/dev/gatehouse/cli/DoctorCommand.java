package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.doctor.Doctor;
import dev.gatehouse.server.doctor.Finding;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatehouse doctor`.
@Command(
        name = "doctor",
        description = {
            "Look at everything a node needs: configuration, memory, open files, crypto, files and who may read them,"
                    + " database, clock, ports. Says what is wrong and what to do. Starts and changes nothing.",
            "Exit code 5 when something is wrong, 0 otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse doctor --config gatehouse.yaml", "  gatehouse doctor --config gatehouse.yaml -o json"})
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    NodeOptions options = new NodeOptions();

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() {
        NodeConfig config = options.load(Terminal.of(output.mixee));
        Logs.to(NodeConfig.LogFormat.TEXT, NodeConfig.LogLevel.ERROR);
        List<Finding> findings = Doctor.examine(config, InstantSource.system(), new SecureRandom());
        output.list(
                findings.stream().map(DoctorCommand::json).toList(),
                Optional.empty(),
                "result",
                "about",
                "what",
                "remedy");
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.WRONG) ? Exit.NO_START : Exit.OK;
    }

    private static Json.Obj json(Finding finding) {
        Json.Obj shown = Json.Obj.EMPTY
                .with("result", finding.level().name().toLowerCase(Locale.ROOT))
                .with("about", finding.about())
                .with("what", finding.what());
        return finding.remedy().isEmpty() ? shown : shown.with("remedy", finding.remedy());
    }
}
