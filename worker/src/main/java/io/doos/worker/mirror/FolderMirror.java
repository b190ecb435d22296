package io.doos.worker.mirror;

import io.doos.common.job.FileName;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.common.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that holds what the bucket holds under a prefix. A file is replaced by a rename, so a
 * reader sees the old or the new one whole; a file that is in use goes on being the old one. Safe
 * for use by any number of threads.
 */
public final class FolderMirror {

  private static final Logger log = LoggerFactory.getLogger(FolderMirror.class);

  private final ObjectStore store;
  private final String prefix;
  private final Path folder;
  private final Path scratch;
  private final Duration fresh;
  private final InstantSource clock;
  private final ReentrantLock refreshing = new ReentrantLock();
  private Instant refreshedAt = Instant.MIN;

  /**
   * @param prefix ends with a slash
   * @param folder made when missing; nobody else may write there
   * @param scratch a folder on the same file system for files being fetched
   * @param fresh how old a listing still serves, so that many jobs at once cost one
   */
  public FolderMirror(
      ObjectStore store,
      String prefix,
      Path folder,
      Path scratch,
      Duration fresh,
      InstantSource clock) {
    this.store = store;
    this.prefix = prefix;
    this.folder = folder;
    this.scratch = scratch;
    this.fresh = fresh;
    this.clock = clock;
  }

  /**
   * Brings the folder up to date, unless it was a moment ago.
   *
   * @return whether anything changed
   * @throws StoreFailure when the store cannot be read now; what was there stays
   */
  public boolean refresh() throws StoreFailure, IOException {
    refreshing.lock();
    try {
      var now = clock.instant();
      if (now.isBefore(refreshedAt.plus(fresh))) {
        return false;
      }
      Files.createDirectories(folder);
      boolean changed = synchronize();
      refreshedAt = now;
      return changed;
    } finally {
      refreshing.unlock();
    }
  }

  private boolean synchronize() throws StoreFailure, IOException {
    var wanted = new HashSet<Path>();
    boolean changed = false;
    for (var object : store.list(prefix)) {
      var name = object.key().substring(prefix.length());
      try {
        var target = folder.resolve(FileName.check(name));
        wanted.add(target);
        if (!isCurrent(target, object)) {
          fetch(object, target);
          changed = true;
        }
      } catch (IllegalArgumentException e) {
        log.warn("Object '{}' is left out: {}", object.key(), e.getMessage());
      }
    }
    return removeAllBut(wanted) || changed;
  }

  private static boolean isCurrent(Path target, StoredObject object) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == object.bytes()
        && Files.getLastModifiedTime(target).toInstant().toEpochMilli()
            == object.modifiedAt().toEpochMilli();
  }

  private void fetch(StoredObject object, Path target) throws StoreFailure, IOException {
    var opened = store.open(object.key());
    if (opened.isEmpty()) {
      return; // removed since it was listed
    }
    var fetched = Files.createTempFile(scratch, "mirror-", "");
    try (var content = opened.get()) {
      try {
        Files.copy(content.content(), fetched, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new StoreFailure.Unavailable(
            "reading '" + object.key() + "' broke off: " + e.getMessage(), e);
      }
      Files.setPosixFilePermissions(
          fetched, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      Files.setLastModifiedTime(fetched, FileTime.from(object.modifiedAt()));
      Files.createDirectories(target.getParent());
      Files.move(
          fetched, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      log.info("Mirrored {}", object.key());
    } finally {
      Files.deleteIfExists(fetched);
    }
  }

  private boolean removeAllBut(Set<Path> wanted) throws IOException {
    boolean changed = false;
    try (var all = Files.walk(folder)) {
      for (var path : all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        if (!wanted.contains(path)) {
          Files.delete(path);
          changed = true;
        }
      }
    }
    return changed;
  }
}
