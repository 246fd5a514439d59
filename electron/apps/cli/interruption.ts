/**
 * Signals that ask a program to end: Ctrl-C, a service manager, a closed terminal window, and on Windows Ctrl-Break, which the
 * launcher gives at the end of the session if Ctrl-C is switched off (native/launcher/session-end.c).
 */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** What `listenForInterruption` needs of `process`. */
export interface SignalSource {
  on(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
}

/** The first signal aborts, so that a command can end well; the second one leaves at once. */
export function listenForInterruption(source: SignalSource, leave: () => void): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    source.on(signal, () => {
      if (controller.signal.aborted) leave();
      else controller.abort();
    });
  }
  return controller.signal;
}
