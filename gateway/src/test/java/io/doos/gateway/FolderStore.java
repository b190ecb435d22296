package io.doos.gateway;

import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store of files in a folder, which processes may share: for what is too large for a fake on the
 * heap.
 */
public final class FolderStore implements ObjectStore {

  private final Path folder;

  public FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public boolean create(String key, byte[] content) throws StoreFailure {
    try {
      Files.write(file(key), content, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void put(String key, byte[] content) throws StoreFailure {
    try {
      Files.write(file(key), content);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void put(String key, Path content) throws StoreFailure {
    try {
      Files.copy(content, file(key), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<byte[]> read(String key) throws StoreFailure {
    try {
      return Optional.of(Files.readAllBytes(file(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean exists(String key) {
    return Files.exists(file(key));
  }

  @Override
  public Optional<OpenObject> open(String key) throws StoreFailure {
    try {
      return Optional.of(new OpenObject(Files.size(file(key)), Files.newInputStream(file(key))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public List<StoredObject> list(String prefix) throws StoreFailure {
    var found = new ArrayList<StoredObject>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var key = URLDecoder.decode(file.getFileName().toString(), StandardCharsets.UTF_8);
        if (key.startsWith(prefix)) {
          found.add(
              new StoredObject(key, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
    return found;
  }

  @Override
  public void delete(String key) throws StoreFailure {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {}

  /** The file that holds, or would hold, an object. */
  public Path file(String key) {
    return folder.resolve(URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  private static StoreFailure failure(IOException cause) {
    return new StoreFailure.Unavailable("the folder failed", cause);
  }
}
