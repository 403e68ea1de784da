package im.pair.jetty;

/** How a token may be signed. Source: RFC 7518 §3, RFC 8037, RFC 9864. */
public enum JwtAlgorithm {
  /** HMAC with SHA-256, by a secret of at least 32 bytes that both sides have. */
  HS256,
  /** RSA, PKCS#1 v1.5, with SHA-256, by a key of at least 2,048 bits. */
  RS256,
  /** ECDSA on the curve P-256 with SHA-256. */
  ES256,
  /** Ed25519, called EdDSA or Ed25519 in a token's header. */
  EDDSA;

  /** Whether the {@code alg} of a token's header means this one. */
  boolean isNamed(String alg) {
    return this == EDDSA ? alg.equals("EdDSA") || alg.equals("Ed25519") : alg.equals(name());
  }
}
