package im.pair.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The browser client's files, from the class path. Those that exist are kept once they were asked
 * for, so what is kept is bounded by what the jar holds. Thread-safe.
 */
final class WebFiles {
  private static final String FOLDER = "META-INF/resources/im/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*\\.((d\\.)?[a-z0-9]+)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "d.ts", "text/plain; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "webmanifest", "application/manifest+json");

  private final Map<String, WebFile> files = new ConcurrentHashMap<>();

  /**
   * A file as it is sent.
   *
   * @param type its media type
   * @param tag its entity tag, quoted
   * @param content its bytes, read-only
   */
  record WebFile(String type, String tag, ByteBuffer content) {}

  /** The file of that name, if there is one; nothing but a plain name is looked for. */
  @Nullable WebFile find(String name) throws IOException {
    WebFile known = files.get(name);
    if (known != null) {
      return known;
    }
    var matcher = NAME.matcher(name);
    String type = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
    byte[] bytes = type == null ? null : read(name);
    if (type == null || bytes == null) {
      return null;
    }
    WebFile file = new WebFile(type, tag(bytes), ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    files.put(name, file);
    return file;
  }

  private static byte @Nullable [] read(String name) throws IOException {
    ClassLoader loader = WebFiles.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
