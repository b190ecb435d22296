package io.doos.common.life;

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
    };
  }
}
