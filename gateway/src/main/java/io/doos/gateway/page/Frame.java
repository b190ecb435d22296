package io.doos.gateway.page;

import io.doos.common.http.HttpAnswer;

/** What is around every page, and the rules that a browser is given with it. */
final class Frame {

  /** Nothing from elsewhere, no script or style within the page, no frame around it. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="robots" content="noindex">
      <title>{} · doos</title>
      <link rel="icon" href="/page/static/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/page/plot/uPlot.min.css">
      <link rel="stylesheet" href="/page/static/page.css">
      <script src="/page/plot/uPlot.iife.min.js" defer></script>
      <script src="/page/static/page.js" defer></script>
      </head>
      <body>
      <a class="skip" href="#main">Skip to content</a>
      <header class="top">
      <a class="brand" href="/"><img src="/page/static/icon.svg" alt="" width="24" height="24"> doos</a>
      <nav aria-label="Pages"><a href="/"{}>Farm</a><a href="/page/dead"{}>Dead messages</a></nav>
      <form class="find" action="/page/find" role="search">
      <label for="ticket" class="quiet">Ticket</label>
      <input id="ticket" name="ticket" type="search" autocomplete="off" placeholder="482019337154628901" maxlength="64" required>
      <button>Look up</button>
      </form>
      </header>
      <main id="main" tabindex="-1">
      {}{}
      </main>
      <footer class="foot"><p id="live" role="status"></p><p>doos · <a href="/openapi.json">API</a> · <a href="/metrics">metrics</a> · <a href="/readyz">health</a></p></footer>
      </body>
      </html>
      """;

  /** Which of the pages in the navigation this is, if any. */
  enum Place {
    FARM,
    DEAD,
    ELSEWHERE
  }

  private Frame() {}

  /** A whole page. */
  static HttpAnswer page(Place place, String title, Html note, Html content) {
    var html =
        Html.of(
            PAGE, title, current(place == Place.FARM), current(place == Place.DEAD), note, content);
    return guarded(HttpAnswer.html(html.toString()));
  }

  /** A page with a sentence or two. */
  static HttpAnswer message(int status, String title, Html content) {
    var page = page(Place.ELSEWHERE, title, Html.NOTHING, Html.of("<h1>{}</h1>{}", title, content));
    return new HttpAnswer(status, page.headers(), page.body());
  }

  static HttpAnswer guarded(HttpAnswer answer) {
    return answer
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "same-origin")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("X-Frame-Options", "DENY");
  }

  private static Html current(boolean here) {
    return here ? Html.of(" aria-current=\"page\"") : Html.NOTHING;
  }
}
