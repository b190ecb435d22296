package io.doos.deploy.fault;

import io.doos.common.ledger.Keys;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store whose caller dies at a fail point. Effects are named by the last part of their key. */
record HaltingStore(ObjectStore store, FailPoint point) implements ObjectStore {

  private static String name(String key) {
    return key.startsWith(Keys.BUNDLES) ? "bundle" : key.substring(key.lastIndexOf('/') + 1);
  }

  @Override
  public boolean create(String key, byte[] content) throws StoreFailure {
    return point.<Boolean, StoreFailure, RuntimeException>pass(
        "create " + name(key), () -> store.create(key, content));
  }

  @Override
  public void put(String key, byte[] content) throws StoreFailure {
    point.<Boolean, StoreFailure, RuntimeException>pass(
        "put " + name(key),
        () -> {
          store.put(key, content);
          return true;
        });
  }

  @Override
  public void put(String key, Path file) throws StoreFailure {
    point.<Boolean, StoreFailure, RuntimeException>pass(
        "put " + name(key),
        () -> {
          store.put(key, file);
          return true;
        });
  }

  @Override
  public void delete(String key) throws StoreFailure {
    point.<Boolean, StoreFailure, RuntimeException>pass(
        "delete " + name(key),
        () -> {
          store.delete(key);
          return true;
        });
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
  public void close() {
    store.close();
  }
}
