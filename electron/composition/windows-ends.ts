import { createLayeredEnds } from '../adapters/layered-evidence/layered-ends.js';
import { createAddressNames } from '../adapters/pool/address-names.js';
import { createNameService } from '../adapters/pool/dns-name-service.js';
import { TopologyDirectory } from '../adapters/pool/topology-directory.js';
import { createPoolCmdlets } from '../adapters/powershell/pool-cmdlets.js';
import type { PowerShellPlace } from '../adapters/powershell/powershell-port.js';
import { ConnectionLister } from '../adapters/windows/evidence/tcp/connection-lister.js';
import { createDatedTcpTableReader } from '../adapters/windows/evidence/tcp/iphlpapi.js';
import type { Instant } from '../contract/computer.js';
import type { Settings } from '../contract/settings-schema.js';
import type { SessionEnds } from '../ports/session-ends.js';

interface WindowsEndsOptions extends Pick<Settings, 'ignoredAddresses' | 'pool'> {
  readonly place: PowerShellPlace;
  readonly ownAddresses: () => readonly string[] | null;
  readonly now: () => Instant;
}

/** Who is connected to a real server. Its PowerShell is one of its own: the pool's is ended as soon as the pool has answered. */
export function openWindowsEnds({ ignoredAddresses, pool, place, ownAddresses, now }: WindowsEndsOptions): SessionEnds {
  const cmdlets = createPoolCmdlets({ place });
  return createLayeredEnds({
    connections: new ConnectionLister({ readTables: createDatedTcpTableReader(), addressesToLeaveOut: ignoredAddresses, now }),
    directory: new TopologyDirectory({ nameService: createNameService(), cmdlets, named: pool, ownAddresses, now }),
    names: createAddressNames(),
  });
}
