package im.pair.jetty;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import im.pair.core.UserId;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens that {@link JwtAuthenticator} takes, for trying out.
 *
 * @param algorithm what stands in their header
 * @param signer holds the key
 */
record JwtMint(JWSAlgorithm algorithm, JWSSigner signer) {
  /**
   * Signs with HS256.
   *
   * @throws IllegalArgumentException if the secret is too short
   */
  static JwtMint ofSecret(byte[] secret) {
    JwtKey.ofSecret(secret); // asks for its length
    try {
      return new JwtMint(JWSAlgorithm.HS256, new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a secret for HS256", e);
    }
  }

  /**
   * Signs with a private key, by the algorithm of its kind.
   *
   * @throws IllegalArgumentException if it is of another kind or too weak; the message says what is
   *     taken
   */
  static JwtMint ofPrivateKey(PrivateKey key) {
    if (key instanceof RSAPrivateKey rsa) {
      JwtKey.checkStrength(rsa);
      return new JwtMint(JWSAlgorithm.RS256, new RSASSASigner(rsa));
    }
    if (key instanceof ECPrivateKey ec
        && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
      try {
        return new JwtMint(JWSAlgorithm.ES256, new ECDSASigner(ec));
      } catch (JOSEException e) {
        throw new IllegalArgumentException("not a key for ES256", e);
      }
    }
    if (key instanceof EdECPrivateKey ed
        && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
      return new JwtMint(JWSAlgorithm.EdDSA, new Ed25519.Signer(key));
    }
    throw JwtKey.otherKind(key);
  }

  /** A token for a user, good from now on for a time. */
  String token(
      UserId user, Instant now, Duration ttl, @Nullable String issuer, @Nullable String audience) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(user.value())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ttl)))
            .issuer(issuer)
            .audience(audience)
            .build();
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).build(), claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
    return token.serialize();
  }
}
