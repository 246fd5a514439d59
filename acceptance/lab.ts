import type { LabServices } from './lab-services.js';
import type { MachineWitness } from './machine-witness.js';
import type { Places } from './places.js';
import type { Product } from './product.js';
import type { Registry } from './registry.js';
import type { ServiceWitness } from './service-witness.js';

/** What this Windows can be asked for, found out by the kit's own witnesses before the product does anything. */
export interface Abilities {
  /** It keeps the access lists that it is given. */
  readonly accessLists: boolean;
  /** It gives events back that were written. */
  readonly eventLog: boolean;
  /** The service control manager notices that a service's process has ended. */
  readonly noticesCrashes: boolean;
  readonly delayedStart: boolean;
  readonly triggers: boolean;
  /** Counters of Lync's names have values. */
  readonly counters: boolean;
  /** The service control manager hands on the error with which a service refuses a control. */
  readonly refusals: boolean;
  /** It asks another computer when one is named, and does not answer for it by itself. */
  readonly otherComputers: boolean;
  /** The tray app lies beside the kit. */
  readonly trayApp: boolean;
  /** Its schtasks.exe lists tasks. */
  readonly tasks: boolean;
}

/** What a scenario works with. */
export interface Lab {
  readonly product: Product;
  readonly services: LabServices;
  readonly serviceWitness: ServiceWitness;
  readonly machine: MachineWitness;
  readonly registry: Registry;
  readonly places: Places;
  readonly abilities: Abilities;
}
