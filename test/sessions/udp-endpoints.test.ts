import { describe, expect, it } from 'vitest';

import { countEndpoints, createUdpSource } from '../../electron/adapters/windows/evidence/udp/udp-endpoints.js';
import { IPV4_UDP_ROW, IPV6_UDP_ROW, openUdpTable, type UdpTable } from '../../electron/adapters/windows/evidence/udp/udp-table.js';
import type { UdpWatch } from '../../electron/ports/evidence-sources.js';

interface Endpoint {
  readonly port: number;
  readonly owner: number;
}

const AUDIO = { from: 49_152, to: 57_500 };
const VIDEO = { from: 57_501, to: 65_535 };
const RESPONSE_GROUP: UdpWatch = { serviceName: 'RTCRGS', processId: 400, ports: [AUDIO] };
const CONFERENCING: UdpWatch = { serviceName: 'RTCAVMCU', processId: 800, ports: [AUDIO, VIDEO] };
const RELAY: UdpWatch = {
  serviceName: 'RTCMEDIARELAY',
  processId: 1_200,
  ports: [
    { from: 3478, to: 3478 },
    { from: 50_000, to: 59_999 },
  ],
};

/** The bytes of a `MIB_UDPTABLE_OWNER_PID`; Windows leaves the upper half of a port undefined. */
function ipv4Table(endpoints: readonly Endpoint[]): UdpTable {
  const bytes = Buffer.alloc(4 + endpoints.length * 12);
  bytes.writeUInt32LE(endpoints.length);
  endpoints.forEach(({ port, owner }, index) => {
    bytes.writeUInt32LE(0x0100000a, 4 + index * 12);
    bytes.writeUInt16BE(port, 8 + index * 12);
    bytes.writeUInt16LE(0xbeef, 10 + index * 12);
    bytes.writeUInt32LE(owner, 12 + index * 12);
  });
  return openUdpTable(wordsOf(bytes), IPV4_UDP_ROW);
}

/** The bytes of a `MIB_UDP6TABLE_OWNER_PID`. */
function ipv6Table(endpoints: readonly Endpoint[]): UdpTable {
  const bytes = Buffer.alloc(4 + endpoints.length * 28, 0xee);
  bytes.writeUInt32LE(endpoints.length);
  endpoints.forEach(({ port, owner }, index) => {
    bytes.writeUInt16BE(port, 4 + index * 28 + 20);
    bytes.writeUInt32LE(owner, 4 + index * 28 + 24);
  });
  return openUdpTable(wordsOf(bytes), IPV6_UDP_ROW);
}

function wordsOf(bytes: Buffer): Int32Array {
  const words = new Int32Array(bytes.length / 4);
  bytes.copy(new Uint8Array(words.buffer));
  return words;
}

function count(endpoints: readonly Endpoint[], watches: readonly UdpWatch[], ipv6: readonly Endpoint[] = []) {
  return Object.fromEntries(countEndpoints([ipv4Table(endpoints), ipv6Table(ipv6)], watches));
}

describe('UDP endpoints', () => {
  it('count for the process that bound them, at the ports that carry its media', () => {
    const endpoints = [
      { port: 49_152, owner: 400 },
      { port: 57_500, owner: 400 },
      { port: 57_501, owner: 400 },
      { port: 49_151, owner: 400 },
      { port: 60_000, owner: 800 },
      { port: 50_000, owner: 999 },
      { port: 3478, owner: 1_200 },
      { port: 59_999, owner: 1_200 },
      { port: 60_000, owner: 1_200 },
    ];
    expect(count(endpoints, [RESPONSE_GROUP, CONFERENCING, RELAY])).toEqual({
      RTCRGS: { endpoints: 2 },
      RTCAVMCU: { endpoints: 1 },
      RTCMEDIARELAY: { endpoints: 2 },
    });
  });

  it('count in the tables of IPv4 and IPv6', () => {
    expect(count([{ port: 50_000, owner: 400 }], [RESPONSE_GROUP], [{ port: 50_001, owner: 400 }])).toEqual({ RTCRGS: { endpoints: 2 } });
  });

  it('count for each service of a process by its ports', () => {
    const shared: readonly UdpWatch[] = [RESPONSE_GROUP, { ...RELAY, processId: 400 }];
    expect(count([{ port: 3478, owner: 400 }], shared)).toEqual({ RTCRGS: { endpoints: 0 }, RTCMEDIARELAY: { endpoints: 1 } });
  });

  it('are unknown for a service without a process', () => {
    expect(count([{ port: 50_000, owner: 400 }], [{ ...RESPONSE_GROUP, processId: 0 }])).toEqual({ RTCRGS: null });
  });

  it('are unknown, never none, where no endpoint has an owner', () => {
    expect(count([{ port: 50_000, owner: 0 }], [RESPONSE_GROUP])).toEqual({ RTCRGS: null });
    expect(count([], [RESPONSE_GROUP])).toEqual({ RTCRGS: null });
  });

  it('take process ids above two thousand million', () => {
    expect(count([{ port: 50_000, owner: 4_000_000_000 }], [{ ...RESPONSE_GROUP, processId: 4_000_000_000 }])).toEqual({
      RTCRGS: { endpoints: 1 },
    });
  });

  it('are not read for no service', async () => {
    const source = createUdpSource(() => Promise.reject(new Error('asked')));
    expect(await source.count([])).toEqual(new Map());
    await expect(source.count([RESPONSE_GROUP])).rejects.toThrow('asked');
  });

  it('are refused in a table that is cut off', () => {
    expect(() => openUdpTable(Int32Array.from([2, 0, 0, 0, 0, 0]), IPV4_UDP_ROW)).toThrow(RangeError);
    expect(() => openUdpTable(new Int32Array(0), IPV6_UDP_ROW)).toThrow(RangeError);
    expect(() => openUdpTable(Int32Array.from([-1]), IPV4_UDP_ROW)).toThrow(RangeError);
  });
});
