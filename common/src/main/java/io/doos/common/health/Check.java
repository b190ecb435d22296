package io.doos.common.health;

/**
 * One thing that was looked at, as it is now.
 *
 * @param name stable, for programs: such as {@code store} or {@code broker.publish}
 * @param ok whether it is as the process needs it
 * @param found what was found, in words for a person; when it is not ok, why not
 */
public record Check(String name, boolean ok, String found) {

  public static Check ok(String name, String found) {
    return new Check(name, true, found);
  }

  public static Check failed(String name, String why) {
    return new Check(name, false, why);
  }
}
