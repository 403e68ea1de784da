package im.pair.jetty;

import im.pair.jetty.PemFile.Block;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its chain, and its private key, in two PEM files or in one.
 *
 * @param certificate the server's certificate, and after it those that lead to the root
 * @param key its key without a password: RSA, EC or Ed25519, as PKCS#8 or as OpenSSL used to write
 *     it
 */
record CertificateFiles(Path certificate, Path key) {
  /** What the key store asks for; it never leaves memory. */
  static final String PASSWORD = "in memory";

  private static final String PKCS8 = "PRIVATE KEY";

  /**
   * Reads both.
   *
   * @return a key store with nothing else in it
   * @throws IOException if that cannot be; the message is one line, names the file, and says what
   *     to do
   */
  KeyStore read() throws IOException {
    Certificate[] chain = chain();
    PublicKey publicKey = chain[0].getPublicKey();
    PrivateKey privateKey = privateKey(publicKey);
    try {
      if (!belongTogether(publicKey, privateKey)) {
        throw foreignKey(publicKey, null);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey, PASSWORD.toCharArray(), chain);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          certificate + " is no chain: the server's certificate comes first, then its issuer's", e);
    }
  }

  /** Changes with the files, and says nothing else. */
  String stamp() {
    return stamp(certificate) + stamp(key);
  }

  private static String stamp(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException e) {
      return "none";
    }
  }

  private Certificate[] chain() throws IOException {
    List<Certificate> chain = new ArrayList<>();
    try {
      for (Block block : blocks(PemFile.read(certificate), "CERTIFICATE")) {
        chain.add(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(block.bytes())));
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IOException(certificate + " is damaged: a certificate cannot be read", e);
    }
    if (chain.isEmpty()) {
      throw new IOException(certificate + " has no certificate in PEM form");
    }
    return chain.toArray(Certificate[]::new);
  }

  private PrivateKey privateKey(PublicKey publicKey) throws IOException {
    PemFile file = PemFile.read(key);
    if (file.blocks().stream().anyMatch(CertificateFiles::hasPassword)) {
      throw new IOException(
          key + " has a password; write it without one: openssl pkey -in OLD -out NEW");
    }
    for (String label : List.of(PKCS8, "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
      for (Block block : blocks(file, label)) {
        return decode(block, publicKey);
      }
    }
    throw new IOException(
        key
            + " has no private key in PEM form that is known here; write it as PKCS#8:"
            + " openssl pkey -in OLD -out NEW");
  }

  private static List<Block> blocks(PemFile file, String label) {
    return file.blocks().stream().filter(block -> block.label().equals(label)).toList();
  }

  private static boolean hasPassword(Block block) {
    return block.label().startsWith("ENCRYPTED") || block.base64().contains("ENCRYPTED");
  }

  private PrivateKey decode(Block block, PublicKey publicKey) throws IOException {
    try {
      byte[] bytes = block.bytes();
      byte[] pkcs8 = block.label().equals(PKCS8) ? bytes : pkcs8(bytes, publicKey);
      return KeyFactory.getInstance(publicKey.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw foreignKey(publicKey, e);
    }
  }

  private IOException foreignKey(PublicKey publicKey, @Nullable Exception cause) {
    return new IOException(
        key + " is not the " + publicKey.getAlgorithm() + " key of " + certificate, cause);
  }

  private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    byte[] anything = publicKey.getEncoded();
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    signature.update(anything);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(anything);
    return signature.verify(signed);
  }

  /**
   * Wraps a key of PKCS#1 or SEC 1 into PKCS#8: version, algorithm, key. The algorithm is the same
   * part of the public key's encoding, its first.
   */
  private static byte[] pkcs8(byte[] bare, PublicKey publicKey) {
    byte[] info = publicKey.getEncoded();
    int start = info[1] < 0 ? 2 + (info[1] & 0x7F) : 2;
    byte[] algorithm = Arrays.copyOfRange(info, start, start + 2 + info[start + 1]);
    return der(0x30, new byte[] {2, 1, 0}, algorithm, der(0x04, bare));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      int octets = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      out.write(0x80 | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
