package im.pair.jetty;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Ed25519 by the JDK: the library's own needs another library. Thread-safe. Source: RFC 8037. */
final class Ed25519 {
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  /**
   * A key as a JWKS has it: the point's y, little-endian, with the lowest bit of x on top.
   *
   * @throws IllegalArgumentException if it is no such key
   */
  static PublicKey key(byte[] encoded) {
    if (encoded.length != KEY_BYTES) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
    }
    byte[] y = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      y[i] = encoded[KEY_BYTES - 1 - i];
    }
    boolean odd = y[0] < 0;
    y[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key for Ed25519", e);
    }
  }

  /** Checks signatures. */
  static final class Verifier extends EdDSAProvider implements JWSVerifier {
    private final PublicKey key;

    Verifier(PublicKey key) {
      this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature)
        throws JOSEException {
      byte[] bytes = signature.decode();
      if (bytes.length != SIGNATURE_BYTES) {
        return false; // the JDK takes a signature with more bytes behind it
      }
      try {
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key);
        ed25519.update(signed);
        return ed25519.verify(bytes);
      } catch (SignatureException e) {
        return false; // its form is wrong
      } catch (GeneralSecurityException e) {
        throw new JOSEException("Ed25519 cannot be checked", e);
      }
    }
  }

  /** Signs. */
  static final class Signer extends EdDSAProvider implements JWSSigner {
    private final PrivateKey key;

    Signer(PrivateKey key) {
      this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] content) throws JOSEException {
      try {
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(key);
        ed25519.update(content);
        return Base64URL.encode(ed25519.sign());
      } catch (GeneralSecurityException e) {
        throw new JOSEException("Ed25519 cannot sign", e);
      }
    }
  }
}
