package io.doos.gateway.http;

import io.doos.common.http.HttpContent;
import io.doos.gateway.spool.Spool;
import java.io.IOException;
import java.io.OutputStream;

/** All of a spool, which is closed with it. */
record SpooledContent(Spool spool) implements HttpContent {

  @Override
  public long length() {
    return spool.bytes();
  }

  @Override
  public void write(long from, long count, OutputStream target) throws IOException {
    try (var part = spool.all().slice(from, count).open()) {
      part.transferTo(target);
    }
  }

  @Override
  public void close() {
    spool.close();
  }
}
