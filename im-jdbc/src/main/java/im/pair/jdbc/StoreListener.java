package im.pair.jdbc;

/**
 * What a host may measure of a store. Called by the thread that writes, so it notes and returns;
 * what it throws is dropped.
 */
public interface StoreListener {
  /**
   * Writes were committed together.
   *
   * @param writes how many, 1 to 256
   * @param nanos how long the transaction took, to the disk, in nanoseconds
   */
  default void committed(int writes, long nanos) {}
}
