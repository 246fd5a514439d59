import type { ServiceControl } from '../../../electron/ports/service-control.js';

/** The same port by functions that can be spread: a test puts its own in place of some. */
export function boundControl(control: ServiceControl): ServiceControl {
  return {
    listServices: () => control.listServices(),
    readStatus: (name) => control.readStatus(name),
    readConfiguration: (name) => control.readConfiguration(name),
    readStart: (name) => control.readStart(name),
    sendControl: (name, kind) => control.sendControl(name, kind),
    startService: (name) => control.startService(name),
    setStart: (name, start) => control.setStart(name, start),
    close: () => control.close(),
  };
}
