package io.doos.deploy.command;

/** What the {@code doos} command tells the shell. */
public final class ExitCode {

  /** All went well. */
  public static final int OK = 0;

  /** The job failed or has no result yet, or a check of the doctor failed. */
  public static final int JOB_FAILED = 1;

  /** The command, a setting or a local file is not as it should be. */
  public static final int USAGE = 2;

  /** The farm, or a part of it, does not answer or asks to try again later. */
  public static final int FARM_UNREACHABLE = 3;

  /** The farm knows no such job. */
  public static final int UNKNOWN_TICKET = 4;

  private ExitCode() {}
}
