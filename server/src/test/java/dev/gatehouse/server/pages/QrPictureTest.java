package dev.gatehouse.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.Camera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures are what another's reader reads.
class QrPictureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "otpauth://totp/Orders:alice?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Orders",
                "otpauth://totp/%E2%82%AC%20%26%20S%C3%B6hne:%C3%A4?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&period=30"
            })
    void aCameraReadsIt(String text) {
        QrPicture picture = QrPicture.of(text).orElseThrow();
        assertThat(Camera.drawn(picture.side(), picture.path())).isEqualTo(text);
    }

    @Test
    void fourModulesAreFreeAllAround() {
        QrPicture picture = QrPicture.of("1").orElseThrow();
        assertThat(picture.side()).isEqualTo(21 + 8);
        // The finder patterns begin at the corners of what is drawn (ISO/IEC 18004 section 6.3.3).
        assertThat(picture.path()).startsWith("M4 4h7v1h-7z").contains("M18 4h7v1h-7z", "M4 24h7v1h-7z");
    }

    @Test
    void whatIsTooLongForOneHasNone() {
        assertThat(QrPicture.of("a".repeat(2000))).isPresent();
        assertThat(QrPicture.of("a".repeat(3000))).isEmpty();
    }
}
