package io.doos.gateway.intake;

import io.doos.common.job.Bundle;
import io.doos.common.ledger.Keys;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.Sha256;
import io.doos.common.store.StoreFailure;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads input files as one zip under a name that nobody can guess. */
final class BundleStore {

  private static final Logger log = LoggerFactory.getLogger(BundleStore.class);
  private static final int NAME_BYTES = 16;

  private final ObjectStore store;
  private final SpoolSpace space;
  private final SecureRandom random;

  BundleStore(ObjectStore store, SpoolSpace space, SecureRandom random) {
    this.store = store;
    this.space = space;
    this.random = random;
  }

  /** Zips and uploads the files; when it returns, the bundle is durable. */
  Bundle upload(List<Submission.SpooledFile> files) throws StoreFailure, IOException {
    try (var zip = space.spool()) {
      var bundle = new Bundle(newKey(), zip(files, zip));
      store.put(bundle.object(), zip.file());
      return bundle;
    }
  }

  /** The same bundle under another name; empty when it is gone. */
  Optional<Bundle> copy(Bundle original) throws StoreFailure, IOException {
    var found = store.open(original.object());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (var object = found.get();
        var zip = space.spool()) {
      object.content().transferTo(zip.sink());
      var copy = new Bundle(newKey(), original.sha256());
      store.put(copy.object(), zip.file());
      return Optional.of(copy);
    }
  }

  /** Whether a gateway made it, and no client brought it along. */
  boolean isOurs(Bundle bundle) {
    return bundle.object().startsWith(Keys.BUNDLES);
  }

  /** Removes a bundle that no job came to name. What stays is swept by the janitor. */
  void discard(Bundle bundle) {
    try {
      store.delete(bundle.object());
    } catch (StoreFailure e) {
      log.info("The unused {} stays until the janitor comes", bundle.object(), e);
    }
  }

  private static String zip(List<Submission.SpooledFile> files, Spool target) throws IOException {
    var sha256 = Sha256.digest();
    // a zip's headers are written byte by byte
    try (var zip =
        new ZipOutputStream(
            new BufferedOutputStream(new DigestOutputStream(target.sink(), sha256)))) {
      for (var file : files) {
        zip.putNextEntry(stored(file));
        file.content().open().transferTo(zip);
        zip.closeEntry();
      }
    }
    return Sha256.hex(sha256);
  }

  /** Documents are compressed already, and the offices need the processor more. */
  private static ZipEntry stored(Submission.SpooledFile file) throws IOException {
    var crc = new CRC32();
    file.content().open().transferTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
    var entry = new ZipEntry(file.name());
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(file.content().bytes());
    entry.setCrc(crc.getValue());
    return entry;
  }

  private String newKey() {
    var name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return Keys.BUNDLES + HexFormat.of().formatHex(name) + ".zip";
  }
}
