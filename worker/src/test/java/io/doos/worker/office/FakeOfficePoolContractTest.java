package io.doos.worker.office;

class FakeOfficePoolContractTest implements OfficePoolContract {

  private final FakeOffices offices = new FakeOffices();

  @Override
  public OfficeSource source() {
    return offices;
  }
}
