package dev.gatehouse.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is in all files of a listener at one moment.
///
/// @param fingerprint changes when anything in the files does, their being readable included
/// @param problem why they could not all be read
record TlsContent(
        List<byte[]> certificates,
        List<byte[]> keys,
        List<byte[]> clientCa,
        String fingerprint,
        Optional<String> problem) {
    private static final int MAX_BYTES = 256 * 1024;
    private static final Set<PosixFilePermission> NOT_FOR_KEYS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    /// Never what is in them.
    @Override
    public String toString() {
        return fingerprint;
    }

    static TlsContent read(TlsFiles files) {
        MessageDigest digest = sha256();
        List<byte[]> certificates = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> clientCa = new ArrayList<>();
        Optional<String> problem = Optional.empty();
        try {
            for (Path path : files.certificates()) {
                certificates.add(read(path, digest));
            }
            for (Path path : files.keys()) {
                refuseIfOpenToOthers(path);
                keys.add(read(path, digest));
            }
            if (files.clientCa().isPresent()) {
                clientCa.add(read(files.clientCa().get(), digest));
            }
        } catch (TlsException e) {
            String message = String.valueOf(e.getMessage());
            digest.update(message.getBytes(StandardCharsets.UTF_8));
            problem = Optional.of(message);
        }
        return new TlsContent(certificates, keys, clientCa, HexFormat.of().formatHex(digest.digest()), problem);
    }

    private static byte[] read(Path path, MessageDigest digest) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new TlsException(path + ": the file is larger than " + MAX_BYTES + " bytes");
            }
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(content.length).flip());
            digest.update(content);
            return content;
        } catch (IOException e) {
            throw new TlsException(
                    path + ": the file cannot be read (" + e.getClass().getSimpleName()
                            + ") by the user that Gatehouse runs as",
                    e);
        }
    }

    private static void refuseIfOpenToOthers(Path path) {
        try {
            FileStore store = Files.getFileStore(path);
            if (store.supportsFileAttributeView("posix")) {
                Set<PosixFilePermission> open = EnumSet.copyOf(NOT_FOR_KEYS);
                open.retainAll(Files.getPosixFilePermissions(path));
                if (!open.isEmpty()) {
                    throw new TlsException(path + ": the private key is open to other users. Run: chmod 600 " + path);
                }
            }
        } catch (IOException e) {
            throw new TlsException(
                    path + ": the file cannot be read (" + e.getClass().getSimpleName()
                            + ") by the user that Gatehouse runs as",
                    e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
