/** Where PowerShell is, and all it sees of our environment. */
export interface PowerShellPlace {
  /** Full path. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What PowerShell is given to run. */
export interface Script {
  /** ASCII, one line, constant: values go into it as Base64 only. */
  readonly line: string;
  /** What it prints, last of all, if this PowerShell's language mode does not let it run. Then no end mark follows. */
  readonly refusal: string;
}

/** How long a script may take, in milliseconds of real time. */
export interface ScriptDeadlines {
  /** Until PowerShell itself shows that it runs. */
  readonly startMs: number;
  /** In all. */
  readonly timeoutMs: number;
}

/**
 * What a script wrote, or why there is nothing.
 * - `not-started`: there is no such program; `forbidden`: Windows does not let us start it, as under a software restriction policy
 * - `refused`: it started and complains about everything it is given
 * - `timed-out`: it did not begin or did not end in time; `too-much-output`: more than any answer of ours
 * - `ended`: by itself, or by us
 */
export type ScriptResult =
  | {
      readonly kind: 'output';
      readonly text: string;
      /** False: the script is over, but PowerShell did not say so as agreed, and is of no further use. */
      readonly isReusable: boolean;
    }
  | { readonly kind: 'not-started' | 'forbidden' | 'refused' | 'ended' | 'timed-out' | 'too-much-output'; readonly message: string };

/** One PowerShell. After any other result than reusable output it is of no use. */
export interface OpenPowerShell {
  run(script: Script, deadlines: ScriptDeadlines): Promise<ScriptResult>;
  /** A script that is running answers `ended`. */
  end(): void;
}
