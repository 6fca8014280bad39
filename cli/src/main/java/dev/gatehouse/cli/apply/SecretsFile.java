package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A new file that only its owner may read, with one JSON object a line for each drawn secret. Each line is on
/// the disk before the next secret is asked for.
public final class SecretsFile implements DrawnSecrets, AutoCloseable {
    private final FileChannel channel;

    private SecretsFile(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes the file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when it is there
    public static SecretsFile create(Path file) throws IOException {
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return new SecretsFile(
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly));
    }

    /// What is told about a drawn secret, as JSON.
    public static Json.Obj json(Credential credential, Secret secret) {
        return Json.Obj.EMPTY
                .with("organization", credential.organization())
                .with("application", credential.application())
                .with("client_id", credential.clientId())
                .with("credential", credential.name())
                .with("kind", credential.kind())
                .with("id", credential.id())
                .with("secret", secret.reveal());
    }

    @Override
    public void drawn(Credential credential, Secret secret) {
        ByteBuffer line = ByteBuffer.wrap((json(credential, secret).compact() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
