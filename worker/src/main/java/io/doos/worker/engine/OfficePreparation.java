package io.doos.worker.engine;

import com.sun.star.script.provider.ScriptFrameworkErrorException;
import io.doos.worker.office.Office;
import io.doos.worker.office.Preparation;
import java.util.List;

/**
 * Makes a fresh office ready for its first job: loads AutoOOo and our probe, and opens and closes a
 * Writer and a Calc document, whose first time in a process is slow.
 */
public final class OfficePreparation implements Preparation {

  /**
   * They wait ten seconds for a picture of each film that they cannot find, and read those they
   * find with very much code.
   */
  private static final List<String> PLAYERS =
      List.of(
          "com.sun.star.comp.media.Manager_GStreamer",
          "com.sun.star.comp.avmedia.Manager_GStreamer",
          "com.sun.star.comp.media.Manager_Gtk",
          "com.sun.star.comp.avmedia.Manager_Gtk");

  private static final String WARMING = "DoosWarming";

  private final OfficeBasics basics;

  public OfficePreparation(OfficeBasics basics) {
    this.basics = basics;
  }

  /**
   * Prepares {@code office}, on the caller's thread.
   *
   * @throws IllegalStateException when the office cannot do it: it is of no use
   */
  @Override
  public void prepare(Office office) {
    var basic = basics.of(office);
    PLAYERS.forEach(basic::forget);
    basic.empty(OfficeCleaning.STANDARD);
    basic.load(AutoOOo.LIBRARY, AutoOOo.modules());
    basic.load(BasicState.LIBRARY, BasicState.modules());
    basic.load(WARMING, List.of(BasicResource.module(WARMING)));
    try {
      if (!(basic.call(WARMING, WARMING, "doosProbeWarm", office.jobFolderInside())
              instanceof Boolean done
          && done)) {
        throw new IllegalStateException(
            office.name() + ": Writer and Calc documents cannot be made and exported");
      }
      if (BasicState.read(basic).isEmpty()) {
        throw new IllegalStateException(office.name() + ": its Basic does not run our probe");
      }
    } catch (ScriptFrameworkErrorException e) {
      throw new IllegalStateException(office.name() + ": its Basic does not run", e);
    }
    basic.unload(WARMING);
    basic.keptLibraries();
  }
}
