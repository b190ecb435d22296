package io.doos.common.queue;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says little about a broken connection: its link tells of that. */
final class QuietDriver extends ForgivingExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(QuietDriver.class);

  @Override
  public void handleUnexpectedConnectionDriverException(Connection connection, Throwable e) {
    log.debug("The connection broke", e);
  }
}
