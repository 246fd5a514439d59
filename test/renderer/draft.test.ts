import { expect, it } from 'vitest';

import { overridesFor, type Draft } from '../../renderer/store/draft.js';

it('keeps overrides of other servers and of the pool whatever services are chosen, and those of services that are', () => {
  const overrides = ['pool-members', 'server:fe02.contoso.com', 'pausable:RTCRGS', 'pausable:RTCCAA'];
  const draft = { overrides } as unknown as Draft;
  expect(overridesFor(draft, ['rtcrgs'])).toEqual(['pool-members', 'server:fe02.contoso.com', 'pausable:RTCRGS']);
  expect(overridesFor(draft, null)).toEqual(overrides);
});
