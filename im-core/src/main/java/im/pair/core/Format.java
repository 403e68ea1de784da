package im.pair.core;

/**
 * One way to encode events, for instance as the bytes of a JSON protocol. Instances are constants:
 * {@link Outgoing} tells them apart by identity.
 *
 * @param <T> what an event becomes
 */
@FunctionalInterface
public interface Format<T> {
  /** Encodes an event. Called from any thread, also under locks: quick, and never throws. */
  T encode(Event event);
}
