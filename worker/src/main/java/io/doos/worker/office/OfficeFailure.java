package io.doos.worker.office;

import java.nio.file.Path;
import java.util.OptionalInt;

/** Why there is no office to work with; what to do about it is in the message. */
public abstract sealed class OfficeFailure extends Exception {

  private OfficeFailure(String message) {
    super(message);
  }

  private OfficeFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** No usable LibreOffice on this machine: install what the message names. */
  public static final class NotInstalled extends OfficeFailure {
    public NotInstalled(String message) {
      super(message);
    }
  }

  /** Offices cannot be confined here, and the settings ask for it. */
  public static final class NotConfined extends OfficeFailure {
    public NotConfined(String message) {
      super(message);
    }
  }

  /** The folder for offices cannot be used: it is taken, or not writable. */
  public static final class BadFolder extends OfficeFailure {
    public BadFolder(Path folder, String why, Throwable cause) {
      super("The folder for offices, " + folder + ", cannot be used: " + why, cause);
    }
  }

  /** The folder that UNO clients are to share cannot be shown to offices. */
  public static final class BadSharedFolder extends OfficeFailure {
    public BadSharedFolder(Path folder, String why) {
      super("The folder " + folder + " (uno.shared-folder) cannot be shared: " + why);
    }
  }

  /** An office was started and did not come up; trying again may help. */
  public static final class NotStarted extends OfficeFailure {

    private final OptionalInt exitCode;

    public NotStarted(String message) {
      super(message);
      this.exitCode = OptionalInt.empty();
    }

    public NotStarted(String message, Throwable cause) {
      super(message, cause);
      this.exitCode = OptionalInt.empty();
    }

    public NotStarted(String message, int exitCode) {
      super(message);
      this.exitCode = OptionalInt.of(exitCode);
    }

    /** What its process ended with, if it ended by itself. */
    public OptionalInt exitCode() {
      return exitCode;
    }
  }

  /** No office became free within the caller's patience: try later. */
  public static final class AllBusy extends OfficeFailure {
    public AllBusy(String message) {
      super(message);
    }
  }

  /** The pool is closed, or closes: there will be no office any more. */
  public static final class Stopped extends OfficeFailure {
    public Stopped() {
      super("The offices are being stopped.");
    }
  }
}
