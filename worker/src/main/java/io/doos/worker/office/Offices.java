package io.doos.worker.office;

import io.doos.worker.confine.ControlGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts real offices: each jailed, in a cell of its own, from the profile template. Opened once
 * per worker; closing it ends every office that still runs.
 */
public final class Offices implements OfficeSource, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Offices.class);

  /** A start takes 0.1 to 0.3 s; slower ones are worth a word. */
  private static final Duration SLOW_START = Duration.ofMillis(500);

  /** Beyond the slots of any pool, and within the user ids that are ours. */
  private static final int FIRST_SHOWN_SLOT = 500;

  private static final int SHOWN_SLOTS = 64;

  private final AtomicInteger shown = new AtomicInteger();
  private final OfficeSettings settings;
  private final FolderClaim claim;
  private final ControlGroups groups;
  private final Spawner spawner;
  private final ShortPath shortPath;
  private final OfficeLauncher launcher;
  private final ProfileTemplate template;

  private Offices(
      OfficeSettings settings,
      FolderClaim claim,
      ControlGroups groups,
      Spawner spawner,
      ShortPath shortPath,
      OfficeLauncher launcher,
      ProfileTemplate template) {
    this.settings = settings;
    this.claim = claim;
    this.groups = groups;
    this.spawner = spawner;
    this.shortPath = shortPath;
    this.launcher = launcher;
    this.template = template;
  }

  /**
   * Finds the LibreOffice and the jail, sweeps what a killed worker left, and builds the profile
   * template if need be.
   */
  public static Offices open(OfficeSettings settings) throws OfficeFailure, InterruptedException {
    SharedFolder.check(settings);
    var installation = OfficeInstallation.find(settings.program());
    if (!installation.complete()) {
      log.warn(installation.remedy());
    }
    var spawner = new Spawner();
    var shortPath = new ShortPath(settings.folder());
    var claim = new FolderClaim(settings.folder());
    var open = false;
    var groups = ControlGroups.open(purpose(settings), settings.caps().ofGroup());
    try {
      claim.take();
      Leftovers.sweep(settings.folder());
      Files.createDirectories(settings.templates());
      Files.createDirectories(settings.fonts());
      var jail = new JailChoice(settings, ground(settings, installation), spawner).choose();
      log.info("LibreOffice {} in: {}", installation.version(), jail.description());
      JailReport.of(jail, groups, settings.caps()).log();
      var launcher =
          new OfficeLauncher(
              installation,
              WindowNames.of(installation),
              jail,
              groups,
              spawner,
              shortPath,
              settings.startTimeout());
      var profile = ProfileSettings.of(installation.version(), settings.locale());
      var template = new FirstStart(launcher, profile, settings.folder()).template();
      var offices = new Offices(settings, claim, groups, spawner, shortPath, launcher, template);
      open = true;
      return offices;
    } catch (IOException e) {
      throw new OfficeFailure.BadFolder(settings.folder(), e.toString(), e);
    } finally {
      if (!open) {
        shortPath.close();
        spawner.close();
        groups.close();
        claim.close();
      }
    }
  }

  /** Tells the control groups of one worker in this process from those of another. */
  private static String purpose(OfficeSettings settings) {
    return Integer.toHexString(settings.folder().hashCode());
  }

  /**
   * Finds out which jail offices would have, and starts none; for a check of the machine.
   *
   * @param settings with a folder that no running worker uses
   * @throws OfficeFailure with what is missing and how to mend it
   */
  public static JailReport probeJail(OfficeSettings settings)
      throws OfficeFailure, InterruptedException {
    var installation = OfficeInstallation.find(settings.program());
    try (var claim = new FolderClaim(settings.folder());
        var spawner = new Spawner()) {
      claim.take();
      Files.createDirectories(settings.templates());
      Files.createDirectories(settings.fonts());
      var jail = new JailChoice(settings, ground(settings, installation), spawner).choose();
      try (var groups = ControlGroups.open(purpose(settings), settings.caps().ofGroup())) {
        return JailReport.of(jail, groups, settings.caps());
      }
    } catch (IOException e) {
      throw new OfficeFailure.BadFolder(settings.folder(), e.toString(), e);
    }
  }

  private static Jail.Ground ground(OfficeSettings settings, OfficeInstallation installation) {
    return new Jail.Ground(
        installation.root(),
        settings.templates(),
        settings.fonts(),
        settings.timezone(),
        settings.shared(),
        List.of(),
        installation.allocator());
  }

  /** The LibreOffice that the offices are. */
  public OfficeInstallation installation() {
    return launcher.installation();
  }

  /** What keeps the offices from the rest of the machine. */
  public JailReport jail() {
    return JailReport.of(launcher.jail(), groups, settings.caps());
  }

  /**
   * Starts an office outside every pool, whose dialogs open on an unseen screen instead of being
   * answered at once. It ends when the lease is closed.
   *
   * @throws OfficeFailure when it does not come up; nothing of it is left then
   */
  public OfficeLease startShowingDialogs() throws OfficeFailure, InterruptedException {
    var number = shown.getAndIncrement();
    var slot = FIRST_SHOWN_SLOT + number % SHOWN_SLOTS;
    return new SingleLease(start(slot, number, OfficeLauncher::launchShowingDialogs));
  }

  @Override
  public RunningOffice start(int slot, int generation) throws OfficeFailure, InterruptedException {
    return start(slot, generation, OfficeLauncher::launch);
  }

  private interface Launch {
    RunningOffice by(OfficeLauncher launcher, Cell cell)
        throws OfficeFailure.NotStarted, InterruptedException;
  }

  private RunningOffice start(int slot, int generation, Launch launch)
      throws OfficeFailure, InterruptedException {
    var begin = System.nanoTime();
    var root = settings.folder().resolve("office-" + slot + "." + generation);
    try {
      FolderTree.delete(root);
      var cell = Cell.make(root, launcher.jail().owner(slot));
      var up = false;
      try {
        template.copyTo(cell);
        FontsFile.write(launcher.jail(), cell);
        var office = launch.by(launcher, cell);
        up = true;
        judge(office, Duration.ofNanos(System.nanoTime() - begin));
        return office;
      } finally {
        if (!up) {
          FolderTree.delete(root);
        }
      }
    } catch (IOException e) {
      throw new OfficeFailure.BadFolder(settings.folder(), e.toString(), e);
    }
  }

  private void judge(RunningOffice office, Duration took) {
    var cpu = office.cpuTime();
    log.debug("{}: up after {} ms, {} ms of CPU", office.name(), took.toMillis(), cpu.toMillis());
    if (took.compareTo(SLOW_START) <= 0) {
      return;
    }
    if (cpu.compareTo(SLOW_START) > 0) {
      log.warn(
          "{}: its start took {} ms of CPU: the office does not take its profile for a finished one"
              + " of its own version; delete {} to have it built again",
          office.name(),
          cpu.toMillis(),
          settings.folder().resolve("template"));
    } else {
      log.info(
          "{}: its start took {} ms, {} ms of them of CPU: the machine is busy, or its disk slow",
          office.name(),
          took.toMillis(),
          cpu.toMillis());
    }
  }

  @Override
  public void close() {
    shortPath.close();
    spawner.close();
    groups.close();
    claim.close();
  }

  /** An office that ends with its only lease. */
  private record SingleLease(RunningOffice office) implements OfficeLease {

    @Override
    public void spoil() {}

    @Override
    public void close() {
      office.close();
    }
  }
}
