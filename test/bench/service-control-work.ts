/*
 * Runs inside Windows for service-control.bench.ts: the adapter's side of what native/service-control.c does, with the
 * same arguments and the same answer.
 */
import { openWindowsServiceControl } from '../../electron/adapters/windows/services/windows-service-control.js';

async function main([what, rounds, ...serviceNames]: readonly string[]): Promise<void> {
  const control = await openWindowsServiceControl();

  const drain = async (): Promise<void> => {
    for (const serviceName of serviceNames) {
      await control.sendControl(serviceName, 'pause');
      await control.setStart(serviceName, { startType: 'demand', delayed: null });
      await control.readStatus(serviceName);
      await control.readStart(serviceName);
    }
  };
  const putBack = async (): Promise<void> => {
    for (const serviceName of serviceNames) {
      await control.sendControl(serviceName, 'continue');
      await control.setStart(serviceName, { startType: 'auto', delayed: null });
    }
  };
  const facts = async (): Promise<void> => {
    for (const { serviceName } of await control.listServices()) await control.readConfiguration(serviceName);
  };

  for (let round = 0; round < Number(rounds); round++) {
    const begun = process.hrtime.bigint();
    await (what === 'facts' ? facts() : drain());
    console.log((Number(process.hrtime.bigint() - begun) / 1e6).toFixed(3));
    if (what !== 'facts') await putBack();
  }
}

void main(process.argv.slice(2));
