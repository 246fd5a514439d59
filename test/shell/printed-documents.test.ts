import { expect, it } from 'vitest';

import { PrintedDocuments } from '../../electron/apps/tray/printed-documents.js';

it('gives each of two documents that are printed at once to its own page', () => {
  const documents = new PrintedDocuments();
  const first = documents.add('first');
  const second = documents.add('second');
  expect([documents.read(first), documents.read(second)].map(String)).toEqual(['first', 'second']);
  documents.remove(first);
  expect([documents.read(first), documents.read(second)].map(String)).toEqual(['', 'second']);
  expect(documents.add('third')).not.toBe(first);
});
