package dev.gatehouse.server.mail;

import dev.gatehouse.server.notice.Came;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Puts letters into a folder, one `.eml` file each, that only the user of the node can read: they let whoever
/// reads them in. The newest [#MOST] are kept.
record FileMailer(String from, Path folder, InstantSource clock, RandomGenerator random) implements Mailer {
    static final int MOST = 1000;

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Pattern OWN = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}-[0-9a-z]{1,13}\\.(eml|part)");
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public Came send(Letter letter) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            }
            thin();
            write(letter, clock.instant());
            return new Came.Delivered();
        } catch (IOException | MessagingException e) {
            return new Came.Failed("the folder of letters: " + e.getClass().getSimpleName(), true);
        }
    }

    private void write(Letter letter, Instant now) throws IOException, MessagingException {
        String name = NAME.format(now) + "-" + Long.toUnsignedString(random.nextLong(), 36);
        Path part = folder.resolve(name + ".part");
        Files.createFile(part, PosixFilePermissions.asFileAttribute(FILE));
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.WRITE)) {
            Properties own = new Properties();
            own.setProperty("mail.from", from);
            Messages.of(Session.getInstance(own), from, letter, now).writeTo(out);
        }
        Files.move(part, folder.resolve(name + ".eml"));
    }

    private void thin() throws IOException {
        List<Path> letters;
        try (Stream<Path> files = Files.list(folder)) {
            letters = files.filter(
                            file -> OWN.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path old : letters.subList(0, Math.max(0, letters.size() - MOST + 1))) {
            Files.deleteIfExists(old);
        }
    }
}
