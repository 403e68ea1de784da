package im.pair.core;

import org.jspecify.annotations.Nullable;

/** An event on its way to several sessions, with a memo of its encodings. Thread-safe. */
public final class Outgoing {
  private final Event event;
  private @Nullable Memo memos; // guarded by this

  /** An event that nobody has encoded yet. */
  public Outgoing(Event event) {
    this.event = event;
  }

  /** What is on its way. */
  public Event event() {
    return event;
  }

  /**
   * The event in a format, encoded at the first call and shared by all later ones: do not change
   * what you get.
   *
   * @param format a constant
   * @param <T> what the format makes of an event
   */
  @SuppressWarnings("unchecked") // a memo's value was made by its own format
  public synchronized <T> T as(Format<T> format) {
    for (Memo memo = memos; memo != null; memo = memo.next) {
      if (memo.format == format) {
        return (T) memo.value;
      }
    }
    T value = format.encode(event);
    memos = new Memo(format, value, memos);
    return value;
  }

  private record Memo(Format<?> format, Object value, @Nullable Memo next) {}
}
