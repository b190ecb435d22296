package io.doos.deploy.command;

import io.doos.common.config.Form;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as the settings have them. */
final class TimeConverter implements ITypeConverter<Duration> {

  private static final Form<Duration> FORM = Form.duration(Duration.ofDays(7));

  @Override
  public Duration convert(String text) {
    try {
      return FORM.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not " + FORM.expected());
    }
  }
}
