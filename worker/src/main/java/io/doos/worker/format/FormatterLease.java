package io.doos.worker.format;

import io.doos.worker.fop.FormatReply;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.office.JailedProgram;
import java.io.IOException;
import java.util.function.Consumer;

/** A borrowed formatter: use it in a try-with-resources. Closing gives it back. */
public final class FormatterLease implements AutoCloseable {

  private final Formatter formatter;
  private final Runnable giveBack;

  FormatterLease(Formatter formatter, Runnable giveBack) {
    this.formatter = formatter;
    this.giveBack = giveBack;
  }

  /** Its process, and the job folder in it. */
  public JailedProgram program() {
    return formatter.program();
  }

  FormatReply format(FormatRequest request, Consumer<FormatReply.Log> log) throws IOException {
    return formatter.format(request, log);
  }

  @Override
  public void close() {
    giveBack.run();
  }
}
