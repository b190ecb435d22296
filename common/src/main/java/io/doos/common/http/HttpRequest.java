package io.doos.common.http;

import io.doos.common.tls.CommonName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** A request, as its handler sees it; for the handler's thread, until it has answered. */
public final class HttpRequest {

  private final Map<String, String> variables;
  private final Request request;

  HttpRequest(Map<String, String> variables, Request request) {
    this.variables = variables;
    this.request = request;
  }

  /** What stands in the path for {@code name} of the route's pattern. */
  public String variable(String name) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /** The method, in capitals. */
  public String method() {
    return request.getMethod();
  }

  /** The first header of that name, as it was sent. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The common name of the certificate that the client showed, over TLS only. */
  public Optional<String> certificate() {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
            instanceof EndPoint.SslSessionData data
        ? CommonName.ofPeer(data.sslSession())
        : Optional.empty();
  }

  /** Whose connection it is: the client, or a proxy before it. */
  public InetAddress remote() {
    if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
        && peer.getAddress() != null) {
      return peer.getAddress();
    }
    throw new IllegalStateException("the server listens at an IP address");
  }
}
