package io.doos.gateway.access;

import java.util.List;
import java.util.Optional;

/** Who is known to the farm. */
public sealed interface Register {

  /** Tells who somebody is, wherever they come from. */
  Admission admit(Credentials credentials);

  /** Nobody is asked; whoever reaches a door may do all. */
  record Open() implements Register {
    @Override
    public Admission admit(Credentials credentials) {
      return new Admission.Admitted(Caller.ANYBODY);
    }
  }

  /**
   * One of them.
   *
   * @param key what they show
   */
  record Entry(Key key, Caller caller) {}

  /** What somebody shows to be known. */
  sealed interface Key {}

  /** A token, of which only the hash is kept. */
  record ByToken(TokenHash hash) implements Key {}

  /** A certificate of our client authority, with this common name. */
  record ByCertificate(String commonName) implements Key {}

  /** Those in the list and nobody else. A token counts before a certificate. */
  record Listed(List<Entry> entries) implements Register {

    public Listed {
      entries = List.copyOf(entries);
    }

    @Override
    public Admission admit(Credentials credentials) {
      if (credentials.token().isPresent()) {
        var shown = TokenHash.of(credentials.token().get());
        return admitted(entry -> shown.isSame(entry.key())).orElse(new Admission.WrongToken());
      }
      return credentials
          .certificate()
          .flatMap(name -> admitted(entry -> entry.key().equals(new ByCertificate(name))))
          .orElse(new Admission.NoToken());
    }

    /** Looks at all of them, however early one is found: time tells nothing. */
    private Optional<Admission> admitted(java.util.function.Predicate<Entry> isTheirs) {
      Optional<Admission> found = Optional.empty();
      for (var entry : entries) {
        if (isTheirs.test(entry)) {
          found = Optional.of(new Admission.Admitted(entry.caller()));
        }
      }
      return found;
    }
  }
}
