package io.doos.worker.engine;

import io.doos.worker.office.OfficeLease;
import java.time.Duration;
import java.util.Optional;

/**
 * Offices to look into a failure with. Such an office is jailed like any other, but started so that
 * its dialogs open on an unseen screen instead of being answered at once ({@code --invisible} with
 * {@code SAL_USE_VCLPLUGIN=svp} in place of {@code --headless}): the text of a syntax error is told
 * nowhere else. Never used for anything a second time.
 */
@FunctionalInterface
public interface DisposableOffices {

  /** For where there are none: syntax errors then lack number and text. */
  DisposableOffices NONE = _ -> Optional.empty();

  /** A ready office; empty when none can be had within {@code patience}. */
  Optional<OfficeLease> lease(Duration patience) throws InterruptedException;
}
