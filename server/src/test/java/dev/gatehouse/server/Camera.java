package dev.gatehouse.server;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/// Reads QR codes off pages, by a reader that is none of ours.
public final class Camera {
    private static final int MODULE = 4;
    private static final Pattern SQUARE = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"");
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");

    private Camera() {}

    /// What the picture in the text of a page says.
    static String read(String page) {
        Matcher square = SQUARE.matcher(page);
        if (!square.find()) {
            throw new AssertionError("no picture: " + page);
        }
        return drawn(Integer.parseInt(square.group(1)), page);
    }

    /// What these modules say.
    ///
    /// @param side of the square
    public static String drawn(int side, String path) {
        int pixels = side * MODULE;
        int[] all = new int[pixels * pixels];
        Arrays.fill(all, 0xffffff);
        Matcher run = RUN.matcher(path);
        while (run.find()) {
            int x = Integer.parseInt(run.group(1));
            int y = Integer.parseInt(run.group(2));
            int length = Integer.parseInt(run.group(3));
            for (int row = y * MODULE; row < (y + 1) * MODULE; row++) {
                Arrays.fill(all, row * pixels + x * MODULE, row * pixels + (x + length) * MODULE, 0);
            }
        }
        return read(new RGBLuminanceSource(pixels, pixels, all))
                .orElseThrow(() -> new AssertionError("nothing that a camera reads"));
    }

    /// What a code that is somewhere on a screen says.
    ///
    /// @param png of the screen
    static Optional<String> read(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int width = image.getWidth();
        int height = image.getHeight();
        return read(new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width)));
    }

    private static Optional<String> read(RGBLuminanceSource light) {
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(light)))
                    .getText());
        } catch (NotFoundException _) {
            return Optional.empty();
        } catch (ReaderException e) {
            throw new AssertionError(e);
        }
    }
}
