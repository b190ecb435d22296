package io.doos.common.life;

import java.util.List;

/**
 * Something that is started once and closed at least once. {@code close} may be called twice,
 * before {@code start}, and from any thread; it returns when what it stands for has stopped.
 */
public interface Service extends AutoCloseable {

  /**
   * Starts it; returns when it is ready for use.
   *
   * @throws Exception when it cannot be started; nothing is left behind then
   */
  void start() throws Exception;

  @Override
  void close();

  /**
   * Says that there is no time left: a {@code close} under way, or to come, waits no more for what
   * runs. Returns at once; may be called by any thread.
   */
  default void hurry() {}

  /** Several as one: started in the order given, closed in reverse. */
  static Service inOrder(Service... services) {
    var closer = new Closer();
    return new Service() {
      @Override
      public void start() throws Exception {
        try {
          for (var service : services) {
            closer.start(service);
          }
        } catch (Exception e) {
          close();
          throw e;
        }
      }

      @Override
      public void close() {
        closer.close();
      }

      @Override
      public void hurry() {
        List.of(services).forEach(Service::hurry);
      }
    };
  }
}
