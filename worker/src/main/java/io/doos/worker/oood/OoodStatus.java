package io.doos.worker.oood;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The status table of the old oood, to the letter.
 *
 * @param free offices that a client could have now
 */
record OoodStatus(int free, List<Row> rows) {

  /**
   * One office.
   *
   * @param pid 0 while it starts
   * @param used for how long a client has had it; empty when none has
   */
  record Row(int index, long pid, Optional<Duration> used, int uses, String userInstallation) {

    private String text() {
      return index
          + "\t"
          + pid
          + " \t"
          + (used.isPresent() ? "x" : " ")
          + "\t"
          + uses
          + "\t"
          + used.map(Row::seconds).orElse("        \t")
          + userInstallation;
    }

    /** Hundredths, without zeros at the end but for the one after the point. */
    private static String seconds(Duration duration) {
      var seconds =
          BigDecimal.valueOf(duration.toMillis(), 3)
              .setScale(2, RoundingMode.HALF_UP)
              .stripTrailingZeros();
      return (seconds.scale() < 1 ? seconds.setScale(1) : seconds).toPlainString() + "s    \t";
    }
  }

  /** Lines that each end in a line feed. */
  String text() {
    var text =
        new StringBuilder("Instances in daemon (free/total): " + free + "/" + rows.size() + "\n")
            .append("Worker\tpid\tin use\tusages\tduration\tuser-directory\n");
    rows.forEach(row -> text.append(row.text()).append('\n'));
    return text.toString();
  }
}
