package io.doos.common.job;

import java.util.regex.Pattern;

/** The name of a group of workers with a queue of its own: 1 to 64 of {@code A-Z a-z 0-9 _ -}. */
public record Pool(String name) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Where a job goes that names no pool. */
  public static final Pool DEFAULT = new Pool("default");

  /**
   * @throws IllegalArgumentException when {@code name} is not of the pool's form
   */
  public Pool {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("a pool is named by 1 to 64 letters, digits, '_' or '-'");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
