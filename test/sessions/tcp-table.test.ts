import { describe, expect, it } from 'vitest';

import { ConnectionCounter } from '../../electron/adapters/windows/evidence/tcp/connection-counter.js';
import { IPV4_ROW, IPV6_ROW, openTcpTable, portOf } from '../../electron/adapters/windows/evidence/tcp/tcp-table.js';
import { fc } from '../harness/properties.js';
import { ipv4Words, type Row } from '../harness/sessions/made-up-tables.js';

const ROW: Row = { state: 'established', local: ['10.0.0.1', 5061], remote: ['10.0.0.9', 50_000], owner: 4 };

describe('a TCP table from Windows', () => {
  it('holds the rows it claims, also in a longer buffer', () => {
    const words = ipv4Words([ROW, ROW]);
    const longer = new Int32Array(words.length + 100);
    longer.set(words);
    expect(openTcpTable(words, IPV4_ROW).rowCount).toBe(2);
    expect(openTcpTable(longer, IPV4_ROW).rowCount).toBe(2);
    expect(openTcpTable(new Int32Array(1), IPV6_ROW).rowCount).toBe(0);
  });

  it('is refused when it is cut off, empty, or claims more rows than fit', () => {
    const words = ipv4Words([ROW, ROW]);
    expect(() => openTcpTable(words.subarray(0, words.length - 1), IPV4_ROW)).toThrow(RangeError);
    expect(() => openTcpTable(new Int32Array(0), IPV4_ROW)).toThrow(RangeError);
    expect(() => openTcpTable(Int32Array.of(2 ** 31 - 1), IPV6_ROW)).toThrow(RangeError);
    expect(() => openTcpTable(Int32Array.of(-1, 0, 0, 0, 0, 0, 0), IPV4_ROW)).toThrow(RangeError);
  });

  it('takes ports from the lower half and leaves rubbish above alone', () => {
    expect(portOf(0xffff_c513 | 0)).toBe(0x13c5);
  });

  it('is counted without failing, whatever stands in its rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 14, maxLength: 140 }), (noise) => {
        const ipv4 = openTcpTable(Int32Array.from([Math.floor(noise.length / 6), ...noise]), IPV4_ROW);
        const ipv6 = openTcpTable(Int32Array.from([Math.floor(noise.length / 14), ...noise]), IPV6_ROW);
        const watch = { serviceName: 'RTCSRV', processId: noise[5]! >>> 0, ports: [], remotePorts: [] };
        const counts = new ConnectionCounter([]).count([ipv4, ipv6], [watch], { processIds: [], ports: [] });
        expect(counts.get('RTCSRV')?.count ?? 0).toBeLessThanOrEqual(ipv4.rowCount + ipv6.rowCount);
      }),
    );
  });
});
