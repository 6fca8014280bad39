package dev.gatehouse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every regular expression of a module, read from its compiled classes, where constants stand whole.
final class RegularExpressions {
    /// How a method takes its regular expression.
    ///
    /// @param behind how many arguments follow it, each pushed by one instruction
    /// @param whole whether all of the text must match
    private record Taker(int behind, boolean whole) {}

    private static final Map<String, Taker> TAKERS = Map.of(
            "java/lang/String.matches", new Taker(0, true),
            "java/lang/String.replaceAll", new Taker(1, false),
            "java/lang/String.replaceFirst", new Taker(1, false),
            "java/util/regex/Pattern.compile", new Taker(0, true),
            "dev/gatehouse/server/admin/Types.matching", new Taker(1, true));

    /// One place where a regular expression stands.
    ///
    /// @param regex empty when it is not a constant
    record Found(String place, Optional<String> regex, boolean whole) {}

    private RegularExpressions() {}

    /// Those of the module that a class belongs to.
    static List<Found> beside(Class<?> one) {
        try {
            Path source = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(source)) {
                return below(source);
            }
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                return below(jar.getPath("/"));
            }
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Found> below(Path root) throws IOException {
        List<Found> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                in(Files.readAllBytes(file), found);
            }
        }
        return found;
    }

    private static void in(byte[] bytes, List<Found> found) {
        var model = ClassFile.of().parse(bytes);
        String name = model.thisClass().asInternalName();
        for (MethodModel method : model.methods()) {
            method.code().ifPresent(code -> {
                List<Instruction> before = new ArrayList<>();
                for (CodeElement element : code.elementList()) {
                    if (element instanceof InvokeInstruction call) {
                        taken(name + "." + method.methodName().stringValue(), call, before)
                                .ifPresent(found::add);
                    }
                    if (element instanceof Instruction instruction) {
                        before.add(instruction);
                    }
                }
            });
        }
    }

    private static Optional<Found> taken(String place, InvokeInstruction call, List<Instruction> before) {
        Taker taker =
                TAKERS.get(call.owner().asInternalName() + "." + call.name().stringValue());
        if (taker == null) {
            return Optional.empty();
        }
        int flags = call.type().stringValue().startsWith("(Ljava/lang/String;I)") ? 1 : 0;
        Instruction pushed = before.get(before.size() - 1 - taker.behind() - flags);
        Optional<String> regex =
                pushed instanceof ConstantInstruction constant && constant.constantValue() instanceof String text
                        ? Optional.of(text)
                        : Optional.empty();
        return Optional.of(new Found(place, regex, taker.whole()));
    }
}
