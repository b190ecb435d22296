package io.doos.worker.format;

import io.doos.worker.fop.FormatReply;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.office.JailedProgram;
import io.doos.worker.office.Office;
import java.io.IOException;
import java.util.function.Consumer;

/** A borrowed formatter: use it in a try-with-resources. Closing gives it back. */
public final class FormatterLease implements AutoCloseable {

  private final Formatter formatter;
  private final Runnable giveBack;

  private boolean asked;

  /**
   * @param asked whether it was asked already for the document that it was borrowed for
   */
  FormatterLease(Formatter formatter, boolean asked, Runnable giveBack) {
    this.formatter = formatter;
    this.asked = asked;
    this.giveBack = giveBack;
  }

  /** Its process, and the job folder in it. */
  public JailedProgram program() {
    return formatter.program();
  }

  /** Whether it was asked, and nobody has heard its reply. */
  boolean isAsked() {
    return asked;
  }

  /** Formats a document, the one that it was asked for where it was. */
  FormatReply format(FormatRequest request, Consumer<FormatReply.Log> log) throws IOException {
    if (!asked) {
      asked = true;
      formatter.ask(request);
    }
    var reply = formatter.reply(log);
    asked = false;
    return reply;
  }

  /** One that still owes a reply is killed: nobody else must get it. */
  @Override
  public void close() {
    if (asked) {
      program().kill(Office.Death.RETIRED);
    }
    giveBack.run();
  }
}
