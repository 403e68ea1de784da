package im.pair.jdbc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store cannot be opened. The message says in one line what is wrong and what to do. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
