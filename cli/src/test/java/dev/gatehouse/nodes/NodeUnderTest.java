package dev.gatehouse.nodes;

import dev.gatehouse.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The process of one node. It ends when the test does, however the test ends: the other side of its standard
/// input is gone then.
public final class NodeUnderTest {
    /// What the test reads, line by line when it asks. All else goes where nobody has to read it.
    static final PrintStream TOLD = System.out;

    private NodeUnderTest() {}

    /// `gatehouse serve --config` of the file that the last argument names; with `driven` before it a [Driven]
    /// node.
    public static void main(String[] arguments) {
        if (arguments[0].equals("driven")) {
            System.setOut(System.err);
            Driven driven = new Driven();
            driven.start(Path.of(arguments[1]));
            watch(driven::obey);
        } else {
            watch(_ -> {});
            Main.main(new String[] {"serve", "--config", arguments[0]});
        }
    }

    private static void watch(Consumer<List<String>> said) {
        Thread.ofPlatform().name("parent").start(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (line != null) {
                    said.accept(List.of(line.split(" ", -1)));
                    TOLD.println("done " + line);
                    line = lines.readLine();
                }
            } catch (IOException e) {
                System.err.println("the test is gone: " + e);
            }
            Runtime.getRuntime().halt(3);
        });
    }
}
