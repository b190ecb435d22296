package io.doos.worker.engine;

import io.doos.worker.office.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the files of a job are, as we see them and as the office does. The paths inside are
 * absolute and end with a slash.
 *
 * @param input all files that came with the job, the script included
 * @param output exists and is empty; what the job leaves here is its result
 */
public record JobFolder(
    Path input, Path output, String inputInside, String outputInside, String templatesInside) {

  private static final String INPUT = "in";
  private static final String OUTPUT = "out";

  /** Makes the two folders in the job folder of {@code office}. */
  public static JobFolder create(Office office) throws IOException {
    var folder = of(office);
    Files.createDirectory(folder.input);
    Files.createDirectory(folder.output);
    office.giveToOffice(folder.input);
    office.giveToOffice(folder.output);
    return folder;
  }

  /** Names the two folders without touching them. */
  public static JobFolder of(Office office) {
    return new JobFolder(
        office.jobFolder().resolve(INPUT),
        office.jobFolder().resolve(OUTPUT),
        office.jobFolderInside() + INPUT + '/',
        office.jobFolderInside() + OUTPUT + '/',
        office.templateFolderInside());
  }
}
