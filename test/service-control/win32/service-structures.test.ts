import { describe, expect, it } from 'vitest';

import {
  decodeConfiguration,
  decodeDependents,
  decodeFailureActions,
  decodeHasStartTrigger,
  decodeServiceList,
  decodeStatus,
} from '../../../electron/adapters/windows/services/service-structures.js';
import { filledMemory } from '../../harness/service-control/made-up-memory.js';

/** Not what winsvc.h says: ERROR_INVALID_DATA. */
const INVALID: unknown = expect.objectContaining({ problem: { id: 'unknown-win32', params: { win32: 13, operation: 'MadeUpFunctionW' } } });

describe('structures of the service control manager', () => {
  it('are read field by field, with the texts they point to', () => {
    const memory = filledMemory(56, (writer) =>
      writer
        .text(0, 'MSSQL$RTC')
        .text(8, 'SQL [会议] "x"')
        .number(16, 0x20)
        .number(20, 7)
        .number(24, 0x103)
        .number(28, 1066)
        .number(32, 77)
        .number(36, 3)
        .number(40, 0xffff_ffff)
        .number(44, 4312),
    );
    expect(decodeServiceList(memory, 1)).toEqual([
      {
        serviceName: 'MSSQL$RTC',
        displayName: 'SQL [会议] "x"',
        state: 'paused',
        controlsAccepted: ['stop', 'pause-continue', 'preshutdown'],
        processId: 4312,
        sharesProcess: true,
        checkpoint: 3,
        waitHintMs: 0xffff_ffff,
        win32ExitCode: 1066,
        serviceSpecificExitCode: 77,
      },
    ]);
  });

  it('are a failure with a state that Windows does not have', () => {
    for (const state of [0, 8, 0xffff_ffff]) {
      expect(() => decodeStatus(filledMemory(36, (writer) => writer.number(4, state)))).toThrow(INVALID);
    }
  });

  it('are read past controls that a later Windows added', () => {
    const memory = filledMemory(36, (writer) => writer.number(4, 4).number(8, 0x4000_0802));
    expect(decodeStatus(memory).controlsAccepted).toEqual(['pause-continue']);
  });

  it('are never followed out of their own memory', () => {
    for (const offset of [-8, 1024, 2 ** 40]) {
      expect(() =>
        decodeDependents(
          filledMemory(48, (writer) => writer.pointer(0, offset)),
          1,
        ),
      ).toThrow(INVALID);
    }
    expect(() =>
      decodeServiceList(
        filledMemory(56, (writer) => writer.number(20, 4)),
        1000,
      ),
    ).toThrow(INVALID);
  });

  it('are a failure when a text has no end', () => {
    const memory = filledMemory(8, (writer) => writer.pointer(0, 8));
    memory.bytes.fill(0x41, 8);
    expect(() => decodeDependents(memory, 1)).toThrow(INVALID);
  });

  it('name the services a service depends on, and leave groups out', () => {
    const memory = filledMemory(64, (writer) =>
      writer.number(4, 2).texts(40, ['RPCSS', '+NetworkProvider', 'HTTP']).text(48, 'NT AUTHORITY\\NetworkService'),
    );
    expect(decodeConfiguration(memory)).toEqual({
      startType: 'auto',
      account: 'NT AUTHORITY\\NetworkService',
      dependencies: ['RPCSS', 'HTTP'],
    });
  });

  it('are a failure with a start type that Windows does not have', () => {
    expect(() => decodeConfiguration(filledMemory(64, (writer) => writer.number(4, 5)))).toThrow(INVALID);
  });

  it('say what recovery does, in order', () => {
    const memory = filledMemory(64, (writer) =>
      writer
        .number(0, 86_400)
        .number(24, 3)
        .pointer(32, 40)
        .number(40, 1)
        .number(44, 60_000)
        .number(48, 3)
        .number(52, 0)
        .number(56, 0)
        .number(60, 0),
    );
    expect(decodeFailureActions(memory)).toEqual(['restart', 'run-command', 'none']);
    expect(decodeFailureActions(filledMemory(40, () => undefined))).toEqual([]);
  });

  it('tell a trigger that starts the service from one that stops it', () => {
    const withActions = (...actions: readonly number[]) =>
      filledMemory(24 + actions.length * 32, (writer) => {
        writer.number(0, actions.length).pointer(8, 24);
        for (const [index, action] of actions.entries()) writer.number(24 + index * 32 + 4, action);
      });
    expect(decodeHasStartTrigger(withActions(2, 1))).toBe(true);
    expect(decodeHasStartTrigger(withActions(2))).toBe(false);
    expect(decodeHasStartTrigger(filledMemory(24, () => undefined))).toBe(false);
  });
});
