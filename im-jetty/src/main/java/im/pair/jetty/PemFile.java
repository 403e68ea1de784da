package im.pair.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys or certificates in a file of text, RFC 7468. No message of an exception has anything of what
 * the file holds.
 *
 * @param file where it came from
 * @param blocks what it holds, at least one
 */
record PemFile(Path file, List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** The kinds of keys that sign tokens, as the JDK names them. */
  private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

  /** One block: what it says that it is, and its text in base64. */
  record Block(String label, String base64) {
    byte[] bytes() {
      return Base64.getMimeDecoder().decode(base64);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or holds no block
   */
  static PemFile read(Path file) throws IOException {
    Matcher matcher = BLOCK.matcher(new String(KeyFile.read(file), ISO_8859_1));
    List<Block> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    if (blocks.isEmpty()) {
      throw new IOException(
          file + " is no PEM file: it has no block between -----BEGIN and -----END");
    }
    return new PemFile(file, List.copyOf(blocks));
  }

  /**
   * The public key, or that of the certificate; of several certificates that of the first, which
   * the others certify.
   *
   * @throws IOException if there is none, there are several, or a private key lies beside it
   */
  PublicKey publicKey() throws IOException {
    if (blocks.stream().anyMatch(block -> block.label().endsWith("PRIVATE KEY"))) {
      throw new IOException(
          file
              + " holds a private key; the server needs the public one alone:"
              + " openssl pkey -pubout -in PRIVATE -out PUBLIC");
    }
    Block first = blocks.get(0);
    if (first.label().equals("CERTIFICATE")) {
      return certified(first);
    }
    if (!first.label().equals("PUBLIC KEY")) {
      throw new IOException(
          file + " needs a block PUBLIC KEY or CERTIFICATE, not " + first.label());
    }
    if (blocks.size() > 1) {
      throw new IOException(file + " holds several keys; it takes a JWKS file for that");
    }
    for (String kind : KINDS) {
      try {
        return factory(kind).generatePublic(new X509EncodedKeySpec(first.bytes()));
      } catch (InvalidKeySpecException | IllegalArgumentException e) {
        // the next kind
      }
    }
    throw new IOException(file + " holds no public key of a known kind: RSA, EC or Ed25519");
  }

  private PublicKey certified(Block block) throws IOException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(block.bytes()))
          .getPublicKey();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " holds a certificate that cannot be read", e);
    }
  }

  /**
   * The private key, PKCS#8 and not encrypted.
   *
   * @throws IOException if there is none, or several
   */
  PrivateKey privateKey() throws IOException {
    Block first = blocks.get(0);
    if (blocks.size() > 1 || !first.label().equals("PRIVATE KEY")) {
      throw new IOException(
          file
              + " needs one block PRIVATE KEY and nothing else: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    }
    for (String kind : KINDS) {
      try {
        return factory(kind).generatePrivate(new PKCS8EncodedKeySpec(first.bytes()));
      } catch (InvalidKeySpecException | IllegalArgumentException e) {
        // the next kind
      }
    }
    throw new IOException(file + " holds no private key of a known kind: RSA, EC or Ed25519");
  }

  private static KeyFactory factory(String kind) {
    try {
      return KeyFactory.getInstance(kind);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JDK from 15 on has it", e);
    }
  }

  /** Without what it holds. */
  @Override
  public String toString() {
    return "PemFile[" + file + "]";
  }
}
