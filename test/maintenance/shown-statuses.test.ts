import { describe, expect, it } from 'vitest';

import type { ServiceStatus } from '../../electron/contract/service.js';
import { showsStatuses } from '../../electron/core/maintenance/shown-statuses.js';
import { checklist, row } from '../harness/fakes/checklists.js';

const { serviceName, displayName, controlsAccepted, processId } = row('RTCSRV');
const AS_SHOWN: ServiceStatus = {
  serviceName,
  displayName,
  state: 'running',
  controlsAccepted,
  processId,
  sharesProcess: false,
  checkpoint: 0,
  waitHintMs: 0,
  win32ExitCode: 0,
  serviceSpecificExitCode: 0,
};
const shown = checklist({ services: [row('RTCSRV')] });

describe('a checklist beside the list of services', () => {
  it('shows what Windows says, whatever other services do', () => {
    expect(showsStatuses(shown, [AS_SHOWN, { ...AS_SHOWN, serviceName: 'Spooler', state: 'stopped' }])).toBe(true);
  });

  it.each<[string, Partial<ServiceStatus>]>([
    ['was paused', { state: 'paused' }],
    ['was started again', { processId: processId + 1 }],
    ['takes other controls', { controlsAccepted: ['stop'] }],
    ['is listed under another name only', { serviceName: 'RTCSRV2' }],
  ])('is out of date when a service %s', (_what, change) => {
    expect(showsStatuses(shown, [{ ...AS_SHOWN, ...change }])).toBe(false);
  });

  it('is out of date when a Lync service was installed', () => {
    expect(showsStatuses(shown, [AS_SHOWN, { ...AS_SHOWN, serviceName: 'RTCATS' }])).toBe(false);
  });

  it('shows a service as missing only while Windows does not list it', () => {
    const missing = checklist({ services: [row('RTCSRV', { state: 'missing' })] });
    expect(showsStatuses(missing, [])).toBe(true);
    expect(showsStatuses(missing, [AS_SHOWN])).toBe(false);
  });
});
