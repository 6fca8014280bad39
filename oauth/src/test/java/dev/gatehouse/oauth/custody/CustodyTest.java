package dev.gatehouse.oauth.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustodyTest {
    private static final Place PLACE = new Place("org_1", "key", "key_1", "SIGN", 1);
    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    private Custody open(boolean mayCreate) {
        return Custody.open(folder.resolve(Custody.FILE), mayCreate, random);
    }

    private Path file() {
        return folder.resolve(Custody.FILE);
    }

    @Test
    void theSameFileGivesTheSameKeys() {
        Custody first = open(true);
        Custody second = open(false);
        Secret secret = Secret.of("secret");
        KeyString key = KeyString.draw(
                CredentialKind.SECRET, "live", Id.random(Kind.CREDENTIAL, random), first.checkKeys(), random);
        assertThat(second.pepper().matches(first.pepper().digest(secret), secret))
                .isTrue();
        assertThat(KeyString.parse(key.text(), second.checkKeys())).isPresent();
        assertThat(second.auditMac().mac(PLAIN))
                .isEqualTo(first.auditMac().mac(PLAIN))
                .hasSize(32);
        assertThat(second.decrypt(first.encrypt(PLAIN, PLACE), PLACE))
                .hasValueSatisfying(plain -> assertThat(plain).isEqualTo(PLAIN));
        assertThat(second.installation()).isEqualTo(first.installation());
    }

    @Test
    void theFileIsForItsOwnerOnly() throws IOException {
        open(true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void theFileComesWholeIntoAFolderOfItsOwnAndNothingElseStays() throws IOException {
        Path data = folder.resolve("data");
        Custody.open(data.resolve(Custody.FILE), true, random);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve(Custody.FILE));
        }
    }

    @Test
    void aFileThatIsThereIsNeverWrittenOver() throws IOException {
        open(true);
        byte[] before = Files.readAllBytes(file());
        KeyFile other = new KeyFile("other", List.of(), List.of(), "", "");
        assertThatThrownBy(() -> KeyFiles.write(file(), other))
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining("appeared");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx", "rw------x"})
    void aFileThatOthersCanUseStopsTheStart(String permissions) throws IOException {
        open(true);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> open(true))
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void n03AMissingFileIsNeverCreatedForADatabaseWithData() {
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining("backup");
        assertThat(file()).doesNotExist();
    }

    @Test
    void n03EveryFlippedBitStopsTheStart() throws IOException {
        open(true);
        byte[] content = Files.readAllBytes(file());
        for (int i = 0; i < content.length; i++) {
            for (int bit : new int[] {0, 5, 7}) {
                byte[] flipped = content.clone();
                flipped[i] ^= (byte) (1 << bit);
                if (Character.isWhitespace(content[i]) && Character.isWhitespace(flipped[i])) {
                    continue;
                }
                Files.write(file(), flipped);
                assertThatThrownBy(() -> open(true))
                        .as("byte " + i + " bit " + bit)
                        .isInstanceOf(CustodyException.class);
            }
        }
        Files.write(file(), content);
        assertThat(open(false)).isNotNull();
    }

    @Test
    void n03CutEmptyHugeAndOtherFilesStopTheStart() throws IOException {
        open(true);
        byte[] content = Files.readAllBytes(file());
        for (String odd : List.of(
                "",
                "{}",
                "[]",
                "null",
                "x".repeat(1 << 20),
                new String(content, StandardCharsets.UTF_8) + "x",
                new String(content, 0, content.length / 2, StandardCharsets.UTF_8))) {
            Files.writeString(file(), odd);
            assertThatThrownBy(() -> open(true))
                    .isInstanceOf(CustodyException.class)
                    .hasMessageContaining("backup");
        }
    }

    @Test
    void n03MixturesOfTwoFilesStopTheStart(@TempDir Path other) throws IOException {
        open(true);
        Custody.open(other.resolve(Custody.FILE), true, random);
        List<String> mine = Files.readAllLines(file());
        List<String> theirs = Files.readAllLines(other.resolve(Custody.FILE));
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).equals(theirs.get(i))) {
                List<String> mixed = new java.util.ArrayList<>(mine);
                mixed.set(i, theirs.get(i));
                Files.write(file(), mixed);
                assertThatThrownBy(() -> open(true)).as(i + "").isInstanceOf(CustodyException.class);
            }
        }
    }

    @Test
    void n03ACiphertextOpensInItsOwnPlaceOnly(@TempDir Path other) {
        Custody custody = open(true);
        Encrypted encrypted = custody.encrypt(PLAIN, PLACE);
        for (Place place : List.of(
                new Place("org_2", "key", "key_1", "SIGN", 1),
                new Place("org_1", "connection", "key_1", "SIGN", 1),
                new Place("org_1", "key", "key_2", "SIGN", 1),
                new Place("org_1", "key", "key_1", "SEAL", 1),
                new Place("org_1", "key", "key_1", "SIGN", 2),
                new Place("org_1k", "ey", "key_1", "SIGN", 1))) {
            assertThat(custody.decrypt(encrypted, place)).as(place.toString()).isEmpty();
        }
        assertThat(Custody.open(other.resolve(Custody.FILE), true, random).decrypt(encrypted, PLACE))
                .isEmpty();
        assertThat(custody.decrypt(encrypted, PLACE)).isPresent();
    }

    @Test
    void n03EveryFlippedBitOfACiphertextIsFound() {
        Custody custody = open(true);
        byte[] encrypted = custody.encrypt(PLAIN, PLACE).bytes();
        for (int bit = 0; bit < encrypted.length * 8; bit++) {
            byte[] flipped = encrypted.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(custody.decrypt(Encrypted.of(flipped), PLACE))
                    .as("bit " + bit)
                    .isEmpty();
        }
        for (int length = 0; length < encrypted.length; length++) {
            assertThat(custody.decrypt(Encrypted.of(java.util.Arrays.copyOf(encrypted, length)), PLACE))
                    .isEmpty();
        }
    }

    @Test
    void nothingSecretIsPrinted() throws IOException {
        open(true);
        KeyFile file = KeyFile.parse(Files.readAllBytes(file())).orElseThrow();
        String printed = file + " " + file.peppers() + file.checkKeys();
        for (String secret : List.of(
                file.peppers().getFirst().key(),
                file.checkKeys().getFirst().key(),
                file.auditMac(),
                file.keyEncryption())) {
            assertThat(printed).doesNotContain(secret);
        }
    }
}
