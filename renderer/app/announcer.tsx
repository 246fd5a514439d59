import { useEffect, useRef, useState, type ReactElement } from 'react';

import { useWindow } from '../store/window-context.js';
import { viewServer } from './server-status.js';

/** A screen reader hears a new count at most this often; another state at once. */
const MIN_PAUSE_MS = 10_000;

/** Says how the server is, politely, to those who do not see it. */
export function Announcer(): ReactElement {
  const { snapshot, texts } = useWindow();
  const [said, setSaid] = useState('');
  const last = useRef({ upMs: Number.NEGATIVE_INFINITY, shape: '' });
  useEffect(() => {
    const { shape, tooltip } = viewServer(snapshot);
    const upMs = snapshot.checklist?.now.upMs ?? 0;
    if (shape === last.current.shape && upMs - last.current.upMs < MIN_PAUSE_MS) return;
    last.current = { upMs, shape };
    setSaid(texts.tray(tooltip));
  }, [snapshot, texts]);
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {said}
    </div>
  );
}
