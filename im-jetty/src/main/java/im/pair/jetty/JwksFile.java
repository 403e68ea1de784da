package im.pair.jetty;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a JWKS file, RFC 7517, read again when the file has changed: so an issuer may
 * change its keys while the server runs. A file that cannot be used is warned of once, and the keys
 * that were read before stay.
 *
 * <p>Keys that sign no token here are passed over: those for encryption, secrets, what is revoked,
 * other curves and algorithms. Thread-safe; the one thread that looks at the file reads it too,
 * others go on with the keys that there are.
 */
final class JwksFile {
  private static final System.Logger LOG = System.getLogger(JwksFile.class.getName());

  /** The file is looked at no oftener. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** A token that names no key is tried with each. */
  static final int MAX_KEYS = 32;

  /** What tells one state of a file from the next, also one that was moved into its place. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {
    static Stamp of(Path file) throws IOException {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException e) {
        throw KeyFile.unreadable(file, e);
      }
    }
  }

  private final Path file;
  private volatile List<JwtKey> keys; // written under the lock
  private final ReentrantLock lock = new ReentrantLock();
  private Stamp stamp; // guarded by lock
  private Instant looked = Instant.MIN; // guarded by lock
  private boolean warned; // guarded by lock

  private JwksFile(Path file, Stamp stamp, List<JwtKey> keys) {
    this.file = file;
    this.stamp = stamp;
    this.keys = keys;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, is no JWKS, has a key that is too weak, or none that
   *     is of use
   */
  static JwksFile open(Path file) throws IOException {
    Stamp stamp = Stamp.of(file); // first: what is written meanwhile is read at the next look
    return new JwksFile(file, stamp, read(file));
  }

  /** The keys as of now, or of up to {@link #LOOK_EVERY} ago; at least one. Does not throw. */
  List<JwtKey> keys(Instant now) {
    if (lock.tryLock()) {
      try {
        if (Duration.between(looked, now).abs().compareTo(LOOK_EVERY) >= 0) {
          looked = now;
          look();
        }
      } finally {
        lock.unlock();
      }
    }
    return keys;
  }

  private void look() {
    try {
      Stamp present = Stamp.of(file);
      if (!present.equals(stamp)) {
        keys = read(file);
        stamp = present;
        LOG.log(INFO, "{0} has changed, keys that count now: {1}", file, keys.size());
      }
      warned = false;
    } catch (IOException | RuntimeException e) {
      if (!warned) {
        warned = true;
        LOG.log(
            WARNING,
            "the keys that were read before stay, since these cannot be: " + e.getMessage());
      }
    }
  }

  private static List<JwtKey> read(Path file) throws IOException {
    List<JwtKey> keys = new ArrayList<>();
    try {
      for (JWK jwk : JWKSet.parse(new String(KeyFile.read(file), UTF_8)).getKeys()) {
        PublicKey key = signs(jwk) ? publicKey(jwk) : null;
        if (key != null) {
          keys.add(JwtKey.ofPublicKey(jwk.getKeyID(), key));
        }
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      throw new IOException(file + " cannot be used as a JWKS: " + e.getMessage(), e);
    }
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new IOException(
          file
              + " has "
              + keys.size()
              + " keys for RS256, ES256 or EdDSA; it takes 1 to "
              + MAX_KEYS);
    }
    return List.copyOf(keys);
  }

  private static boolean signs(JWK jwk) {
    return jwk.getKeyRevocation() == null
        && (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
        && (jwk.getKeyOperations() == null
            || jwk.getKeyOperations().contains(KeyOperation.VERIFY)
            || jwk.getKeyOperations().contains(KeyOperation.SIGN));
  }

  private static @Nullable PublicKey publicKey(JWK jwk) throws JOSEException {
    if (jwk instanceof RSAKey rsa && isFor(JwtAlgorithm.RS256, rsa)) {
      return rsa.toRSAPublicKey();
    }
    if (jwk instanceof ECKey ec
        && ec.getCurve().equals(Curve.P_256)
        && isFor(JwtAlgorithm.ES256, ec)) {
      return ec.toECPublicKey();
    }
    if (jwk instanceof OctetKeyPair okp
        && okp.getCurve().equals(Curve.Ed25519)
        && isFor(JwtAlgorithm.EDDSA, okp)) {
      return Ed25519.key(okp.getDecodedX());
    }
    return null;
  }

  private static boolean isFor(JwtAlgorithm algorithm, JWK jwk) {
    return jwk.getAlgorithm() == null || algorithm.isNamed(jwk.getAlgorithm().getName());
  }
}
