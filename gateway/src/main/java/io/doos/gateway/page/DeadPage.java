package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.job.Pool;
import io.doos.common.queue.DeadLetter;
import io.doos.common.queue.DeadLetters;
import java.util.List;
import java.util.Optional;

/** The messages that nobody could use, and what to do with them. */
final class DeadPage {

  static final int MOST_SHOWN = 50;
  private static final int MOST_TEXT = 2000;

  private final DeadLetters.Look look;
  private final List<Pool> pools;
  private final Actions actions;

  DeadPage(DeadLetters.Look look, List<Pool> pools, Actions actions) {
    this.look = look;
    this.pools = pools;
    this.actions = actions;
  }

  Html html() {
    if (look.first().isEmpty()) {
      return Html.of(
          "<h1>Dead messages</h1><section class=\"card\"><p class=\"empty\">There are none. What"
              + " comes to <code>doos.dead</code> is no job message that the farm understands, or"
              + " was published for a pool that nobody serves.</p></section>");
    }
    return Html.of(
        "<h1>Dead messages</h1><p class=\"note\">The {} oldest of {}. They stay until somebody"
            + " requeues or deletes them.</p>{}",
        look.first().size(),
        Words.count(look.total()),
        look.first().stream().map(this::letter).toList());
  }

  private Html letter(DeadLetter letter) {
    return Html.of(
        """
        <article class="card">
        <h2>{}</h2>
        <p class="note">{}{} · {}</p>
        <pre tabindex="0">{}</pre>
        <div class="actions">{}{}</div>
        </article>
        """,
        letter.reason().isEmpty() ? "No worker took it: nobody serves its pool" : letter.reason(),
        letter.pool().map(pool -> "for pool " + pool).orElse("for no pool that could be"),
        Optional.ofNullable(letter.type()).map(type -> ", of type " + type).orElse(""),
        Words.bytes(letter.body().length),
        text(letter.body()),
        requeue(letter),
        actions.button(
            "/page/dead/" + letter.id() + "/delete", "Delete", "Delete this message for good?"));
  }

  private Html requeue(DeadLetter letter) {
    var options =
        pools.stream()
            .map(pool ->
                Html.of(
                    "<option{}>{}</option>",
                    letter.pool().filter(pool::equals).isPresent()
                        ? Html.of(" selected")
                        : Html.NOTHING,
                    pool))
            .toList();
    return Html.of(
        "<form method=\"post\" action=\"/page/dead/{}/requeue\" class=\"inline\">{}<label>into pool"
            + " <select name=\"pool\">{}</select></label> <button>Requeue</button></form>",
        letter.id(),
        actions.key().field(),
        options);
  }

  private static String text(byte[] body) {
    var text = new String(body, 0, Math.min(body.length, MOST_TEXT), UTF_8);
    return body.length > MOST_TEXT ? text + " …" : text;
  }
}
