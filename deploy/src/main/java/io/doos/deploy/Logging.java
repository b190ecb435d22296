package io.doos.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.doos.common.config.LogFormat;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Settings;
import io.doos.worker.oood.OoodConfig;
import java.time.ZoneId;
import org.slf4j.LoggerFactory;

/**
 * Turns logging on for a process of the farm: one line an event, to standard error. Other commands
 * log nothing ({@code logback.xml}): what they have to say they tell their user.
 */
public final class Logging {

  private static final String OURS = "io.doos";

  /** A line break in a message could forge an event, and an event of many lines is none. */
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: "
          + "%replace(%replace(%msg %ex{20}){'\\s*\\R\\s*', ' | '}){'[\\s|]+$', ''}%nopex%n";

  /** The old oood's lines, such as {@code Sun Oct 3 17:41:40 2004 [INFO ]: …}. */
  private static final String OOOD_PATTERN =
      "%d{EEE MMM ppd HH:mm:ss yyyy, "
          + ZoneId.systemDefault()
          + ", en-US} "
          + "[%replace(%replace(%-7level){'ERROR  |WARN   ', 'SERIOUS'}){'DEBUG  |TRACE  ', 'DETAIL '}]: "
          + "%replace(%replace(%msg %ex{20}){'\\s*\\R\\s*', ' | '}){'[\\s|]+$', ''}%nopex%n";

  private Logging() {}

  /** Logs to standard output as the old oood did, from now on. */
  public static void startAsOood(OoodConfig.Level least) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var level =
        switch (least) {
          case SERIOUS -> Level.WARN;
          case INFO -> Level.INFO;
          case DETAIL -> Level.DEBUG;
        };
    log(context, "System.out", text(context, OOOD_PATTERN), level);
  }

  /** Logs by {@code log.level} and {@code log.format} from now on. */
  public static void start(Settings settings) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    log(
        context,
        "System.err",
        encoder(context, settings.get(ProcessSetting.LOG_FORMAT)),
        level(settings));
    hushEmbeddedBroker(context);
  }

  private static void log(
      LoggerContext context, String target, Encoder<ILoggingEvent> encoder, Level level) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget(target);
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    root.addAppender(appender);
    context.getLogger(OURS).setLevel(level);
  }

  /**
   * Closed right after an ack, Qpid reports with two stack traces that a row it was deleting will
   * be deleted at the next start. The first of these loggers only repeats what is thrown.
   */
  private static void hushEmbeddedBroker(LoggerContext context) {
    context
        .getLogger("org.apache.qpid.server.util.ServerScopedRuntimeException")
        .setLevel(Level.OFF);
  }

  private static Level level(Settings settings) {
    return switch (settings.get(ProcessSetting.LOG_LEVEL)) {
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
    return switch (format) {
      case JSON -> {
        var json = new JsonEncoder();
        json.setContext(context);
        json.setWithFormattedMessage(true);
        json.start();
        yield json;
      }
      case TEXT -> text(context, PATTERN);
    };
  }

  private static PatternLayoutEncoder text(LoggerContext context, String pattern) {
    var text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setCharset(UTF_8);
    text.setPattern(pattern);
    text.start();
    return text;
  }
}
