package im.pair.browser;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Compares screenshots; edges of what is drawn vary a little from one to the next. */
final class Pixels {
  private Pixels() {}

  /** How much a colour differs between the two at most, from 0 to 255. */
  static int difference(byte[] one, byte[] other) {
    BufferedImage a = read(one);
    BufferedImage b = read(other);
    if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
      return 255;
    }
    int most = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        most = Math.max(most, difference(a.getRGB(x, y), b.getRGB(x, y)));
      }
    }
    return most;
  }

  private static int difference(int one, int other) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      most = Math.max(most, Math.abs((one >> shift & 255) - (other >> shift & 255)));
    }
    return most;
  }

  private static BufferedImage read(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
