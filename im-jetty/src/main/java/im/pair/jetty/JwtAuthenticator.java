package im.pair.jetty;

import static java.lang.System.Logger.Level.DEBUG;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import im.pair.core.UserId;
import im.pair.jetty.JwtClaims.Verdict;
import im.pair.wire.Authenticator;
import im.pair.wire.Credentials;
import im.pair.wire.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who shows a JSON Web Token (RFC 7519) that is signed by a known key and has not expired.
 *
 * <p>The signature is HS256 by a secret, or RS256, ES256 or EdDSA by a public key; a key is used
 * for its own algorithm alone, whatever a token's header says, and keys that come in a token count
 * for nothing. {@code sub} is the user and {@code exp} is required; {@code nbf} is honoured; {@code
 * iss} and {@code aud} are checked if the builder was given them.
 *
 * <p>Immutable but for the keys of a JWKS file, and thread-safe. Answers at once, on the caller's
 * thread, and never exceptionally: absent for every token that it does not take. Why is told to the
 * logger of this class at DEBUG, in words that hold no part of the token. It needs the optional
 * dependency com.nimbusds:nimbus-jose-jwt. Source: wire.md, im.v1; RFC 8725.
 */
public final class JwtAuthenticator implements Authenticator {
  /** The longest token, in bytes; what is longer is not parsed. */
  public static final int MAX_TOKEN_BYTES = 8 * 1024;

  private static final System.Logger LOG = System.getLogger(JwtAuthenticator.class.getName());

  /** Three parts; the library's own reading of base64 passes over what is none. */
  private static final Pattern SIGNED =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private static final Set<String> TYPES = Set.of("jwt", "at+jwt");

  private final Function<Instant, List<JwtKey>> keys;
  private final Set<JwtAlgorithm> algorithms;
  private final JwtClaims asked;
  private final InstantSource clock;

  private JwtAuthenticator(Builder builder) {
    keys = builder.keys;
    algorithms = builder.algorithms;
    asked = new JwtClaims(builder.issuer, builder.audience, builder.leeway);
    clock = builder.clock;
  }

  /**
   * Takes tokens that are signed with HS256.
   *
   * @param secret is copied
   * @throws IllegalArgumentException if it has fewer than 32 bytes
   */
  public static Builder ofSecret(byte[] secret) {
    return new Builder(JwtKey.ofSecret(secret));
  }

  /**
   * Takes tokens that are signed by the private key to this one.
   *
   * @param key RSA of at least 2,048 bits, EC on the curve P-256, or Ed25519
   * @throws IllegalArgumentException if it is another one
   */
  public static Builder ofPublicKey(PublicKey key) {
    return new Builder(JwtKey.ofPublicKey(null, key));
  }

