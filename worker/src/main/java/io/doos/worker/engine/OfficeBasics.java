package io.doos.worker.engine;

import io.doos.worker.office.Office;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Keeps what it takes some ten calls to look up in an office, for as long as the office is in use.
 * Shared by the engine and the hooks of one worker; safe from any thread.
 */
public final class OfficeBasics {

  private final Map<Office, OfficeBasic> known = Collections.synchronizedMap(new WeakHashMap<>());

  OfficeBasic of(Office office) {
    var basic = known.get(office);
    if (basic == null) {
      basic = new OfficeBasic(office.context());
      known.put(office, basic);
    }
    return basic;
  }

  /**
   * Closes the document that the last conversion left open in {@code office}, as cleaning it does.
   *
   * @return whether none is left open
   */
  public boolean closeConverted(Office office) {
    return of(office).emptyUnseenFrame();
  }
}
