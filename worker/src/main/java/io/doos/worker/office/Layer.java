package io.doos.worker.office;

import java.util.List;

/** One layer of what keeps an office in its place, and whether it holds on this machine. */
public sealed interface Layer {

  /** Which one. */
  Kind kind();

  /** It holds. */
  record Holds(Kind kind, String how) implements Layer {}

  /**
   * It does not.
   *
   * @param remedy what would make it hold, a sentence
   */
  record Missing(Kind kind, String why, String remedy) implements Layer {}

  /** The layers there are, in the order in which they are told. */
  enum Kind {
    /** Which files there are for an office. */
    FILES("files", true),
    /** Which processes there are for it. */
    PROCESSES("processes", true),
    /** Whom it can call. */
    NETWORK("network", true),
    /** What of the kernel it can reach. */
    SYSTEM_CALLS("system calls", true),
    /** That it can gain no rights. */
    RIGHTS("rights", true),
    /** What it can use at most, process by process. */
    LIMITS("limits", true),
    /** Whose rights it has. */
    USER("user", false),
    /** How much memory all its processes may have together. */
    MEMORY("memory", false),
    /** How many processes it may have. */
    PROCESS_COUNT("process count", false),
    /** How much of the processors it may take. */
    CPU("cpu", false);

    private final String words;
    private final boolean required;

    Kind(String words, boolean required) {
      this.words = words;
      this.required = required;
    }

    /** As people are told. */
    public String words() {
      return words;
    }

    /** Whether no office starts without it where a jail is required. */
    public boolean required() {
      return required;
    }
  }

  /** Those that are required and do not hold. */
  static List<Missing> lacking(List<Layer> layers) {
    return layers.stream()
        .filter(Missing.class::isInstance)
        .map(Missing.class::cast)
        .filter(layer -> layer.kind().required())
        .toList();
  }
}
