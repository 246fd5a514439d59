// @vitest-environment happy-dom
import { act, createElement, type ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AppClient } from '../../electron/contract/ipc-client.js';
import { FailureBoundary } from '../../renderer/app/failure-boundary.js';
import { WindowContextProvider, type WindowContext } from '../../renderer/store/window-context.js';
import { textsIn } from '../harness/fakes/texts-in.js';

let isBroken = true;

function Page(): ReactElement {
  if (isBroken) throw new TypeError('planted');
  return createElement('h1', null, 'drawn');
}

describe('a page of the window that cannot be drawn', () => {
  const reported: string[] = [];
  const client: Pick<AppClient, 'reportFailure'> = {
    reportFailure: async ({ text }) => {
      reported.push(text);
      return { ok: true, value: { logPath: '/data/logs/lync-drain.log' } };
    },
  };
  let root: Root;
  let element: HTMLElement;

  beforeEach(async () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    // React says there what it caught.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    isBroken = true;
    reported.length = 0;
    element = document.createElement('div');
    document.body.append(element);
    root = createRoot(element);
    const context = { texts: textsIn('en') } as WindowContext;
    const boundary = createElement(FailureBoundary, { client, children: createElement(Page) });
    await act(async () => root.render(createElement(WindowContextProvider, { value: context, children: boundary })));
  });

  afterEach(async () => {
    await act(async () => root.unmount());
    element.remove();
    vi.restoreAllMocks();
  });

  it('says what happened, what to do, the code and where the details are, in place of an empty window', () => {
    expect(element.querySelector('[role=alert]')?.textContent).toBe(
      'The window could not show this: planted. Press "Show again". Your orders go on, and what was recorded is safe. The details are in /data/logs/lync-drain.log. LD-6008',
    );
  });

  it('is reported once, with its stack and the components it was drawn in', () => {
    expect(reported).toEqual([expect.stringMatching(/^TypeError: planted\n {4}at Page [\s\S]*at Page [\s\S]*at FailureBoundary /)]);
  });

  it('is shown again on request', async () => {
    isBroken = false;
    await act(async () => element.querySelector('button')?.click());
    expect(element.querySelector('h1')?.textContent).toBe('drawn');
  });
});
