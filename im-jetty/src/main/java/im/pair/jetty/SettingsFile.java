package im.pair.jetty;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file of settings: Java properties in UTF-8.
 *
 * @param path where it is
 * @param values by their keys
 */
record SettingsFile(Path path, Map<String, String> values) {
  /** The file cannot be used; the message is one line and names it. */
  static final class BadFileException extends Exception {
    private static final long serialVersionUID = 1;

    BadFileException(String message) {
      super(message);
    }
  }

  /**
   * Reads a file.
   *
   * @param keys that may be in it
   */
  static SettingsFile read(Path path, Set<String> keys) throws BadFileException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new BadFileException(path + " is not there");
    } catch (AccessDeniedException e) {
      throw new BadFileException(path + " may not be read by this user");
    } catch (CharacterCodingException e) {
      throw new BadFileException(path + " is not UTF-8");
    } catch (IOException | IllegalArgumentException e) {
      throw new BadFileException(path + " cannot be read: " + e.getMessage());
    }
    Map<String, String> values = new TreeMap<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!keys.contains(key)) {
        throw new BadFileException(path + ": there is no setting '" + key + "'");
      }
      values.put(key, properties.getProperty(key).strip());
    }
    return new SettingsFile(path, values);
  }
}