  /**
   * The same by a key in a PEM file, a PUBLIC KEY or a CERTIFICATE, of which only the key counts.
   * The file is read here, once.
   *
   * @throws IOException if it cannot be read or holds no such key; the message says so to people
   */
  public static Builder ofPublicKeyFile(Path file) throws IOException {
    PublicKey key = PemFile.read(file).publicKey();
    try {
      return ofPublicKey(key);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * The same by the keys of a JWKS file, 1 to 32 of them: that which a token names by {@code kid},
   * or any if it names none. The file is read here; it is read again when it has changed, which is
   * looked for while tokens are checked, at most every 5 seconds. If it cannot be used then, the
   * keys that were read before stay, and that is logged once.
   *
   * @throws IOException if it cannot be read, is no JWKS, has an RSA key of fewer than 2,048 bits,
   *     or no key that is of use; the message says so to people
   */
  public static Builder ofJwksFile(Path file) throws IOException {
    return new Builder(JwksFile.open(file)::keys);
  }

  @Override
  public CompletionStage<@Nullable Identity> authenticate(Credentials credentials) {
    Verdict verdict;
    try {
      verdict = judge(credentials);
    } catch (ParseException | RuntimeException e) {
      verdict = Verdict.refused("it is not a signed JWT");
    }
    if (verdict.identity() == null) {
      LOG.log(DEBUG, "a token was refused: {0}", verdict.why());
    }
    return CompletableFuture.completedFuture(verdict.identity());
  }

  private Verdict judge(Credentials credentials) throws ParseException {
    String token = credentials.token();
    if (token == null) {
      return Verdict.refused("there is none");
    }
    if (token.length() > MAX_TOKEN_BYTES) {
      return Verdict.refused("it is longer than 8 KiB");
    }
    if (!SIGNED.matcher(token).matches()) {
      return Verdict.refused("it is not a signed JWT");
    }
    JWSObject signed = JWSObject.parse(token);
    JWSHeader header = signed.getHeader();
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      return Verdict.refused("its header asks for an extension");
    }
    if (!isToken(header.getType())) {
      return Verdict.refused("its type is neither JWT nor at+jwt");
    }
    Instant now = clock.instant();
    List<JwtKey> fitting =
        keys.apply(now).stream()
            .filter(key -> algorithms.contains(key.algorithm()) && key.fits(header))
            .toList();
    if (fitting.isEmpty()) {
      return Verdict.refused("no key has its algorithm and its kid");
    }
    if (fitting.stream().noneMatch(key -> verifies(key, signed))) {
      return Verdict.refused("its signature is wrong");
    }
    Map<String, Object> claims = signed.getPayload().toJSONObject();
    if (claims == null) {
      return Verdict.refused("it has no claims");
    }
    Verdict verdict = asked.judge(claims, now);
    Identity identity = verdict.identity();
    UserId claimed = credentials.user();
    return identity == null || claimed == null || claimed.equals(identity.user())
        ? verdict
        : Verdict.refused("its sub is not the user that the client claims to be");
  }

  private static boolean isToken(@Nullable JOSEObjectType type) {
    return type == null
        || TYPES.contains(
            type.getType().toLowerCase(Locale.ROOT).replaceFirst("^application/", ""));
  }

  private static boolean verifies(JwtKey key, JWSObject signed) {
    try {
      return signed.verify(key.verifier());
    } catch (JOSEException e) {
      return false;
    }
  }

  /** What is asked of a token besides its signature. Not thread-safe. */
  public static final class Builder {
    private final Function<Instant, List<JwtKey>> keys;
    private Set<JwtAlgorithm> algorithms = Set.of(JwtAlgorithm.values());
    private @Nullable String issuer;
    private @Nullable String audience;
    private Duration leeway = Duration.ZERO;
    private InstantSource clock = InstantSource.system();

    private Builder(JwtKey key) {
      this(now -> List.of(key));
    }

    private Builder(Function<Instant, List<JwtKey>> keys) {
      this.keys = keys;
    }

    /** What {@code iss} must be; anything or nothing unless this is called. */
    public Builder issuer(String name) {
      issuer = named("issuer", name);
      return this;
    }

    /** What {@code aud} must be or hold; anything or nothing unless this is called. */
    public Builder audience(String name) {
      audience = named("audience", name);
      return this;
    }

    private static String named(String what, String name) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("an " + what + " has a name");
      }
      return name;
    }

    /**
     * Takes these alone; all that the keys are for unless this is called.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Builder algorithms(Collection<JwtAlgorithm> these) {
      if (these.isEmpty()) {
        throw new IllegalArgumentException("without an algorithm nobody gets in");
      }
      algorithms = Set.copyOf(these);
      return this;
    }

    /**
     * How far the issuer's clock may be from this one; nothing unless this is called. A token is
     * good for that much longer, and that much earlier.
     *
     * @param time up to an hour
     * @throws IllegalArgumentException if it is negative or longer
     */
    public Builder leeway(Duration time) {
      if (time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("a leeway is from nothing to an hour: " + time);
      }
      leeway = time;
      return this;
    }

    /** Tells what time it is; the system's clock unless this is called. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** The authenticator. */
    public JwtAuthenticator build() {
      return new JwtAuthenticator(this);
    }
  }
}
