package dev.gatehouse.server.pages;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Optional;

/// A text as a picture that cameras read (ISO/IEC 18004), for a page to draw. It stands in the page itself, so what
/// it says has no address and is kept nowhere.
///
/// @param side of the square, with the quiet zone, in modules
/// @param path the dark modules, in the words of SVG
record QrPicture(int side, String path) {
    /// What the standard wants free around the modules.
    private static final int QUIET = 4;

    /// Empty for a text that is too long for a picture.
    static Optional<QrPicture> of(String text) {
        try {
            return Optional.of(drawn(QrCode.encodeText(text, QrCode.Ecc.MEDIUM)));
        } catch (DataTooLongException _) {
            return Optional.empty();
        }
    }

    /// Each run of dark modules in a row is one rectangle.
    private static QrPicture drawn(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int from = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
                    path.append('h')
                            .append(x - from)
                            .append("v1h-")
                            .append(x - from)
                            .append('z');
                }
                x++;
            }
        }
        return new QrPicture(code.size + 2 * QUIET, path.toString());
    }
}
