package io.doos.gateway.access;

import io.doos.common.job.Pool;
import io.doos.gateway.access.Register.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the lines of a register: {@code NAME KEY [roles=…] [tenant=…] [pools=…] [jobs=…]}, blanks
 * between them; empty lines and those that begin with {@code #} say nothing. KEY is {@code
 * sha256:<hex>} of a token, or {@code certificate:<common name>}.
 */
final class RegisterReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern JOBS = Pattern.compile("[1-9]\\d{0,6}");
  private static final Set<String> FIELDS = Set.of("roles", "tenant", "pools", "jobs");

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, OptionalInt> mostOpenJobs = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private RegisterReader() {}

  /**
   * Reads all lines.
   *
   * @throws IllegalArgumentException naming all lines that are wrong
   */
  static Register.Listed read(List<String> lines) {
    var reader = new RegisterReader();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        reader.take(i + 1, line);
      }
    }
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", reader.problems));
    }
    return new Register.Listed(reader.entries);
  }

  /**
   * Reads one line for itself.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static void check(String line) {
    var _ = entry(line);
  }

  private void take(int number, String line) {
    try {
      var entry = entry(line);
      if (entries.stream().anyMatch(other -> other.key().equals(entry.key()))) {
        throw new IllegalArgumentException("its key stands in another line too");
      }
      checkJobs(entry.caller());
      entries.add(entry);
    } catch (IllegalArgumentException e) {
      problems.add("Line " + number + ": " + e.getMessage() + ".");
    }
  }

  private void checkJobs(Caller caller) {
    caller
        .tenant()
        .ifPresent(tenant -> {
          var other = mostOpenJobs.putIfAbsent(tenant, caller.mostOpenJobs());
          if (other != null && !other.equals(caller.mostOpenJobs())) {
            throw new IllegalArgumentException(
                "tenant " + tenant + " has other 'jobs' in another line, and has one number only");
          }
        });
  }

  private static Entry entry(String line) {
    var words = line.split("\\s+");
    if (words.length < 2) {
      throw new IllegalArgumentException("a name and a key are expected");
    }
    var fields = new HashMap<String, String>();
    for (var word : Arrays.asList(words).subList(2, words.length)) {
      var equals = word.indexOf('=');
      var field = equals < 0 ? word : word.substring(0, equals);
      if (equals < 0 || !FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            "'" + field + "' is none of roles=…, tenant=…, pools=…, jobs=…");
      }
      if (fields.put(field, word.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("'" + field + "' stands there twice");
      }
    }
    return new Entry(key(words[1]), caller(name("the name", words[0]), fields));
  }

  private static Register.Key key(String word) {
    var colon = word.indexOf(':');
    var kind = colon < 0 ? "" : word.substring(0, colon);
    var value = word.substring(colon + 1);
    return switch (kind) {
      case "sha256" -> new Register.ByToken(new TokenHash(value.toLowerCase(Locale.ROOT)));
      case "certificate" -> new Register.ByCertificate(value);
      default ->
          throw new IllegalArgumentException(
              "the key is neither sha256:<hash of a token> nor certificate:<common name>;"
                  + " `doos token` makes one");
    };
  }

  private static Caller caller(String name, Map<String, String> fields) {
    return new Caller(
        name,
        Optional.ofNullable(fields.get("tenant")).map(tenant -> name("the tenant", tenant)),
        roles(fields.getOrDefault("roles", "submit")),
        pools(fields.get("pools")),
        jobs(fields.get("jobs")));
  }

  private static Set<Role> roles(String text) {
    var roles = EnumSet.noneOf(Role.class);
    for (var word : text.split(",", -1)) {
      roles.add(
          Arrays.stream(Role.values())
              .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "'" + word + "' is no role: there are submit, watch and operate")));
    }
    return roles;
  }

  private static Set<Pool> pools(@org.jspecify.annotations.Nullable String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(",", -1))
            .map(pool -> new Pool(name("a pool", pool)))
            .collect(Collectors.toSet());
  }

  private static OptionalInt jobs(@org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    if (!JOBS.matcher(text).matches()) {
      throw new IllegalArgumentException("jobs is a number from 1 to 9999999, not '" + text + "'");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static String name(String what, String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          what + " is 1 to 64 letters, digits, '_' or '-', not '" + text + "'");
    }
    return text;
  }
}
