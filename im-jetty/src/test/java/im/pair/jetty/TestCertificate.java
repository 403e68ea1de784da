package im.pair.jetty;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for localhost and 127.0.0.1 that is good for a day, with a new key; by itself or by
 * another. The JDK has no API that makes one.
 *
 * @param algorithm RSA, EC or Ed25519
 */
record TestCertificate(String algorithm, KeyPair keys, X509Certificate certificate) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static TestCertificate selfSigned(String algorithm, String name) {
    return make(algorithm, name, null);
  }

  TestCertificate issue(String name) {
    return make(algorithm, name, this);
  }

  private static TestCertificate make(
      String algorithm, String name, @Nullable TestCertificate issuer) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("RSA")) {
        generator.initialize(2048);
      } else if (algorithm.equals("EC")) {
        generator.initialize(256);
      }
      KeyPair keys = generator.generateKeyPair();
      byte[] subject = name(name);
      byte[] by =
          issuer == null ? subject : issuer.certificate.getSubjectX500Principal().getEncoded();
      byte[] body = body(algorithm, keys, subject, by, issuer == null);
      Signature signature = Signature.getInstance(signatureOf(algorithm));
      signature.initSign((issuer == null ? keys : issuer.keys).getPrivate());
      signature.update(body);
      byte[] bits = der(3, new byte[] {0}, signature.sign());
      byte[] all = der(0x30, body, algorithmOf(algorithm), bits);
      return new TestCertificate(
          algorithm,
          keys,
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(all)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] body(
      String algorithm, KeyPair keys, byte[] subject, byte[] issuer, boolean mayIssue) {
    Instant now = Instant.now();
    byte[] names =
        der(
            0x30,
            der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
            der(0x87, new byte[] {127, 0, 0, 1}));
    byte[] authority = mayIssue ? der(0x30, der(1, new byte[] {(byte) 0xFF})) : der(0x30);
    return der(
        0x30,
        der(0xA0, der(2, new byte[] {2})),
        der(2, BigInteger.valueOf(System.nanoTime()).toByteArray()),
        algorithmOf(algorithm),
        issuer,
        der(0x30, time(now.minus(1, ChronoUnit.HOURS)), time(now.plus(1, ChronoUnit.DAYS))),
        subject,
        keys.getPublic().getEncoded(),
        der(
            0xA3,
            der(
                0x30,
                der(0x30, oid(0x55, 0x1D, 0x13), der(4, authority)),
                der(0x30, oid(0x55, 0x1D, 0x11), der(4, names)))));
  }

  private static byte[] name(String name) {
    byte[] text = der(0x0C, name.getBytes(StandardCharsets.UTF_8));
    return der(0x30, der(0x31, der(0x30, oid(0x55, 0x04, 0x03), text)));
  }

  private static byte[] time(Instant time) {
    return der(0x17, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static String signatureOf(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }

  private static byte[] algorithmOf(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> der(0x30, oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B), der(5));
      case "EC" -> der(0x30, oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
      default -> der(0x30, oid(0x2B, 0x65, 0x70));
    };
  }

  private static byte[] oid(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return der(6, bytes);
  }

  static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 128) {
      out.write(length);
    } else if (length < 256) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as PKCS#8. */
  String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** The key as OpenSSL used to write it: PKCS#1, or SEC 1 with its curve. */
  String bareKeyPem() {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    // SEQUENCE { INTEGER, SEQUENCE algorithm, OCTET STRING key }
    int version = content(pkcs8, 0);
    int algorithmStart = end(pkcs8, version);
    int key = end(pkcs8, algorithmStart);
    byte[] bare = Arrays.copyOfRange(pkcs8, content(pkcs8, key), end(pkcs8, key));
    if (algorithm.equals("RSA")) {
      return pem("RSA PRIVATE KEY", bare);
    }
    // SEQUENCE { INTEGER, OCTET STRING }, to which the curve is added
    int first = content(bare, 0);
    int end = end(bare, end(bare, first));
    byte[] curve = der(0xA0, oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07));
    return pem("EC PRIVATE KEY", der(0x30, Arrays.copyOfRange(bare, first, end), curve));
  }

  private static int content(byte[] der, int at) {
    return at + (der[at + 1] < 0 ? 2 + (der[at + 1] & 0x7F) : 2);
  }

  private static int end(byte[] der, int at) {
    int length = der[at + 1];
    if (length < 0) {
      length = new BigInteger(1, Arrays.copyOfRange(der, at + 2, content(der, at))).intValue();
    }
    return content(der, at) + length;
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  /** Writes both files. */
  void write(Path certificateFile, Path keyFile) throws IOException {
    Files.writeString(certificateFile, certificatePem());
    Files.writeString(keyFile, keyPem());
  }

  /** What trusts these alone. */
  static SSLContext trusting(TestCertificate... roots) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < roots.length; i++) {
        store.setCertificateEntry("root" + i, roots[i].certificate);
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
