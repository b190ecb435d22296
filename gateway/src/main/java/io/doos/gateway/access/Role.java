package io.doos.gateway.access;

/** What a caller may do. */
public enum Role {
  /** Send jobs, ask for them, fetch, cancel and delete them. */
  SUBMIT,
  /** See how the farm is doing: metrics and the operations page. */
  WATCH,
  /** Stop and steer the farm; who may do that may watch it too. */
  OPERATE
}
