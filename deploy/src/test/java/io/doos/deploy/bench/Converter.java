package io.doos.deploy.bench;

import java.nio.file.Path;

/** A way to convert documents to PDF, measured beside others. */
interface Converter extends AutoCloseable {

  /** As the tables show it. */
  String name();

  /** How many conversions at a time keep it busy. */
  int atOnce();

  /** The process whose CPU time and whose children's is what a conversion costs. */
  long pid();

  /** Converts one document and has its PDF when it returns; on any thread. */
  void convert(Path document) throws Exception;

  @Override
  void close();
}
