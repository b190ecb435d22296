package io.doos.common.config;

/** Whether an office may run without its jail. */
public enum JailMode {
  /** Never: a worker that cannot jail its offices does not start. */
  REQUIRED,
  /** Yes, where no jail can be started; the log says so. */
  PREFERRED
}
