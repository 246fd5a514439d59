import { afterAll, describe, expect, it } from 'vitest';

import { findRunElsewhere } from '../../electron/composition/run-elsewhere.js';
import { FakeFolderProtection } from '../harness/fakes/fake-folder-protection.js';
import { CLOSED, newDataFolder, openRun, prepared, recordsIn, recordPath, removeDataFolders } from '../harness/record/data-folder.js';
import { instant, RUN_ID } from '../harness/record/entries.js';

afterAll(removeDataFolders);

describe('the usual data folder, while another one is worked in', () => {
  it('is searched for an open run', () => {
    const { folder, records } = prepared();
    expect(findRunElsewhere('elsewhere', folder, recordsIn)).toBeNull();
    const writer = openRun(records);
    expect(findRunElsewhere('elsewhere', folder, recordsIn)).toEqual({
      id: 'run-in-usual-folder',
      params: { path: recordPath(folder), runId: RUN_ID },
    });
    writer.append(instant(2), CLOSED);
    expect(findRunElsewhere('elsewhere', folder, recordsIn)).toBeNull();
  });

  it('is not elsewhere where the named folder is the same, in other letter case or by a longer way', () => {
    const { folder, records } = prepared();
    openRun(records);
    expect(findRunElsewhere(`${folder}/runs/..`, folder, recordsIn)).toBeNull();
    expect(findRunElsewhere(folder.toUpperCase(), folder, recordsIn)).toBeNull();
  });

  it('says nothing where others could have planted a run, or where nothing is', () => {
    const { folder, records } = prepared();
    openRun(records);
    const protection = new FakeFolderProtection();
    protection.plant(folder);
    expect(findRunElsewhere('elsewhere', folder, (place) => recordsIn(place, { protection }))).toBeNull();
    expect(findRunElsewhere('elsewhere', newDataFolder(), recordsIn)).toBeNull();
  });
});
