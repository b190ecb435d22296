package io.doos.worker.engine;

import com.sun.star.document.DocumentEvent;
import com.sun.star.document.XDocumentEventListener;
import com.sun.star.lang.EventObject;
import com.sun.star.script.provider.ScriptFrameworkErrorException;
import io.doos.worker.office.Office;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the text and line of a syntax error. Only a dialog tells the text, so this takes an
 * office whose dialogs open ({@link DisposableOffices}), reads the first one while it stands, and
 * kills the office. Nothing runs of a module that does not compile.
 */
final class SyntaxProbe {

  private static final Duration OFFICE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration DIALOG_PATIENCE = Duration.ofSeconds(20);
  private static final Duration CURSOR_PATIENCE = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(20);

  private final DisposableOffices offices;
  private final Supplier<Duration> remaining;

  SyntaxProbe(DisposableOffices offices, Supplier<Duration> remaining) {
    this.offices = offices;
    this.remaining = remaining;
  }

  /** A syntax error as the office tells it. */
  record Told(String text, OptionalInt line) {}

  /**
   * Compiles {@code module} alone, by calling {@code routine} of it.
   *
   * @return empty when there is no office or no time for it, or the module compiles there
   */
  Optional<Told> ask(BasicModule module, String library, String routine)
      throws InterruptedException {
    var lease = offices.lease(Diagnosis.shorter(OFFICE_PATIENCE, remaining.get()));
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    try (var second = lease.get()) {
      second.spoil();
      try {
        return ask(module, library, routine, new OfficeBasic(second.office().context()));
      } catch (com.sun.star.uno.RuntimeException e) {
        return Optional.empty(); // it was killed, or it died
      } finally {
        second.office().kill(Office.Death.RETIRED);
      }
    }
  }

  private Optional<Told> ask(BasicModule module, String library, String routine, OfficeBasic basic)
      throws InterruptedException {
    basic.load(BasicState.LIBRARY, BasicState.modules());
    basic.load(library, List.of(module));
    var dialog = new DialogLatch();
    ErrorWatch.events(basic).addDocumentEventListener(dialog);
    Thread.ofVirtual()
        .name("syntax-probe")
        .start(() -> compile(() -> basic.call(library, module.name(), routine), dialog));
    var patience = Diagnosis.shorter(DIALOG_PATIENCE, remaining.get());
    if (!dialog.seen.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    return read(basic, library, module);
  }

  private interface Call {
    @Nullable Object run() throws ScriptFrameworkErrorException;
  }

  /** Hangs in the dialog until the office is killed. */
  private static void compile(Call call, DialogLatch dialog) {
    try {
      call.run();
    } catch (ScriptFrameworkErrorException | com.sun.star.uno.RuntimeException e) {
      dialog.seen.countDown(); // there is nothing to wait for
    }
  }

  private Optional<Told> read(OfficeBasic basic, String library, BasicModule module)
      throws InterruptedException {
    var end = System.nanoTime() + Diagnosis.shorter(CURSOR_PATIENCE, remaining.get()).toNanos();
    Optional<Told> told = Optional.empty();
    do {
      var state = readState(basic);
      if (state.isPresent() && !state.get().dialog().isEmpty()) {
        var line = state.get().cursorLine(library, module.name());
        told = Optional.of(new Told(message(state.get().dialog()), line));
        if (line.isPresent()) {
          return told;
        }
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } while (System.nanoTime() < end);
    return told;
  }

  private static Optional<BasicState> readState(OfficeBasic basic) {
    try {
      return BasicState.read(basic);
    } catch (ScriptFrameworkErrorException e) {
      return Optional.empty();
    }
  }

  /** The dialog's first line only says that it is one of syntax. */
  private static String message(String dialog) {
    var lines = dialog.lines().toList();
    return lines.size() > 1 ? String.join(" ", lines.subList(1, lines.size())) : dialog;
  }

  /**
   * The number of the error whose text, arguments filled in, is {@code text}; null when none fits.
   *
   * @param templates texts with their arguments empty, each after its number and a blank
   */
  static @Nullable Integer numberOf(String text, @Nullable Object templates) {
    var plain = templates instanceof com.sun.star.uno.Any any ? any.getObject() : templates;
    Integer best = null;
    var longest = 0;
    if (plain instanceof Object[] all) {
      for (var one : all) {
        var template = String.valueOf(one);
        var blank = template.indexOf(' ');
        var words = template.substring(blank + 1);
        if (words.length() > longest && fits(text, words)) {
          longest = words.length();
          best = Integer.valueOf(template.substring(0, blank));
        }
      }
    }
    return best;
  }

  private static boolean fits(String text, String words) {
    if (text.length() < words.length()) {
      return false;
    }
    var same = 0;
    while (same < words.length() && text.charAt(same) == words.charAt(same)) {
      same++;
    }
    return text.endsWith(words.substring(same));
  }

  /** Opens when the office shows a dialog. */
  private static final class DialogLatch implements XDocumentEventListener {
    private final CountDownLatch seen = new CountDownLatch(1);

    @Override
    public void documentEventOccured(DocumentEvent event) {
      if (event.EventName.equals("DialogExecute")) {
        seen.countDown();
      }
    }

    @Override
    public void disposing(EventObject source) {
      seen.countDown();
    }
  }
}
