package io.doos.worker.office;

import com.sun.star.beans.PropertyValue;
import com.sun.star.frame.XComponentLoader;
import com.sun.star.frame.XDesktop;
import com.sun.star.frame.XDocumentTemplates;
import com.sun.star.lang.DisposedException;
import com.sun.star.util.XCloseable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an office through its first start, which is slow and ends with a wish to be started again,
 * and keeps what comes of it as the {@link ProfileTemplate} of all further ones. About 3 s, once
 * per version of LibreOffice and settings.
 */
final class FirstStart {

  private static final Logger log = LoggerFactory.getLogger(FirstStart.class);

  /**
   * To be changed with what is done at the first start: a template made otherwise is then stale.
   */
  private static final String RECIPE = "Writer, Calc and template folders";

  private static final int MOST_STARTS = 3;
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final OfficeLauncher launcher;
  private final ProfileSettings settings;
  private final Path folder;

  /**
   * @param folder where the template is kept, and built
   */
  FirstStart(OfficeLauncher launcher, ProfileSettings settings, Path folder) {
    this.launcher = launcher;
    this.settings = settings;
    this.folder = folder;
  }

  /** The template, built anew if there is none, or it is of something else, or damaged. */
  ProfileTemplate template() throws OfficeFailure, IOException, InterruptedException {
    var template = new ProfileTemplate(folder.resolve("template"));
    var key =
        RECIPE
            + launcher.installation()
            + settings.alone()
            + launcher.jail().getClass(); // its paths may be in the profile
    if (!template.soundFor(key)) {
      log.info(
          "Building the profile of LibreOffice {} for all offices",
          launcher.installation().version());
      build(template, key);
    }
    return template;
  }

  private void build(ProfileTemplate template, String key)
      throws OfficeFailure, IOException, InterruptedException {
    var root = folder.resolve("first-start");
    FolderTree.delete(root);
    var cell = Cell.make(root, launcher.jail().owner(0));
    try {
      FontsFile.write(launcher.jail(), cell);
      var user = Files.createDirectory(cell.profile().resolve("user"));
      var modifications = user.resolve("registrymodifications.xcu");
      Files.writeString(modifications, settings.alone());
      cell.give(user);
      try (var office = start(cell)) {
        warmUp(office);
        Files.writeString(modifications, settings.into(Files.readString(modifications)));
        template.takeFrom(cell, key);
      }
    } finally {
      FolderTree.delete(root);
    }
  }

  private static void warmUp(RunningOffice office) throws OfficeFailure, InterruptedException {
    try {
      var desktop =
          office
              .context()
              .getServiceManager()
              .createInstanceWithContext("com.sun.star.frame.Desktop", office.context());
      var loader = UnoLink.query(XComponentLoader.class, desktop);
      var hidden = new PropertyValue();
      hidden.Name = "Hidden";
      hidden.Value = true;
      for (var kind : List.of("swriter", "scalc")) {
        var document =
            loader.loadComponentFromURL(
                "private:factory/" + kind, "_blank", 0, new PropertyValue[] {hidden});
        UnoLink.query(XCloseable.class, document).close(true);
      }
      listTemplates(office);
      terminate(UnoLink.query(XDesktop.class, desktop));
    } catch (com.sun.star.uno.Exception | RuntimeException e) {
      throw new OfficeFailure.NotStarted("The first start of an office failed: " + e, e);
    }
    if (!office.awaitExit(ENDS_WITHIN)) { // it writes its profile as it ends
      log.warn("The office of the first start did not end by itself");
    }
  }

  /**
   * The first document that is made from a template has the office list all templates there are in
   * its configuration, and the second writes down what it has listed: half a second, after which a
   * profile is no longer as it was.
   */
  private static void listTemplates(RunningOffice office) throws com.sun.star.uno.Exception {
    for (var time = 1; time <= 2; time++) {
      var templates =
          office
              .context()
              .getServiceManager()
              .createInstanceWithContext("com.sun.star.frame.DocumentTemplates", office.context());
      UnoLink.query(XDocumentTemplates.class, templates).getContent();
    }
  }

  private RunningOffice start(Cell cell) throws OfficeFailure.NotStarted, InterruptedException {
    for (var start = 1; ; start++) {
      try {
        return launcher.launch(cell);
      } catch (OfficeFailure.NotStarted e) {
        if (e.exitCode().orElse(0) != OfficeLauncher.WANTS_RESTART || start == MOST_STARTS) {
          throw e;
        }
      }
    }
  }

  private static void terminate(XDesktop desktop) {
    try {
      desktop.terminate();
    } catch (DisposedException e) {
      // it may be gone before it answers
    }
  }
}
