package io.doos.deploy.doctor;

import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store that knows no If-None-Match, as many do: it replaces, and says that it created. */
final class Forgetful implements ObjectStore {

  private final FakeObjectStore store = new FakeObjectStore();

  @Override
  public boolean create(String key, byte[] content) throws StoreFailure {
    store.put(key, content);
    return true;
  }

  @Override
  public void put(String key, byte[] content) throws StoreFailure {
    store.put(key, content);
  }

  @Override
  public void put(String key, Path file) throws StoreFailure {
    store.put(key, file);
  }

  @Override
  public Optional<byte[]> read(String key) throws StoreFailure {
    return store.read(key);
  }

  @Override
  public boolean exists(String key) throws StoreFailure {
    return store.exists(key);
  }

  @Override
  public Optional<OpenObject> open(String key) throws StoreFailure {
    return store.open(key);
  }

  @Override
  public List<StoredObject> list(String prefix) throws StoreFailure {
    return store.list(prefix);
  }

  @Override
  public void delete(String key) throws StoreFailure {
    store.delete(key);
  }

  @Override
  public void close() {}
}
