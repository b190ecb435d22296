package io.doos.gateway.watch;

import io.doos.common.status.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How many jobs ended in each minute of the last hour. Safe for use by any thread. */
final class LastHour {

  private static final int MINUTES = 60;
  private static final int SECONDS = 60;

  private final long[] minutes = new long[MINUTES];
  private final int[] done = new int[MINUTES];
  private final int[] failed = new int[MINUTES];

  /** Takes note of an end that was heard at {@code now}. */
  synchronized void add(State state, Instant now) {
    var minute = now.getEpochSecond() / SECONDS;
    var place = (int) (minute % MINUTES);
    if (minutes[place] != minute) {
      minutes[place] = minute;
      done[place] = 0;
      failed[place] = 0;
    }
    if (state == State.DONE) {
      done[place]++;
    } else {
      failed[place]++;
    }
  }

  /** The last hour up to {@code now}, oldest first; the last minute is not over yet. */
  synchronized List<FarmView.Minute> until(Instant now) {
    var last = now.getEpochSecond() / SECONDS;
    var all = new ArrayList<FarmView.Minute>();
    for (var minute = last - MINUTES + 1; minute <= last; minute++) {
      var place = (int) (minute % MINUTES);
      var known = minutes[place] == minute;
      all.add(
          new FarmView.Minute(
              Instant.ofEpochSecond(minute * SECONDS),
              known ? done[place] : 0,
              known ? failed[place] : 0));
    }
    return all;
  }
}
