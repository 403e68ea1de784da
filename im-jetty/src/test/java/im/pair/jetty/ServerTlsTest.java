package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
  @TempDir private Path directory;

  @Test
  void keysThatCannotBeLoadedLeaveTheOldOnesInUse() throws Exception {
    Path certificate = directory.resolve("cert.pem");
    Path key = directory.resolve("key.pem");
    TestCertificate.selfSigned("EC", "old").write(certificate, key);
    CertificateFiles files = new CertificateFiles(certificate, key);
    ServerTls tls = new ServerTls(files);
    tls.load();
    SslContextFactory.Server context = tls.context();
    context.start();
    KeyStore locked = files.read();
    String alias = Collections.list(locked.aliases()).get(0);
    char[] password = CertificateFiles.PASSWORD.toCharArray();
    locked.setKeyEntry(
        alias,
        locked.getKey(alias, password),
        "another".toCharArray(),
        locked.getCertificateChain(alias));

    assertThatException().isThrownBy(() -> tls.use(locked));

    assertThat(context.newSSLEngine()).isNotNull();
    assertThat(context.getKeyStore()).isNotSameAs(locked);
    context.stop();
  }
}
