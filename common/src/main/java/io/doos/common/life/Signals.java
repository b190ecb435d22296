package io.doos.common.life;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the process does when it is sent a signal. The JDK has no other way to hear of a second one:
 * shutdown hooks run once. {@code sun.misc.Signal} is in the module jdk.unsupported, exported to
 * all; by reflection, because javac warns of its every mention and cannot be told not to.
 */
final class Signals {

  private static final Logger log = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /**
   * From now on {@code action} is called at every such signal, with its number, on a thread of the
   * JVM's; where that cannot be had, the JVM goes on ending itself by its shutdown hooks.
   *
   * @param name such as {@code TERM}
   */
  static void handle(String name, IntConsumer action) {
    try {
      var signalClass = Class.forName("sun.misc.Signal");
      var handlerClass = Class.forName("sun.misc.SignalHandler");
      var signal = signalClass.getConstructor(String.class).newInstance(name);
      int number = (int) signalClass.getMethod("getNumber").invoke(signal);
      InvocationHandler calls =
          (_, method, _) -> {
            if (!method.getName().equals("handle")) {
              throw new UnsupportedOperationException(method.getName());
            }
            action.accept(number);
            return null;
          };
      var handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerClass}, calls);
      signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("This JVM does not let us handle SIG{}", name, e);
    }
  }
}
