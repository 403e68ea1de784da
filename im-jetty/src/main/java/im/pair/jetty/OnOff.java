package im.pair.jetty;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A switch of the command line. */
enum OnOff {
  ON,
  OFF;

  boolean isOn() {
    return this == ON;
  }

  /** Reads one. */
  static final class Converter implements ITypeConverter<OnOff> {
    @Override
    public OnOff convert(String text) {
      return switch (text) {
        case "on", "true" -> ON;
        case "off", "false" -> OFF;
        default -> throw new TypeConversionException("it is on or off, not '" + text + "'");
      };
    }
  }
}
