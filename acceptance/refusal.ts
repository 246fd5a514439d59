import type { LabServices } from './lab-services.js';
import type { Registry } from './registry.js';
import type { ServiceWitness } from './service-witness.js';

/** Names that only Lync Server and Skype for Business Server give to services. */
const LYNC_NAMES = /^(RTC[A-Z0-9]+|REPLICA|MASTER|FTA|LYNCBACKUP)$/i;

/** Why the kit must not run here: it would drain a real server. Null if it may. */
export async function findRefusal(parts: {
  readonly registry: Registry;
  readonly serviceWitness: ServiceWitness;
  readonly services: LabServices;
}): Promise<string | null> {
  const { registry, serviceWitness, services } = parts;
  if (await registry.hasLync()) return 'Lync Server or Skype for Business Server is registered on this machine.';
  const strangers: string[] = [];
  for (const name of (await serviceWitness.list()).filter((one) => LYNC_NAMES.test(one))) {
    const { binary } = await serviceWitness.query(name);
    if (!services.isOurs(binary)) strangers.push(name);
  }
  return strangers.length === 0 ? null : `This machine has services under names of Lync that are not the kit's: ${strangers.join(', ')}.`;
}
