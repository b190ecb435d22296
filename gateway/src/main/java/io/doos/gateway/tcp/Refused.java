package io.doos.gateway.tcp;

/** Why a client is not served. */
public enum Refused {
  /** Nobody may use the door from where it is. */
  ADDRESS,
  /** As many are served as may be; there may be a place later. */
  NO_PLACE
}
