package im.pair.jetty;

/** What was said about an option cannot be; the message is one line for whoever said it. */
final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String option;

  /**
   * An option that cannot be.
   *
   * @param option its name, as on the command line but without dashes
   */
  OptionException(String option, String message) {
    super(message);
    this.option = option;
  }

  String option() {
    return option;
  }
}
