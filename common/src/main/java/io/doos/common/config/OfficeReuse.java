package io.doos.common.config;

/** Whom an office may serve one after the other. */
public enum OfficeReuse {
  /** Jobs of one tenant. */
  TENANT,
  /** One job. */
  NEVER
}
