package io.doos.common.http;

import io.doos.common.tls.Tls;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Gives each connection an engine with the certificate of the moment. */
final class TlsEngines extends SslContextFactory.Server {

  private final Tls tls;

  TlsEngines(Tls tls) {
    this.tls = tls;
    setSslContext(tls.context());
  }

  @Override
  public SSLEngine newSSLEngine() {
    return prepared(tls.context().createSSLEngine());
  }

  @Override
  public SSLEngine newSSLEngine(String host, int port) {
    return prepared(tls.context().createSSLEngine(host, port));
  }

  @Override
  public SSLEngine newSSLEngine(InetSocketAddress address) {
    return newSSLEngine(address.getHostString(), address.getPort());
  }

  private SSLEngine prepared(SSLEngine engine) {
    engine.setUseClientMode(false);
    engine.setSSLParameters(tls.parameters());
    return engine;
  }
}
