package im.pair.jetty;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.security.KeyStore;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 and 1.3 with a certificate from files, which is read again when they change: connections
 * that begin from then on see the new one, others go on. Not thread-safe: one look at a time.
 */
final class ServerTls {
  private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());

  private final CertificateFiles files;
  private final SslContextFactory.Server context = new SslContextFactory.Server();

  // Of the thread that starts the server, then of its tick.
  private @Nullable KeyStore used;
  private String tried = "";
  private String seen = "";

  ServerTls(CertificateFiles files) {
    this.files = files;
    context.setKeyStorePassword(CertificateFiles.PASSWORD);
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    context.setRenegotiationAllowed(false);
  }

  SslContextFactory.Server context() {
    return context;
  }

  /** Reads the files for the first time. */
  void load() throws IOException {
    tried = files.stamp();
    used = files.read();
    context.setKeyStore(used);
  }

  /**
   * Reads the files again if they have changed and then stayed as they are since the look before:
   * whoever replaces two files does so one after the other. If what is in them does not fit,
   * everything stays as it is, and a warning says so once.
   */
  void look() {
    String now = files.stamp();
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(tried)) {
      return;
    }
    tried = now;
    try {
      KeyStore store = files.read();
      use(store);
      used = store;
      LOG.log(INFO, "the certificate of {0} is used from now on", files.certificate());
    } catch (Exception e) {
      LOG.log(WARNING, "the certificate stays the old one: {0}", e.getMessage());
    }
  }

  /** A context that fails to load new keys has none: it is given the old ones again. */
  void use(KeyStore store) throws Exception {
    try {
      context.reload(changed -> changed.setKeyStore(store));
    } catch (Exception e) {
      context.reload(changed -> changed.setKeyStore(used));
      throw e;
    }
  }
}
