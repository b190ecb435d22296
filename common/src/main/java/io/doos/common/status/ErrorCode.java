package io.doos.common.status;

/** Why a job did not end DONE. The names are stable and part of the contract; more may come. */
public enum ErrorCode {
  /** The macro raised a Basic runtime error or a UNO exception that it did not handle. */
  MACRO_ERROR,
  /** The macro does not compile, or the function to call is not in it. */
  MACRO_SYNTAX,
  /** It ran past its time. */
  TIMEOUT,
  /** Its office died, as often as the job may take one down. */
  OFFICE_CRASHED,
  /** It asked for more memory than an office may have. */
  OUT_OF_MEMORY,
  /** It used more CPU time than a job may. */
  OUT_OF_CPU_TIME,
  /** It left more output than a job may, or wrote more while it ran. */
  OUTPUT_TOO_LARGE,
  /** A document could not be read. */
  BAD_DOCUMENT,
  /** A document asks for a password. */
  PASSWORD_REQUIRED,
  /** It brings more, or more files, than a job may. */
  INPUT_TOO_LARGE,
  /** The job message makes no sense. */
  BAD_JOB,
  /** A file that the job names is not there. */
  INPUT_MISSING,
  /** Workers died while running it, too often. */
  WORKER_LOST,
  /** Somebody withdrew it. */
  CANCELLED,
  /** Its notAfter passed before it could start. */
  EXPIRED,
  /** Our own fault; the worker's log says more. */
  INTERNAL
}
