package io.doos.gateway.page;

import java.util.List;

/**
 * The buttons of a page: forms that post, each with the page's key.
 *
 * @param key what only our own pages know
 */
record Actions(PageKey key) {

  /** Buttons that order workers or pools about. */
  Html orders(String whom, String name, List<String> orders) {
    return orders.isEmpty()
        ? Html.NOTHING
        : Html.of(
            "<form method=\"post\" action=\"/page/orders\" class=\"inline\">{}"
                + "<input type=\"hidden\" name=\"whom\" value=\"{}\">"
                + "<input type=\"hidden\" name=\"name\" value=\"{}\">{}</form>",
            key.field(),
            whom,
            name,
            orders.stream().map(order -> order(order, name)).toList());
  }

  private static Html order(String order, String name) {
    return Html.of(
        "<button name=\"order\" value=\"{}\" aria-label=\"{} {}\">{}</button>",
        order,
        order,
        name,
        capital(order));
  }

  /**
   * A button that does something to a job or a message.
   *
   * @param question asked before, by the script; empty for none
   */
  Html button(String action, String label, String question) {
    return Html.of(
        "<form method=\"post\" action=\"{}\" class=\"inline\" data-ask=\"{}\">{}<button>{}</button></form>",
        action,
        question,
        key.field(),
        label);
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
