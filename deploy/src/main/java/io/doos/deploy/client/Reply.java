package io.doos.deploy.client;

/**
 * What the farm answered, checksum verified.
 *
 * @param text what stands before the first file, such as {@code [OK] Done}
 * @param hasFile whether a file came along; its bytes are where the reader was told to put them
 */
record Reply(String text, boolean hasFile) {}
