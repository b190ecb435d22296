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
  /** It left more output than a job may. */
  OUTPUT_TOO_LARGE,
  /** A document could not be read. */
  BAD_DOCUMENT,
  /** A document asks for a password. */
  PASSWORD_REQUIRED,
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
