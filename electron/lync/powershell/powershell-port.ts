/** Where PowerShell is, and all it sees of our environment. */
export interface PowerShellPlace {
  /** Full path. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a script wrote, or why there is nothing. PowerShell is ended then, however it was. */
export type ScriptResult =
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'not-started' | 'ended' | 'timed-out' | 'too-much-output'; readonly message: string };

/** One PowerShell. After any other result than output it is of no use. */
export interface OpenPowerShell {
  run(script: string, timeoutMs: number): Promise<ScriptResult>;
  /** A script that is running answers `ended`. */
  end(): void;
}
