package io.doos.worker.uno;

import com.sun.star.bridge.XBridge;
import com.sun.star.bridge.XBridgeFactory;
import com.sun.star.comp.helper.Bootstrap;
import com.sun.star.connection.Connector;
import com.sun.star.lang.XComponent;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.uno.XComponentContext;

/** A client in Java with LibreOffice's own connector; other clients of the same JVM go on. */
public final class JavaClient implements AutoCloseable {

  private final XBridge bridge;
  private final XComponentContext context;

  private JavaClient(XBridge bridge, XComponentContext context) {
    this.bridge = bridge;
    this.context = context;
  }

  /** Connects, over a bridge of its own. */
  public static JavaClient connect(String connection) throws Exception {
    var local = Bootstrap.createInitialComponentContext(null);
    var services = local.getServiceManager();
    var bridges =
        UnoRuntime.queryInterface(
            XBridgeFactory.class,
            services.createInstanceWithContext("com.sun.star.bridge.BridgeFactory", local));
    var bridge = bridges.createBridge("", "urp", Connector.create(local).connect(connection), null);
    var found = bridge.getInstance("StarOffice.ComponentContext");
    var context = UnoRuntime.queryInterface(XComponentContext.class, found);
    if (context == null) {
      throw new IllegalStateException("no office there");
    }
    return new JavaClient(bridge, context);
  }

  public XComponentContext context() {
    return context;
  }

  /** Hangs up. */
  @Override
  public void close() {
    UnoRuntime.queryInterface(XComponent.class, bridge).dispose();
  }
}
